import { lazy, Suspense } from 'react';
import { CommandBar } from '../features/commands/command_bar';
import { BlockDialog } from '../features/contact/block_dialog';
import { ShortcutsDialog } from '../features/commands/shortcuts_dialog';
import { ForwardNewest } from '../features/conversation/mail/forward_dialog';
import { MergeDialog } from '../features/conversation/merge_dialog';
import { EndSelectedDialog } from '../features/engagements/end_selected_dialog';
import { ParkDialog, ParkSelectedDialog } from '../features/engagements/park_dialog';
import { AskInDialog } from '../features/engagements/ask_in_dialog';
import { TransferDialog, TransferSelectedDialog } from '../features/engagements/transfer_dialog';
import { WhatIfDialog } from '../features/engagements/what_if_dialog';
import { SpamDialog, SpamSelectedDialog } from '../features/work/spam_dialog';
import { LabelSelectedDialog } from '../features/labels/label_selected_dialog';
import { LabelsDialog } from '../features/labels/labels_dialog';
import { MentionsPage } from '../features/mentions/mentions_page';
import { useMentionAlarm } from '../features/mentions/use_mention_alarm';
import { PausedBanner } from '../features/presence/paused_banner';
import { PulledBanner } from '../features/presence/pulled_banner';
import { OfferCards } from '../features/offers/offer_card';
import { useDesk, useEngagement, useOpenConversationId } from '../state/desk_context';
import { useValue } from '../state/store';
import { NoticeList } from '../ui/notice_list';
import { actions } from './actions';
import { ConnectionBanner } from './connection_banner';
import { LeaveDialog } from './leave_dialog';
import { Rail } from './rail';
import { useShortcuts } from './use_shortcuts';
import { useTitle } from './use_title';
import { WorkPage } from './work_page';
import './shell.css';

const MailsPage = lazy(() =>
  import('../features/mails/mails_page').then((module) => ({ default: module.MailsPage })),
);

const PeoplePage = lazy(() =>
  import('../features/contact/people_page').then((module) => ({ default: module.PeoplePage })),
);

const BoardPage = lazy(() =>
  import('../features/board/board_page').then((module) => ({ default: module.BoardPage })),
);

const PlannedPage = lazy(() =>
  import('../features/callback/planned_page').then((module) => ({ default: module.PlannedPage })),
);

const SettingsPage = lazy(() =>
  import('../features/settings/settings_page').then((module) => ({ default: module.SettingsPage })),
);

export function Shell() {
  useShortcuts();
  useTitle();
  useMentionAlarm();
  return (
    <div className="shell">
      <div className="shell-banners">
        <ConnectionBanner />
        <PausedBanner />
        <PulledBanner />
      </div>
      <Rail />
      <main className="shell-main">
        <Page />
      </main>
      <OfferCards />
      <NoticeList />
      <OpenDialog />
      <LeaveDialog />
    </div>
  );
}

function Page() {
  const { router } = useDesk();
  const route = useValue(router.route);
  switch (route.page) {
    case 'work':
      return <WorkPage route={route} />;
    case 'mentions':
      return <MentionsPage />;
    case 'callbacks':
      return (
        <Suspense fallback={null}>
          <PlannedPage />
        </Suspense>
      );
    case 'mails':
      return (
        <Suspense fallback={null}>
          <MailsPage mailId={route.mail_id} />
        </Suspense>
      );
    case 'people':
      return (
        <Suspense fallback={null}>
          <PeoplePage contactId={route.contact_id} />
        </Suspense>
      );
    case 'board':
      return (
        <Suspense fallback={null}>
          <BoardPage
            siteKey={route.site}
            whatIf={(work, onClose) => <WhatIfDialog item={work} onClose={onClose} />}
          />
        </Suspense>
      );
    case 'settings':
      return (
        <Suspense fallback={null}>
          <SettingsPage route={route} />
        </Suspense>
      );
  }
}

function OpenDialog() {
  const { dialog } = useDesk();
  const open = useValue(dialog);
  const conversationId = useOpenConversationId();
  const item = useEngagement(conversationId);
  const close = () => dialog.set(null);
  switch (open) {
    case null:
      return null;
    case 'commands':
      return <CommandBar actions={actions} onClose={close} />;
    case 'shortcuts':
      return <ShortcutsDialog actions={actions} onClose={close} />;
    case 'transfer':
      return item && <TransferDialog item={item} onClose={close} />;
    case 'consult':
    case 'conference':
      return item && <AskInDialog key={open} role={open} item={item} onClose={close} />;
    case 'labels':
      return conversationId && <LabelsDialog conversationId={conversationId} onClose={close} />;
    case 'block':
      return conversationId && <BlockDialog conversationId={conversationId} onClose={close} />;
    case 'what_if':
      return item && <WhatIfDialog item={item} onClose={close} />;
    case 'merge':
      return conversationId && <MergeDialog conversationId={conversationId} onClose={close} />;
    case 'forward':
      return conversationId && <ForwardNewest conversationId={conversationId} onClose={close} />;
    case 'park':
      return item && <ParkDialog item={item} onClose={close} />;
    case 'spam':
      return item && <SpamDialog items={[item]} onClose={close} />;
    case 'spam_selected':
      return <SpamSelectedDialog onClose={close} />;
    case 'transfer_selected':
      return <TransferSelectedDialog onClose={close} />;
    case 'park_selected':
      return <ParkSelectedDialog onClose={close} />;
    case 'label_selected':
      return <LabelSelectedDialog onClose={close} />;
    case 'end_selected':
      return <EndSelectedDialog onClose={close} />;
  }
}
