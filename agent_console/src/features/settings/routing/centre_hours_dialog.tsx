import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { FormSection, SelectField, SwitchField } from '../../../ui/form';
import { Holidays } from '../sites/holidays';
import { Week } from '../sites/hours_page';
import { zoneChoices } from '../sites/languages';
import { useChange } from '../use_change';
import { useForm } from '../use_form';

type Centre = components['schemas']['CentreView'];
const OUTSIDE: readonly Centre['hours']['outside'][] = ['draining', 'down'];
const words = texts.routing.centres;

interface CentreHoursDialogProps {
  centre: Centre;
  refresh: string[][];
  onClose: () => void;
}

/** When a centre opens and closes by itself; a state that is set by hand holds until the hours turn. */
export function CentreHoursDialog({ centre, refresh, onClose }: CentreHoursDialogProps) {
  const { api } = useDesk();
  const { value, change } = useForm<Centre['hours']>(centre.hours);
  const save = useChange(
    () => api.put('/api/v1/admin/centres/{centre_id}/hours', value, { path: { centre_id: centre.id } }),
    { refresh, said: texts.settings.saved, onDone: onClose },
  );
  return (
    <Dialog title={words.hours_of(centre.name)} lead={words.hours_lead} size="wide" onClose={onClose}>
      <DialogForm isBusy={save.isPending} onSubmit={() => save.mutate(undefined)} onClose={onClose}>
        <SwitchField
          label={words.follows}
          hint={words.follows_hint}
          on={value.follows}
          onChange={(follows) => change({ follows })}
        />
        {value.follows && (
          <>
            <div className="form-pair">
              <SelectField
                label={texts.settings.general.time_zone}
                value={value.time_zone}
                options={zoneChoices(value.time_zone)}
                onChange={(time_zone) => change({ time_zone })}
              />
              <SelectField
                label={words.outside}
                value={value.outside}
                options={OUTSIDE.map((state) => ({ value: state, label: words.states[state] }))}
                onChange={(outside) => change({ outside })}
              />
            </div>
            <FormSection title={texts.settings.hours.week}>
              <Week spans={value.spans} onChange={(spans) => change({ spans })} />
            </FormSection>
            <Holidays
              holidays={value.holidays}
              timeZone={value.time_zone}
              onChange={(holidays) => change({ holidays })}
            />
          </>
        )}
      </DialogForm>
    </Dialog>
  );
}
