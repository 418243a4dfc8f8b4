import type { WidgetBootstrap } from '@engage/client';

/** What the host page may decide itself; the rest comes from the site's settings. */
export interface Settings {
  site: string;
  /** Where Engage lives; taken from the script's own address. */
  host: string;
  position?: 'right' | 'left';
  accent?: string;
  launcher_text?: string;
  greeting?: string;
  /** Of the panel's corners, in pixels. */
  radius?: number;
  locale?: string;
  hide_launcher?: boolean;
}

export type Overrides = Partial<Omit<Settings, 'site' | 'host'>>;

/** The script's own tag says which site it is for. */
export function settingsOfTag(tag: HTMLScriptElement | null): Partial<Settings> {
  if (!tag) return {};
  const { site, position, locale } = tag.dataset;
  return {
    host: new URL(tag.src, location.href).origin,
    ...(site ? { site } : {}),
    ...(position === 'left' || position === 'right' ? { position } : {}),
    ...(locale ? { locale } : {}),
    hide_launcher: tag.dataset.launcher === 'none',
  };
}

export async function fetchBootstrap({ host, site }: Settings): Promise<WidgetBootstrap> {
  const url = `${host}/api/v1/sites/${encodeURIComponent(site)}/widget`;
  const response = await fetch(url, { credentials: 'omit' });
  if (!response.ok) throw new Error(`http_${response.status}`);
  return (await response.json()) as WidgetBootstrap;
}
