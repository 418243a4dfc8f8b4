import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { MySite } from '@engage/client/src/agent';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { SelectField, TextField } from '../../../ui/form';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import { PictureField } from '../picture_field';
import { SaveBar } from '../save_bar';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { contrast, isColour, READABLE } from './contrast';
import { LookPreview, type Shown } from './look_preview';
import './look_page.css';

type LookView = components['schemas']['LookView'];
const words = texts.settings.look;
const pictures = texts.admin.pictures;

export default function LookPage({ site }: SectionProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['look', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/look', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame title={words.title} lead={words.lead} size="table">
      <Loaded query={query}>{(stored) => <LookForm site={site} {...parted(stored)} />}</Loaded>
    </PageFrame>
  );
}

/** The logo counts as soon as it is chosen; the rest when it is saved. */
function parted({ logo, ...stored }: LookView) {
  return { logo, stored };
}

function LookForm({ site, logo, stored }: { site: MySite } & ReturnType<typeof parted>) {
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
      <form onSubmit={form.sends(save)}>
        <LogoField site={site} logo={logo} />
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

function LogoField({ site, logo }: { site: MySite; logo: string | null }) {
  const { api } = useDesk();
  const queries = useQueryClient();
  const path = { site_id: site.id };
  return (
    <PictureField
      label={pictures.logo}
      hint={pictures.logo_hint}
      isSet={logo !== null}
      upload={(file) => api.upload('/api/v1/admin/sites/{site_id}/logo', file, { path })}
      remove={() => api.delete('/api/v1/admin/sites/{site_id}/logo', { path })}
      onDone={() => void queries.invalidateQueries({ queryKey: ['look', site.id] })}
    >
      <span className="picture-logo">{logo ? <img src={logo} alt={pictures.logo} /> : pictures.no_logo}</span>
    </PictureField>
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
