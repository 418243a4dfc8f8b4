import { auditActsEn } from './en_audit';
import { integrationsEn } from './en_integrations';
import { peopleSettingsEn } from './en_people';
import { sitesEn } from './en_sites';
import { plural } from './plural';

export const settingsEn = {
  label: 'Settings',
  site: 'Site',
  groups: { me: 'Me', site: 'Site', work: 'Work', team: 'Team', records: 'Records' },
  none: 'Choose a section',
  not_allowed: 'Your role does not allow this',
  not_allowed_hint: 'Ask an admin of this site.',
  failed: 'This could not be loaded',
  add: 'Add',
  clear: 'Clear the search',
  save: 'Save',
  saving: 'Saving',
  saved: 'Saved',
  edit: (name: string) => `Change ${name}`,
  remove: (name: string) => `Remove ${name}`,
  remove_short: 'Remove',
  up: (name: string) => `Move ${name} up`,
  down: (name: string) => `Move ${name} down`,
  unsaved: 'Not saved yet',
  discard: 'Discard',
  leave_title: 'Leave without saving?',
  leave_lead: 'What you have typed here is not saved yet. It is lost when you leave.',
  leave: 'Leave',

  ...sitesEn,
  ...integrationsEn,
  ...peopleSettingsEn,

  outcomes: {
    title: 'Outcomes',
    lead: 'What is chosen when a conversation is finished. Reports count by them.',
    one: 'Outcome',
    placeholder: 'For example: Solved',
    empty: 'No outcomes yet',
    empty_hint: 'Add the first one: agents choose it when they finish.',
    remove_lead: (name: string) =>
      `Nobody can choose “${name}” any more. Conversations that were finished with it keep it.`,
  },

  audit: {
    acts: auditActsEn,
    title: 'Audit log',
    lead: 'Who changed what, and when.',
    search: 'Search by person, thing or act',
    empty: 'Nothing yet',
    empty_hint: 'Every change in the settings leaves a line here.',
    nothing_found: 'Nothing matches',
    export: 'Export as CSV',
    when: 'When',
    who: 'Who',
    what: 'What',
    changes: 'Changes',
    more: 'Show more',
    count: (shown: number) => plural(shown, 'line', 'lines'),
  },
};
