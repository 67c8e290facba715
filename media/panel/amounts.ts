import * as l10n from '@vscode/l10n';

/** For example '812 ms', '1.9 s', '37.2 s', '4 m 07 s' or '1 h 02 m'. */
export function durationText(ms: number): string {
  if (ms < 999.5) return l10n.t('{0} ms', Math.round(ms));
  if (ms < 59_950) return l10n.t('{0} s', tenthsText(ms / 1000));
  return longText(Math.round(ms / 1000));
}

/** How long something has been running: in tenths for up to ten seconds, then in whole seconds to reduce flicker. */
export function tickingText(ms: number): string {
  if (ms < 10_000) return l10n.t('{0} s', tenthsText(Math.floor(ms / 100) / 10));
  if (ms < 60_000) return l10n.t('{0} s', Math.floor(ms / 1000));
  return longText(Math.floor(ms / 1000));
}

function longText(seconds: number): string {
  const pad = (count: number): string => String(count).padStart(2, '0');
  if (seconds < 3600) return l10n.t('{0} m {1} s', Math.floor(seconds / 60), pad(seconds % 60));
  return l10n.t('{0} h {1} m', Math.floor(seconds / 3600), pad(Math.floor((seconds % 3600) / 60)));
}

const { lang } = document.documentElement;
/** Created once, because `toLocaleString` creates a new one for each call. */
const counts = new Intl.NumberFormat(lang);
const tenths = new Intl.NumberFormat(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** For example '12,386'. */
export function countText(count: number): string {
  return counts.format(count);
}

/** For example '1.9'. */
export function tenthsText(value: number): string {
  return tenths.format(value);
}
