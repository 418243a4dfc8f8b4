import type { Author, Details, StateDetails } from '@engage/client';
import { texts } from '../../texts';
import { countdown, shortMoment } from '../../ui/time_words';

/** The quiet line for a change of state, from our own catalogue and not from the server. */
export function stateWords(details: StateDetails, author: Author): string {
  const words = texts.entry_states;
  const name = details.agent_name ?? (author.kind === 'agent' ? author.name : null);
  switch (details.state) {
    case 'joined':
      return words.joined(name ?? words.somebody);
    case 'left':
      return name ? words.left_agent(name) : words.left_visitor;
    case 'parked':
      return words.parked(name);
    case 'ended':
      if (name) return words.ended_agent(name);
      return author.kind === 'visitor' ? words.ended_visitor : words.ended;
    case 'rated':
      return words.rated(details.score ?? 0);
    case 'mailed':
      return details.email ? words.mailed_to(details.email) : words.mailed;
    case 'transcript_sent':
      return details.email ? words.transcript_sent_to(details.email) : words.transcript_sent;
    case 'wrapped_up':
      return details.disposition ? words.wrapped_up_as(details.disposition) : words.wrapped_up;
    case 'abandoned':
      return details.waited_seconds === null
        ? words.abandoned
        : words.abandoned_after(countdown(details.waited_seconds * 1000));
    case 'merged':
      return words.merged(
        name ?? words.somebody,
        details.topic ?? '',
        details.begun_at ? shortMoment(details.begun_at) : '',
      );
    case 'promise_warned':
    case 'promise_broken':
      return texts.promises.entries[details.state](texts.promises.names[details.promise ?? 'first_response']);
    case 'party':
      return details.party
        ? texts.parties.news[details.party.what](name ?? words.somebody, details.party.by_name)
        : '';
    case 'mail_failed':
      return words.mail_failed(details.email ?? '', details.comment ?? '');
    case 'overflowed':
    case 'queue_busy':
    case 'queue_closed':
      return [words[details.state], ...details.instead.map((way) => words.instead[way])].join('. ');
    case 'queued':
    case 'requeued':
    case 'silent':
    case 'reopened':
    case 'moved_to_email':
    case 'mail_asked':
    case 'closed_hours':
      return words[details.state];
  }
}

export type TransferDetails = Extract<Details, { type: 'transfer' }>;

export function transferWords(details: TransferDetails): string {
  const words = texts.transfer_entry;
  const from = details.from_agent ?? words.system;
  if (details.to_agent) return words.to_agent(from, details.to_agent);
  return words.to_queue(from, details.to_queue ?? '');
}

export type CallDetails = Extract<Details, { type: 'call' }>;

export function callWords(details: CallDetails): string {
  const words = texts.call_entry;
  const when = details.at ? shortMoment(details.at) : '';
  switch (details.what) {
    case 'planned':
      return words.planned(when);
    case 'reached':
      return words.reached(details.agent_name ?? '');
    case 'missed':
      return words.missed(details.agent_name ?? '', outcomeName(details.outcome), when);
    case 'given_up':
      return words.given_up(outcomeName(details.outcome));
    case 'cancelled':
      return words.cancelled(details.agent_name ?? '');
    case 'asked':
    case 'expired':
      return words[details.what];
  }
}

function outcomeName(outcome: string | null): string {
  const names: Readonly<Record<string, string>> = texts.call.outcomes;
  return names[outcome ?? ''] ?? '';
}
