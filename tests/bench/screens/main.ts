/**
 * Pairs of people who talk while somebody else pulls the plugs. Orders come in as lines of JSON, answers go out so:
 * `begin` seats them, `talk` and `hush` start and end the talking, `online` counts, `report` shows all screens.
 */
import { createInterface } from 'node:readline';
import { sitDownAsAgent } from './agent';
import { until, type Person, type Shown } from './person';
import { sitDownAsVisitor } from './visitor';

interface Begin {
  order: 'begin';
  url: string;
  agents: string[];
  password: string;
}
type Order = Begin | { order: 'talk'; every_ms: number } | { order: 'hush' | 'online' | 'report' };

interface Pair {
  conversationId: string;
  visitor: Person;
  agent: Person;
  /** In the order in which they were written. */
  said: { visitor: string[]; agent: string[] };
}

const pairs: Pair[] = [];
let isTalking = false;

async function begin({ url, agents, password }: Begin): Promise<number> {
  for (const [number, email] of agents.entries()) {
    const visitor = sitDownAsVisitor(url);
    const agent = await sitDownAsAgent(url, email, password);
    const first = `Visitor ${number} says hello`;
    const conversationId = await visitor.starts(first);
    await agent.takes(conversationId);
    pairs.push({ conversationId, visitor, agent, said: { visitor: [first], agent: [] } });
  }
  return pairs.length;
}

async function talks(pair: Pair, side: 'visitor' | 'agent', everyMs: number): Promise<void> {
  for (let number = 0; isTalking; number += 1) {
    await until(everyMs * (0.5 + Math.random()));
    const text = `${side} ${pair.conversationId.slice(-6)} ${number}`;
    pair.said[side].push(text);
    pair[side].says(text);
  }
}

function talk(everyMs: number): void {
  isTalking = true;
  for (const pair of pairs) for (const side of ['visitor', 'agent'] as const) void talks(pair, side, everyMs);
}

const people = () => pairs.flatMap(({ visitor, agent }) => [visitor, agent]);

function online() {
  const waiting = people().reduce((sum, person) => sum + person.waiting(), 0);
  const said = pairs.reduce((sum, pair) => sum + pair.said.visitor.length + pair.said.agent.length, 0);
  const troubles: Record<string, number> = {};
  for (const code of people().flatMap((person) => person.troubles())) troubles[code] = (troubles[code] ?? 0) + 1;
  return { online: people().filter((person) => person.isOnline()).length, waiting, said, troubles };
}

async function report() {
  await Promise.all(people().map((person) => person.scrollsToTheStart()));
  const ids = (shown: Shown[]) => shown.map(({ id }) => id);
  return pairs.map(({ conversationId, visitor, agent, said }) => ({
    conversation_id: conversationId,
    said,
    visitor: ids(visitor.shown()),
    agent: ids(agent.shown()),
  }));
}

function obey(order: Order): unknown {
  switch (order.order) {
    case 'begin':
      return begin(order);
    case 'talk':
      return talk(order.every_ms);
    case 'hush':
      isTalking = false;
      return;
    case 'online':
      return online();
    case 'report':
      return report();
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await obey(JSON.parse(line) as Order);
  process.stdout.write(`${JSON.stringify(answer ?? null)}\n`);
}
process.exit(0);
