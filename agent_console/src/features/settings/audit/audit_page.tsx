import { useState } from 'react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Download, ScrollText } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { useNow } from '../../../state/clock';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Empty } from '../../../ui/empty';
import { SearchField } from '../../../ui/search_field';
import { Skeleton } from '../../../ui/skeleton';
import { exactTime, listTime } from '../../../ui/time_words';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';

const words = texts.settings.audit;

export default function AuditPage({ site }: SectionProps) {
  const { api } = useDesk();
  const now = useNow();
  const [search, setSearch] = useState('');
  const path = { site_id: site.id };
  const log = useInfiniteQuery({
    queryKey: ['audit', site.id, search],
    queryFn: ({ pageParam, signal }) =>
      api.get('/api/v1/admin/sites/{site_id}/audit', { path, query: { search, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
  const exported = useChange(async () => {
    const answer = await fetch(`/api/v1/admin/sites/${site.id}/audit/export`, {
      method: 'POST',
      headers: { 'X-Engage-Request': '1', 'Content-Type': 'application/json' },
      body: JSON.stringify({ search }),
    });
    save(await answer.blob(), `audit-${site.key}.csv`);
  });
  const rows = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <PageFrame
      size="table"
      title={words.title}
      lead={words.lead}
      actions={
        <Button icon={Download} disabled={exported.isPending} onClick={() => exported.mutate(undefined)}>
          {words.export}
        </Button>
      }
    >
      <SearchField
        label={words.search}
        clearLabel={texts.settings.clear}
        value={search}
        onChange={setSearch}
      />
      {log.isPending && <Skeleton shape="rows" />}
      {log.data && rows.length === 0 && (
        <Empty
          icon={ScrollText}
          title={search ? words.nothing_found : words.empty}
          hint={search ? undefined : words.empty_hint}
        />
      )}
      {rows.length > 0 && (
        <div className="settings-table-scroll" role="group" aria-label={words.title} tabIndex={0}>
          <table className="settings-table">
            <thead>
              <tr>
                <th>{words.when}</th>
                <th>{words.who}</th>
                <th>{words.what}</th>
                <th>{words.changes}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td className="numbers">
                    <time dateTime={row.at} title={exactTime(row.at)}>
                      {listTime(row.at, now)}
                    </time>
                  </td>
                  <td title={row.address ?? undefined}>{row.actor_name}</td>
                  <td>
                    {called(row.act)}: <bdi>{row.subject_name}</bdi>
                  </td>
                  <td>
                    <Changes of={row.changes} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {log.hasNextPage && (
        <Button look="quiet" disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </PageFrame>
  );
}

function Changes({ of }: { of: Record<string, unknown> }) {
  return (
    <ul className="settings-changes">
      {Object.entries(of).map(([field, change]) => (
        <li key={field}>
          {field}: {Array.isArray(change) ? change.map((one) => shown(one)).join(' → ') : shown(change)}
        </li>
      ))}
    </ul>
  );
}

/** An act of a newer server has its code at least. */
const called = (act: string) => (words.acts as Record<string, string>)[act] ?? act;

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
