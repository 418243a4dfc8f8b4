import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Empty } from '../../../ui/empty';
import { dateOf, shortMoment } from '../../../ui/time_words';
import { ConfirmDialog } from '../confirm_dialog';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { KeyDialog } from './key_dialog';
import './people.css';

type KeyRow = components['schemas']['KeyRow'];
export const keysKey = (siteId: string) => ['keys', siteId];
const words = texts.access.keys;

export default function KeysPage({ site }: SectionProps) {
  const { api } = useDesk();
  const [isAdding, setAdding] = useState(false);
  const query = useQuery({
    queryKey: keysKey(site.id),
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/keys', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame
      title={words.title}
      lead={words.lead}
      size="table"
      actions={
        <Button look="primary" icon={Plus} onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={KeyRound} title={words.empty} hint={words.empty_hint} />
          ) : (
            <KeyTable siteId={site.id} rows={items} />
          )
        }
      </Loaded>
      {isAdding && <KeyDialog siteId={site.id} onClose={() => setAdding(false)} />}
    </PageFrame>
  );
}

function KeyTable({ siteId, rows }: { siteId: string; rows: readonly KeyRow[] }) {
  return (
    <div className="settings-table-scroll" role="group" aria-label={words.title} tabIndex={0}>
      <table className="settings-table people-table">
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.begins}</th>
            <th scope="col">{words.scopes}</th>
            <th scope="col">{words.used}</th>
            <th scope="col">{words.expires}</th>
            <th scope="col">
              <span className="visually-hidden">{words.revoke}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <KeyLine key={row.id} siteId={siteId} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function KeyLine({ siteId, row }: { siteId: string; row: KeyRow }) {
  const { api } = useDesk();
  const [isAsking, setAsking] = useState(false);
  const revoke = useChange(() => api.delete('/api/v1/admin/keys/{key_id}', { path: { key_id: row.id } }), {
    refresh: [keysKey(siteId)],
    said: words.revoked,
  });
  return (
    <tr>
      <td>
        <div className="person-name">
          <div>
            <p>{row.name}</p>
            <small>{words.made_by(row.created_by, dateOf(row.created_at))}</small>
          </div>
        </div>
      </td>
      <td>
        <code>{row.prefix}…</code>
      </td>
      <td>{row.scopes.map((scope) => words.scope_names[scope]).join(', ')}</td>
      <td className="numbers">{row.last_used_at ? shortMoment(row.last_used_at) : words.never_used}</td>
      <td className="numbers">{expiry(row)}</td>
      <td>
        <Button look="bad" aria-label={`${words.revoke}: ${row.name}`} onClick={() => setAsking(true)}>
          {words.revoke}
        </Button>
        {isAsking && (
          <ConfirmDialog
            title={words.revoke_title(row.name)}
            lead={words.revoke_lead}
            confirm={words.revoke}
            isBusy={revoke.isPending}
            onConfirm={() => revoke.mutate(undefined)}
            onClose={() => setAsking(false)}
          />
        )}
      </td>
    </tr>
  );
}

function expiry(row: KeyRow): string {
  if (row.expired) return words.expired;
  return row.expires_at ? dateOf(row.expires_at) : words.never_expires;
}
