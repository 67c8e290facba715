import * as l10n from '@vscode/l10n';
import type { ShownUsage } from '../../../src/protocol/panelEntries.js';
import { durationText, tenthsText } from '../amounts.js';

/** From here on, it is worth a place beside the time. */
const MUCH_TIME_MS = 1000;
const MUCH_MEMORY = 100e6;
/** Beyond what one thread can use, and what rounding makes of it. */
const SEVERAL = 1.2;

/** What is worth knowing beside the time: processors if several were busy or few were, and much memory. */
export function briefUsage({ userMs, systemMs, growthBytes = 0 }: ShownUsage, elapsedMs: number): string {
  const busyMs = userMs + systemMs;
  const differs = busyMs > SEVERAL * elapsedMs || busyMs < elapsedMs / 2;
  const parts = [
    ...(elapsedMs >= MUCH_TIME_MS && differs ? [l10n.t('CPU {0}', durationText(busyMs))] : []),
    ...(Math.abs(growthBytes) >= MUCH_MEMORY ? [signed(growthBytes)] : []),
  ];
  return parts.map((part) => `${part} · `).join('');
}

/** Everything that is known, a line for each. */
export function fullUsage({ userMs, systemMs, peakBytes, growthBytes, readBytes, writtenBytes }: ShownUsage): string {
  const lines = [
    l10n.t('CPU: {0} in the program, {1} in the system', durationText(userMs), durationText(systemMs)),
    ...(peakBytes === undefined ? [] : [l10n.t('Peak memory: {0}', bytesText(peakBytes))]),
    ...(growthBytes === undefined ? [] : [l10n.t('Memory: {0}', signed(growthBytes))]),
    ...(readBytes === undefined ? [] : [l10n.t('Read: {0}', bytesText(readBytes))]),
    ...(writtenBytes === undefined ? [] : [l10n.t('Written: {0}', bytesText(writtenBytes))]),
  ];
  return lines.join('\n');
}

function signed(bytes: number): string {
  return bytes < 0 ? `−${bytesText(-bytes)}` : `+${bytesText(bytes)}`;
}

function bytesText(bytes: number): string {
  if (bytes < 999_500) return l10n.t('{0} kB', Math.ceil(bytes / 1000));
  if (bytes >= MUCH_MEMORY && bytes < 999.5e6) return l10n.t('{0} MB', Math.round(bytes / 1e6));
  return bytes < 999.5e6 ? l10n.t('{0} MB', tenthsText(bytes / 1e6)) : l10n.t('{0} GB', tenthsText(bytes / 1e9));
}
