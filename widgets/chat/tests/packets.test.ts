import * as theirs from 'socket.io-parser';
import { describe, expect, it } from 'vitest';
import * as ours from '../src/engine/packets';

const PACKETS: ours.Packet[] = [
  { type: 0, nsp: '/visitor', data: { ticket: 'a,b/c' } },
  { type: 0, nsp: '/' },
  { type: 1, nsp: '/visitor' },
  {
    type: 2,
    nsp: '/visitor',
    data: ['entry_added', { text: '12, "drei"\n\u2028/vier 🎉', list: [1, null] }],
  },
  { type: 2, nsp: '/', id: 0, data: ['typing', { on: true }] },
  { type: 3, nsp: '/visitor', id: 120, data: [{ taken: true }] },
  { type: 3, nsp: '/visitor', id: 7, data: [] },
  { type: 4, nsp: '/visitor', data: { message: 'not admitted' } },
];

function read(Decoder: typeof ours.Decoder | typeof theirs.Decoder, text: string): unknown {
  const decoder = new Decoder();
  const seen: unknown[] = [];
  decoder.on('decoded', (packet: unknown) => seen.push(packet));
  decoder.add(text);
  return seen;
}

describe('Packets of the line', () => {
  it.each(PACKETS)('are written and read as the library does: %j', (packet) => {
    const written = new ours.Encoder().encode(packet);

    expect(written).toEqual(new theirs.Encoder().encode(packet as theirs.Packet));
    expect(read(ours.Decoder, written[0] ?? '')).toEqual(read(theirs.Decoder, written[0] ?? ''));
  });

  it.each(['', '7', 'x', '51-/visitor,["bytes"]', '2/visitor,["cut'])(
    'are refused where there is none: %s',
    (text) => {
      expect(() => read(ours.Decoder, text)).toThrow();
    },
  );
});
