import { ListOrdered } from 'lucide-react';
import type { QueueSums } from '../../state/board';
import { texts } from '../../texts';
import { Empty } from '../../ui/empty';
import { Age } from './age';

const words = texts.board.queues;

interface QueueTableProps {
  sums: readonly QueueSums[];
  only: string | null;
  onOnly: (id: string | null) => void;
}

/** One line a queue; choosing it narrows the page to it. */
export function QueueTable({ sums, only, onOnly }: QueueTableProps) {
  if (sums.length === 0) return <Empty icon={ListOrdered} title={words.empty} hint={words.empty_hint} />;
  return (
    <section className="board-card" aria-label={words.title}>
      <div className="board-card-header">
        <h2>{words.title}</h2>
        {only !== null && (
          <button type="button" className="board-clear" onClick={() => onOnly(null)}>
            {words.all}
          </button>
        )}
      </div>
      <div className="board-table" tabIndex={0} role="group" aria-label={words.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.waiting}</th>
              <th scope="col">{words.longest}</th>
              <th scope="col">{words.talking}</th>
              <th scope="col">{words.free}</th>
              <th scope="col">{words.answered}</th>
            </tr>
          </thead>
          <tbody>
            {sums.map((sum) => (
              <QueueRow key={sum.queue.id} sum={sum} isOnly={only === sum.queue.id} onOnly={onOnly} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface QueueRowProps {
  sum: QueueSums;
  isOnly: boolean;
  onOnly: (id: string | null) => void;
}

function QueueRow({ sum, isOnly, onOnly }: QueueRowProps) {
  const { queue, waiting, talking, free, longest_since } = sum;
  return (
    <tr data-chosen={isOnly || undefined}>
      <th scope="row">
        <button
          type="button"
          aria-pressed={isOnly}
          title={words.only(queue.name)}
          onClick={() => onOnly(isOnly ? null : queue.id)}
        >
          <bdi>{queue.name}</bdi>
        </button>
      </th>
      <td className="numbers" data-strong={waiting > 0 || undefined}>
        {waiting}
      </td>
      <td>{longest_since ? <Age since={longest_since} kind="wait" /> : texts.board.tiles.none}</td>
      <td className="numbers">{talking}</td>
      <td className="numbers" data-tone={waiting > 0 && free === 0 ? 'warn' : undefined}>
        {free}
      </td>
      <td className="numbers">{queue.accepted_lately}</td>
    </tr>
  );
}
