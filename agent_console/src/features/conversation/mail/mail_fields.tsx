import { useMemo, useState } from 'react';
import { useDesk } from '../../../state/desk_context';
import { noMails } from '../../../state/mail_keeper';
import { useStore, useValue } from '../../../state/store';
import { texts } from '../../../texts';
import { AddressField } from './address_field';
import { postingOf } from './posting';
import './mail_composer.css';

const words = texts.mail_composer;

interface MailFieldsProps {
  conversationId: string;
  /** To whom answers go; nobody if it is not known. */
  email: string | null;
}

/** To whom the answer goes, and who gets a copy. */
export function MailFields({ conversationId, email }: MailFieldsProps) {
  const { mails } = useDesk();
  const store = postingOf(conversationId);
  const posting = useValue(store);
  const [shows, setShows] = useState<'cc' | 'bcc' | null>(null);
  const received = useStore(mails.store, (all) => (all.get(conversationId) ?? noMails).received);
  const offered = useMemo(() => {
    const last = [...received.values()].at(-1);
    return [...(last?.cc ?? []), ...(last?.sender ? [last.sender] : [])]
      .map(({ address }) => address)
      .filter((address) => address && address !== email?.toLowerCase());
  }, [received, email]);
  const hasCc = shows !== null || posting.cc.length > 0 || posting.bcc.length > 0;
  return (
    <div className="mail-fields">
      <div className="mail-field">
        <span className="mail-field-label">{texts.mail.to}</span>
        <span className="mail-field-to truncate">{email ?? texts.composer.leaves_as_mail_unknown}</span>
        {!hasCc && (
          <button type="button" className="mail-field-more" onClick={() => setShows('cc')}>
            {words.add_copies}
          </button>
        )}
      </div>
      {hasCc && (
        <>
          <AddressField
            label={texts.mail.cc}
            addresses={posting.cc}
            offered={offered}
            autoFocus={shows === 'cc'}
            onChange={(cc) => store.update((now) => ({ ...now, cc }))}
          />
          <AddressField
            label={texts.mail.bcc}
            addresses={posting.bcc}
            onChange={(bcc) => store.update((now) => ({ ...now, bcc }))}
          />
        </>
      )}
    </div>
  );
}
