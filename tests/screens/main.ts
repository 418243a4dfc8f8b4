/**
 * Pairs of people who talk while somebody else pulls the plugs. Orders come in as lines of JSON, answers go out so:
 * `begin` seats them, `say` is one message each, `talk` and `hush` start and end the talking, `online` counts, `report` shows all screens.
 */
import { createInterface } from 'node:readline';
import { sitDownAsAgent } from './agent';
import { quiet } from './page';
import { until, type Person, type Shown } from './person';
import { sitDownAsVisitor } from './visitor';

interface Begin {
  order: 'begin';
  /** Where agents sit, and each visitor: everybody may have a line of his own. */
  agent_url: string;
  visitor_urls: string[];
  agents: string[];
  password: string;
}
type Order =
  | Begin
  | { order: 'talk'; every_ms: number }
  | { order: 'say'; sides: Side[] }
  | { order: 'jump'; seconds: number }
  | { order: 'hush' | 'quiet' | 'online' | 'report' };

type Side = 'visitor' | 'agent';

interface Pair {
  conversationId: string;
  visitor: Person;
  agent: Person;
  /** In the order in which they were written. */
  said: { visitor: string[]; agent: string[] };
}

const pairs: Pair[] = [];
let isTalking = false;

async function begin({ agent_url, visitor_urls, agents, password }: Begin): Promise<number> {
  for (const [number, email] of agents.entries()) {
    const visitor = sitDownAsVisitor(visitor_urls[number] ?? agent_url);
    const agent = await sitDownAsAgent(agent_url, email, password);
    const first = `Visitor ${number} says hello`;
    const conversationId = await visitor.starts(first);
    await agent.takes(conversationId);
    pairs.push({ conversationId, visitor, agent, said: { visitor: [first], agent: [] } });
  }
  return pairs.length;
}

async function talks(pair: Pair, side: Side, everyMs: number): Promise<void> {
  while (isTalking) {
    await until(everyMs * (0.5 + Math.random()));
    says(pair, side);
  }
}

function says(pair: Pair, side: Side): void {
  const text = `${side} ${pair.conversationId.slice(-6)} ${pair.said[side].length}`;
  pair.said[side].push(text);
  pair[side].says(text);
}

function talk(everyMs: number): void {
  isTalking = true;
  for (const pair of pairs) for (const side of ['visitor', 'agent'] as const) void talks(pair, side, everyMs);
}

/** Each of them says one thing now. */
function say(sides: Side[]): void {
  for (const pair of pairs) for (const side of sides) says(pair, side);
}

/** All clocks are set. */
function jump(seconds: number): void {
  const now = Date.now;
  Date.now = () => now() + seconds * 1000;
}

const people = () => pairs.flatMap(({ visitor, agent }) => [visitor, agent]);

function online() {
  const waiting = people().reduce((sum, person) => sum + person.waiting(), 0);
  const said = pairs.reduce((sum, pair) => sum + pair.said.visitor.length + pair.said.agent.length, 0);
  const troubles: Record<string, number> = {};
  for (const code of people().flatMap((person) => person.troubles()))
    troubles[code] = (troubles[code] ?? 0) + 1;
  return { online: people().filter((person) => person.isOnline()).length, waiting, said, troubles };
}

async function report() {
  await Promise.all(people().map((person) => person.scrollsToTheStart()));
  const ids = (shown: Shown[]) => shown.map(({ id }) => id);
  return pairs.map(({ conversationId, visitor, agent, said }) => ({
    conversation_id: conversationId,
    said,
    visitor: ids(visitor.shown()),
    agent: ids(agent.shown()),
  }));
}

function obey(order: Order): unknown {
  switch (order.order) {
    case 'begin':
      return begin(order);
    case 'talk':
      return talk(order.every_ms);
    case 'say':
      return say(order.sides);
    case 'jump':
      return jump(order.seconds);
    case 'hush':
      isTalking = false;
      return;
    case 'quiet':
      return quiet();
    case 'online':
      return online();
    case 'report':
      return report();
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await obey(JSON.parse(line) as Order);
  process.stdout.write(`${JSON.stringify(answer ?? null)}\n`);
}
process.exit(0);
