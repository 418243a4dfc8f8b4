/**
 * Socket.IO's packets without bytes, which never travel here: type, namespace, number of the wanted answer, JSON.
 * The build puts it in the place of `socket.io-parser`, which is four times as large.
 */
export const protocol = 5;
export const PacketType = {
  CONNECT: 0,
  DISCONNECT: 1,
  EVENT: 2,
  ACK: 3,
  CONNECT_ERROR: 4,
  BINARY_EVENT: 5,
  BINARY_ACK: 6,
} as const;

export interface Packet {
  type: number;
  nsp: string;
  id?: number;
  data?: unknown;
}

const WRITTEN = /^([0-4])(?:(\/[^,]*),?)?(\d+)?(.*)$/s;

export class Encoder {
  encode({ type, nsp, id, data }: Packet): string[] {
    const place = nsp === '/' ? '' : `${nsp},`;
    return [`${type}${place}${id ?? ''}${data == null ? '' : JSON.stringify(data)}`];
  }
}

type Hears = (packet: Packet) => void;

/** Heard by one, the manager of its line. */
export class Decoder {
  private hears: Hears | null = null;

  on(_decoded: string, hears: Hears): void {
    this.hears = hears;
  }

  off(): void {
    this.hears = null;
  }

  /** Throws at what is no packet: the line is closed then. */
  add(text: string): void {
    const [, type, nsp = '/', id, data] = WRITTEN.exec(text) ?? [];
    if (type === undefined) throw new Error('No packet');
    const packet: Packet = { type: Number(type), nsp };
    if (id) packet.id = Number(id);
    if (data) packet.data = JSON.parse(data);
    this.hears?.(packet);
  }

  destroy(): void {}
}
