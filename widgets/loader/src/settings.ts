import type { WidgetBootstrap } from '@engage/client';
import type { EngageOverrides, EngageSettings } from '../engage';

export type Settings = EngageSettings;
export type Overrides = EngageOverrides;

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
