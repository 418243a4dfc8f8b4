/** Fails a build that is over its budget: bytes after gzip, as they travel. */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const built = new URL('../engage/static/widget/', import.meta.url);
const gzipped = (path) => gzipSync(readFileSync(new URL(path, built)), { level: 9 }).length;

/** As long as a site's real one, which the server answers beside the script. */
const BOOTSTRAP = JSON.stringify({
  site_key: 'a-site-key-of-usual-length',
  name: 'A carrier with a longer name',
  locale: 'en',
  accent: '#2457d6',
  position: 'right',
  launcher_text: 'Questions? We are here to help',
  launcher_texts: {},
  greeting: 'Hello, and welcome. How can we help you today?',
  frame_url: 'https://care.carrier.example/widget/frame/a-site-key-of-usual-length',
});

const assets = (belongs) =>
  Object.fromEntries(
    readdirSync(new URL('assets/', built))
      .filter((name) => /\.(js|css)$/.test(name) && belongs(name))
      .map((name) => [name, gzipped(`assets/${name}`)]),
  );

const BUDGETS = {
  loader: {
    kilobytes: 8,
    parts: () => ({ 'widget.js': gzipped('widget.js'), bootstrap: gzipSync(BOOTSTRAP).length }),
  },
  chat: { kilobytes: 60, parts: () => assets((name) => !name.startsWith('call-')) },
  /** Loaded only when somebody asks for a call. */
  call: { kilobytes: 8, parts: () => assets((name) => name.startsWith('call-')) },
};

const name = process.argv[2];
const budget = BUDGETS[name];
const parts = budget.parts();
const total = Object.values(parts).reduce((sum, bytes) => sum + bytes, 0);
const allowed = budget.kilobytes * 1024;
console.log(`${name}: ${total} of ${allowed} bytes gzip`, parts);
if (total > allowed) {
  console.error(`${name} is over its budget of ${budget.kilobytes} KB.`);
  process.exit(1);
}
