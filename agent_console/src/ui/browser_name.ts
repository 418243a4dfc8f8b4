// The order matters: most browsers also name the ones they descend from.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/\bFirefox\/(\d+)|\bFxiOS\/(\d+)/, 'Firefox'],
  [/\bChrome\/(\d+)|\bCriOS\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Windows NT/, 'Windows'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** Browser with its main version, and the system; null for what we do not know. */
export function browserName(userAgent: string): { browser: string | null; system: string | null } {
  let browser: string | null = null;
  for (const [sign, name] of BROWSERS) {
    const found = sign.exec(userAgent);
    if (!found) continue;
    browser = `${name} ${found[1] ?? found[2] ?? ''}`.trim();
    break;
  }
  const system = SYSTEMS.find(([sign]) => sign.test(userAgent))?.[1] ?? null;
  return { browser, system };
}
