/** '812 ms', '1.9 s', '37.2 s', '4 m 07 s', '1 h 02 m'. */
export function durationText(ms: number): string {
  if (ms < 999.5) return `${String(Math.round(ms))} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  return longText(Math.round(ms / 1000));
}

/** How long something has been running: tenths up to ten seconds, then whole seconds, so that it ticks calmly. */
export function tickingText(ms: number): string {
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  if (ms < 60_000) return `${String(Math.floor(ms / 1000))} s`;
  return longText(Math.floor(ms / 1000));
}

function longText(seconds: number): string {
  const pad = (count: number): string => String(count).padStart(2, '0');
  if (seconds < 3600) return `${String(Math.floor(seconds / 60))} m ${pad(seconds % 60)} s`;
  return `${String(Math.floor(seconds / 3600))} h ${pad(Math.floor((seconds % 3600) / 60))} m`;
}

/** Made once: asking a number for it makes a new one each time. */
const counts = new Intl.NumberFormat('en');

/** '12,386'. */
export function countText(count: number): string {
  return counts.format(count);
}
