import { useEffect, useState } from 'react';
import type { Api } from '@engage/client';
import type { components } from '@engage/client/src/schema';
import { Problem } from '@engage/client';
import type { AgentDoor } from '@engage/client/src/agent';
import { texts } from '../../texts';
import { TextField } from '../../ui/form';
import { PasswordField } from '../../ui/password_field';
import { EntranceCard } from './entrance_card';
import './sign_in_page.css';

interface LinkPageProps {
  api: Api;
  door: AgentDoor;
  token: string;
  /** Set up and signed in, or on to the sign-in page. */
  onDone: () => void;
}

type LinkView = components['schemas']['LinkView'];

/** Behind the link of an invitation or of a forgotten password: a password is set, and one is in. */
export function LinkPage({ api, door, token, onDone }: LinkPageProps) {
  const [link, setLink] = useState<LinkView | 'gone' | null>(null);
  useEffect(() => {
    api.post('/api/v1/agent/account-links/look', { token }).then(setLink, () => setLink('gone'));
  }, [api, token]);
  const words = texts.access.step;
  return (
    <main className="sign-in">
      {link === 'gone' && (
        <EntranceCard
          title={words.link_gone_title}
          lead={words.link_gone}
          submit={words.to_sign_in}
          onSubmit={async () => onDone()}
        />
      )}
      {link !== null && link !== 'gone' && (
        <LinkForm api={api} door={door} token={token} link={link} onDone={onDone} />
      )}
    </main>
  );
}

function LinkForm({ api, door, token, link, onDone }: LinkPageProps & { link: LinkView }) {
  const [name, setName] = useState(link.name);
  const [password, setPassword] = useState('');
  const words = texts.access.step;
  const isNew = link.purpose === 'invitation';

  async function setUp(): Promise<void> {
    await api.post('/api/v1/agent/account-links/use', { token, name, password });
    // A second step may be asked for now: the sign-in page leads through it.
    await door.signIn(link.email, password).catch((failure: unknown) => {
      if (!(failure instanceof Problem)) throw failure;
    });
    onDone();
  }

  return (
    <EntranceCard
      title={isNew ? words.welcome_title : words.reset_title}
      lead={isNew ? words.welcome_lead(link.email) : words.reset_lead(link.email)}
      submit={isNew ? words.join : words.set_password}
      onSubmit={setUp}
    >
      <input type="hidden" name="username" autoComplete="username" value={link.email} />
      {isNew && (
        <TextField
          label={words.your_name}
          hint={words.your_name_hint}
          autoComplete="name"
          maxLength={100}
          required
          autoFocus
          value={name}
          onChange={setName}
        />
      )}
      <PasswordField
        label={texts.access.password.new}
        isNew
        required
        autoFocus={!isNew}
        value={password}
        onChange={setPassword}
      />
    </EntranceCard>
  );
}
