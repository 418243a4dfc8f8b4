import { commands, shortcuts } from '../features/commands/actions/open_dialogs';
import { showBoard } from '../features/board/actions/show_board';
import { dial } from '../features/callback/actions/dial';
import { showPlanned } from '../features/callback/actions/show_planned';
import { showPeople } from '../features/contact/actions/show_people';
import { block } from '../features/contact/actions/block';
import { toggleDetails } from '../features/contact/actions/toggle_details';
import { article } from '../features/conversation/actions/article';
import { attach } from '../features/conversation/actions/attach';
import { canned } from '../features/conversation/actions/canned';
import { forward } from '../features/conversation/actions/forward';
import { merge } from '../features/conversation/actions/merge';
import { note } from '../features/conversation/actions/note';
import { undoSend } from '../features/conversation/actions/undo_send';
import { reply } from '../features/conversation/actions/reply';
import { conference, consult } from '../features/engagements/actions/ask_in';
import { end } from '../features/engagements/actions/end';
import { finish } from '../features/engagements/actions/finish';
import { leaveParty } from '../features/engagements/actions/leave_party';
import { park } from '../features/engagements/actions/park';
import { transfer } from '../features/engagements/actions/transfer';
import { whatIf } from '../features/engagements/actions/what_if';
import { labels } from '../features/labels/actions/labels';
import { showMails } from '../features/mails/actions/show_mails';
import { showMentions } from '../features/mentions/actions/show_mentions';
import { accept } from '../features/offers/actions/accept';
import { decline } from '../features/offers/actions/decline';
import {
  setAvailable,
  setAway,
  setBreak,
  setBusy,
  setOffline,
} from '../features/presence/actions/set_presence';
import { speakEnglish, speakGerman } from '../features/session/actions/set_language';
import { setDark, setLight, setSystemTheme } from '../features/session/actions/set_theme';
import { signOut } from '../features/session/actions/sign_out';
import { toggleSound } from '../features/session/actions/toggle_sound';
import { filter } from '../features/work/actions/filter';
import { search } from '../features/work/actions/search';
import { showAll, showClosed, showMine, showQueue } from '../features/work/actions/show_places';
import { nextRow, previousRow } from '../features/work/actions/step';
import { selectAll, selectDown, selectRow, selectUp } from '../features/work/actions/select';
import { reopen } from '../features/work/actions/reopen';
import { spam } from '../features/work/actions/spam';
import { take } from '../features/work/actions/take';
import { unpark } from '../features/work/actions/unpark';
import { takeNext } from '../features/work/actions/take_next';
import type { Action } from '../state/action';

/** Everything an agent can do: toolbar, command bar and shortcuts are drawn from this list. */
export const actions: readonly Action[] = [
  accept,
  decline,
  take,
  reopen,
  reply,
  note,
  attach,
  article,
  canned,
  dial,
  consult,
  conference,
  leaveParty,
  transfer,
  park,
  unpark,
  labels,
  undoSend,
  forward,
  merge,
  spam,
  end,
  finish,
  toggleDetails,
  block,
  whatIf,
  takeNext,
  // Before those of the same letter without Shift, which would answer as well.
  selectDown,
  selectUp,
  selectAll,
  selectRow,
  nextRow,
  previousRow,
  search,
  showMine,
  showQueue,
  showClosed,
  showAll,
  filter,
  setAvailable,
  setBusy,
  setAway,
  setBreak,
  setOffline,
  commands,
  shortcuts,
  showBoard,
  showPeople,
  showMails,
  showMentions,
  showPlanned,
  setLight,
  setDark,
  setSystemTheme,
  speakEnglish,
  speakGerman,
  toggleSound,
  signOut,
];
