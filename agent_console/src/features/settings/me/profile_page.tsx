import { useQuery } from '@tanstack/react-query';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { useStore } from '../../../state/store';
import { texts } from '../../../texts';
import { Avatar } from '../../../ui/avatar';
import { FormSection, SelectField, TextField } from '../../../ui/form';
import { Loaded } from '../loaded';
import { zoneChoices } from '../sites/languages';
import { PageFrame } from '../page_frame';
import { PictureField } from '../picture_field';
import { SignatureFields } from '../signature_fields';
import { SaveBar } from '../save_bar';
import { useChange } from '../use_change';
import { useForm } from '../use_form';

export const ACCOUNT = ['account'];

export function useAccount() {
  const { api } = useDesk();
  return useQuery({ queryKey: ACCOUNT, queryFn: () => api.get('/api/v1/agent/account') });
}

export default function ProfilePage() {
  const words = texts.access.profile;
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={useAccount()}>{(account) => <ProfileForm account={account} />}</Loaded>
      <ZoneField />
    </PageFrame>
  );
}

/** Kept on this machine, as the language is: on a journey the laptop tells another time than the desk. */
function ZoneField() {
  const { preferences } = useDesk();
  const zone = useStore(preferences, (all) => all.time_zone);
  const words = texts.access.profile;
  const browser = { value: 'browser', label: words.zone_browser };
  return (
    <FormSection title={words.times}>
      <SelectField
        label={words.zone}
        hint={words.zone_hint}
        value={zone}
        options={[browser, ...zoneChoices(zone === 'browser' ? 'UTC' : zone)]}
        onChange={(time_zone) => preferences.update((now) => ({ ...now, time_zone }))}
      />
    </FormSection>
  );
}

function ProfileForm({ account }: { account: components['schemas']['AccountView'] }) {
  const { api, work } = useDesk();
  const words = texts.access.profile;
  const form = useForm({ name: account.name, signatures: account.signatures });
  const save = useChange(() => api.put('/api/v1/agent/account', form.value), {
    refresh: [ACCOUNT],
    said: texts.settings.saved,
    onDone: () => void work.sync(),
  });
  return (
    <>
      <MyPicture />
      <form onSubmit={form.sends(save)}>
        <TextField
          label={words.name}
          autoComplete="name"
          maxLength={100}
          required
          value={form.value.name}
          error={form.errors.name}
          onChange={(name) => form.change({ name })}
        />
        <TextField
          label={words.email}
          hint={words.email_hint}
          readOnly
          value={account.email}
          onChange={() => undefined}
        />
        <FormSection title={texts.tickets.signatures.title} lead={texts.tickets.signatures.lead}>
          <SignatureFields
            value={form.value.signatures}
            most={1000}
            onChange={(signatures) => form.change({ signatures })}
          />
        </FormSection>
        <SaveBar isChanged={form.isChanged} isBusy={save.isPending} onDiscard={form.discard} />
      </form>
    </>
  );
}

function MyPicture() {
  const { api, work } = useDesk();
  const me = useStore(work.store, (state) => state.me);
  const words = texts.admin.pictures;
  return (
    <PictureField
      label={words.face}
      hint={words.my_hint}
      isSet={me.picture !== null}
      upload={(file) => api.upload('/api/v1/agent/account/picture', file)}
      remove={() => api.delete('/api/v1/agent/account/picture')}
      onDone={() => void work.sync()}
    >
      <Avatar name={me.name} picture={me.picture} size={64} />
    </PictureField>
  );
}
