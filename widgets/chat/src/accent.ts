/** The site's colour, moved only as far as contrast demands (WCAG 2.2: 4.5:1 for text). */
type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [17, 19, 24];
const DARK_SURFACE: Rgb = [23, 25, 30];
/** `--surface-sunken` in tokens.css, the ground of the other side's bubbles. */
const DARK_SUNKEN: Rgb = [36, 39, 46];
const LIGHT_SUNKEN: Rgb = [244, 245, 247];
const ENOUGH = 4.5;

export interface AccentTokens {
  /** For text and icons on the surface. */
  '--accent': string;
  /** For the ground of buttons and own bubbles. */
  '--accent-fill': string;
  '--on-accent': string;
  /** A hint of it, for hover and highlights. */
  '--accent-soft': string;
}

export function accentTokens(accent: string, dark: boolean): AccentTokens {
  const wanted = parse(accent);
  const surface = dark ? DARK_SURFACE : WHITE;
  const on = luminance(wanted) > 0.45 ? INK : WHITE;
  const fill = untilReadable(wanted, on, on === WHITE ? [0, 0, 0] : WHITE);
  const soft = mix(surface, wanted, dark ? 0.16 : 0.09);
  // It stands on all three grounds; the one closest to it decides.
  const text = [surface, soft, dark ? DARK_SUNKEN : LIGHT_SUNKEN].reduce(
    (colour, ground) => untilReadable(colour, ground, dark ? WHITE : [0, 0, 0]),
    wanted,
  );
  return {
    '--accent': css(text),
    '--accent-fill': css(fill),
    '--on-accent': css(on),
    '--accent-soft': css(soft),
  };
}

export function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

export function parse(colour: string): Rgb {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour);
  const hex = short
    ? `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join('')}`
    : colour;
  const pairs = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!pairs) return [36, 87, 214];
  const [red = 0, green = 0, blue = 0] = pairs.slice(1).map((pair) => parseInt(pair, 16));
  return [red, green, blue];
}

function untilReadable(colour: Rgb, against: Rgb, towards: Rgb): Rgb {
  let found = colour;
  for (let share = 0.04; contrast(found, against) < ENOUGH && share <= 1; share += 0.04) {
    found = mix(colour, towards, share);
  }
  return found;
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const [red, green, blue] = from.map((value, at) => Math.round(value + ((to[at] ?? 0) - value) * share));
  return [red ?? 0, green ?? 0, blue ?? 0];
}

const css = (colour: Rgb) => `rgb(${colour.join(' ')})`;
