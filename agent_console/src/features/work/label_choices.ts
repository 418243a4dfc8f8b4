import { useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import type { Choice } from '../../ui/form';

/** Labels to filter by; none while the sites have none. */
export function useLabelChoices(): Choice<string>[] {
  return useStore(useDesk().work.store, (state) => state.labels).map(({ id, name }) => ({
    value: id,
    label: name,
  }));
}
