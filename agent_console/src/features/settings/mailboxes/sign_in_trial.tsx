import { CircleAlert, CircleCheck, PlugZap } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { useChange } from '../use_change';
import type { Mailbox, MailboxForm } from './mailbox_kinds';

const words = texts.mailboxes;

interface SignInTrialProps {
  siteId: string;
  box: Mailbox | null;
  /** As it stands in the form, saved or not. */
  mailbox: MailboxForm;
}

/** Signs in now, and shows what the mail server said. */
export function SignInTrial({ siteId, box, mailbox }: SignInTrialProps) {
  const { api } = useDesk();
  const trial = useChange(
    () =>
      api.post(
        '/api/v1/admin/sites/{site_id}/mailboxes/sign-in',
        { mailbox_id: box?.id ?? null, mailbox },
        { path: { site_id: siteId } },
      ),
    { quiet: true },
  );
  const problem = trial.isError ? wordsFor(trial.error) : trial.data?.problem;
  return (
    <div className="mailbox-acts">
      <Button
        icon={PlugZap}
        disabled={trial.isPending || !mailbox.host || !mailbox.address || !mailbox.name}
        onClick={() => trial.mutate(undefined)}
      >
        {trial.isPending ? words.trying : words.try_sign_in}
      </Button>
      {(trial.data || trial.isError) && !trial.isPending && (
        <p className="test-result" role="status" data-good={!problem}>
          {problem ? <CircleAlert size={16} aria-hidden /> : <CircleCheck size={16} aria-hidden />}
          {problem ? texts.mail_servers(problem) : words.works(trial.data?.mails ?? 0)}
        </p>
      )}
    </div>
  );
}
