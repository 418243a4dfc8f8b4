/** Black or white, whichever reads better on the site's colour (WCAG relative luminance). */
export function inkOn(accent: string): string {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(accent);
  if (!hex) return '#fff';
  const [red = 0, green = 0, blue = 0] = hex.slice(1).map((pair) => {
    const share = parseInt(pair, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (light + 0.05) >= 3.6 ? '#fff' : '#111';
}
