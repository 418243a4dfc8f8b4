import { useEffect, useState, type FormEvent } from 'react';
import { Plus } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { SelectField, TextField } from '../../../ui/form';
import { StillForm } from '../../../ui/still_form';
import { PageFrame } from '../page_frame';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { languageChoices, ownZone, zoneChoices } from './languages';

const words = texts.settings.add_site;

export default function AddSitePage() {
  const { api, router, work } = useDesk();
  const form = useForm({
    name: '',
    key: '',
    origin: '',
    locale: 'en',
    time_zone: ownZone(),
    queues: words.first_queue,
  });
  const { value, change, errors } = form;
  const [isKeyTyped, setKeyTyped] = useState(false);
  useSuggestedKey(isKeyTyped ? '' : value.name, (key) => change({ key }));
  const add = useChange(() => api.post('/api/v1/admin/sites', { ...value, queues: lines(value.queues) }), {
    quiet: true,
    async onDone(site) {
      await work.sync();
      router.move({ page: 'settings', section: 'install', site: site.key, item: null });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!add.isPending) add.mutate(undefined, { onError: form.refused });
  }
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <StillForm isBusy={add.isPending} onSubmit={submit} noValidate>
        <TextField
          label={words.name}
          autoFocus
          maxLength={100}
          value={value.name}
          error={errors.name}
          onChange={(name) => change({ name })}
        />
        <TextField
          label={words.origin}
          hint={words.origin_hint}
          placeholder="https://www.example.com"
          inputMode="url"
          value={value.origin}
          error={errors.origin}
          onChange={(origin) => change({ origin })}
        />
        <TextField
          label={words.key}
          hint={words.key_hint}
          maxLength={40}
          value={value.key}
          error={errors.key}
          onChange={(key) => {
            setKeyTyped(key !== '');
            change({ key: key.toLowerCase() });
          }}
        />
        <SelectField
          label={texts.settings.general.language}
          value={value.locale}
          options={languageChoices(value.locale)}
          onChange={(locale) => change({ locale })}
        />
        <SelectField
          label={texts.settings.general.time_zone}
          value={value.time_zone}
          options={zoneChoices(value.time_zone)}
          onChange={(time_zone) => change({ time_zone })}
        />
        <TextField
          label={words.queues}
          hint={words.queues_hint}
          value={value.queues}
          error={errors.queues}
          onChange={(queues) => change({ queues })}
        />
        {add.isError && Object.keys(errors).length === 0 && (
          <p className="form-error" role="alert">
            {wordsFor(add.error)}
          </p>
        )}
        <footer className="save-bar">
          <p />
          <Button
            look="primary"
            type="submit"
            icon={Plus}
            disabled={add.isPending || !value.name.trim() || !value.origin.trim()}
          >
            {words.add}
          </Button>
        </footer>
      </StillForm>
    </PageFrame>
  );
}

/** The server knows which keys are free. */
function useSuggestedKey(name: string, take: (key: string) => void): void {
  const { api } = useDesk();
  useEffect(() => {
    if (!name.trim()) return;
    const stop = new AbortController();
    const wait = setTimeout(() => {
      api
        .get('/api/v1/admin/site-key', { query: { name }, signal: stop.signal })
        .then(({ key }) => take(key))
        .catch(() => undefined); // Then he types one himself.
    }, 200);
    return () => {
      clearTimeout(wait);
      stop.abort();
    };
    // `take` is made anew with each drawing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [name]);
}

const lines = (text: string) =>
  text
    .split(/[,\n]/)
    .map((line) => line.trim())
    .filter(Boolean);
