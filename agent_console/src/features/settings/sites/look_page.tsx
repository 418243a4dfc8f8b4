import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { MySite } from '@engage/client/src/agent';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { SelectField, TextField } from '../../../ui/form';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import { SaveBar } from '../save_bar';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { contrast, isColour, READABLE } from './contrast';
import { LookPreview, type Shown } from './look_preview';
import './look_page.css';

type Look = components['schemas']['Look-Output'];
const words = texts.settings.look;

export default function LookPage({ site }: SectionProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['look', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/look', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame title={words.title} lead={words.lead} size="table">
      <Loaded query={query}>
        {(stored) => <LookForm key={JSON.stringify(stored)} site={site} stored={stored} />}
      </Loaded>
    </PageFrame>
  );
}

function LookForm({ site, stored }: { site: MySite; stored: Look }) {
  const { api } = useDesk();
  const form = useForm(stored);
  const { value, change, errors } = form;
  const [shows, setShows] = useState<Shown>('panel');
  const save = useChange(
    () => api.put('/api/v1/admin/sites/{site_id}/look', value, { path: { site_id: site.id } }),
    { refresh: [['look', site.id]], said: words.saved },
  );
  return (
    <div className="look-page">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined, { onError: form.refused });
        }}
      >
        <AccentField value={value.accent} error={errors.accent} onChange={(accent) => change({ accent })} />
        <TextField
          label={words.greeting}
          maxLength={120}
          value={value.greeting}
          error={errors.greeting}
          onFocus={() => setShows('panel')}
          onChange={(greeting) => change({ greeting })}
        />
        <TextField
          label={words.launcher_text}
          hint={words.launcher_text_hint}
          maxLength={40}
          value={value.launcher_text}
          error={errors.launcher_text}
          onFocus={() => setShows('launcher')}
          onChange={(launcher_text) => change({ launcher_text })}
        />
        <SelectField
          label={words.position}
          value={value.position}
          options={[
            { value: 'right', label: words.right },
            { value: 'left', label: words.left },
          ]}
          onChange={(position) => change({ position })}
        />
        <div className="form-field">
          <label className="field-label" htmlFor="look-radius">
            {words.radius} <small>{words.pixels(value.radius)}</small>
          </label>
          <input
            id="look-radius"
            className="look-radius"
            type="range"
            min={0}
            max={28}
            step={2}
            value={value.radius}
            onChange={(event) => change({ radius: event.currentTarget.valueAsNumber })}
          />
        </div>
        <SaveBar isChanged={form.isChanged} isBusy={save.isPending} onDiscard={form.discard} />
      </form>
      <LookPreview siteKey={site.key} look={value} shows={shows} onShow={setShows} />
    </div>
  );
}

interface AccentFieldProps {
  value: string;
  error: string | undefined;
  onChange: (accent: string) => void;
}

function AccentField({ value, error, onChange }: AccentFieldProps) {
  const ratio = isColour(value) ? contrast(value, '#ffffff') : null;
  const said =
    ratio === null
      ? words.no_colour
      : ratio < READABLE
        ? words.too_light(ratio.toFixed(1))
        : words.readable(ratio.toFixed(1));
  return (
    <div className="look-accent">
      <input
        type="color"
        aria-label={words.pick}
        value={isColour(value) ? value.toLowerCase() : '#000000'}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <TextField
        label={words.accent}
        hint={said}
        error={error}
        maxLength={7}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}
