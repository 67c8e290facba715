import type { PanelSettings } from '../../src/protocol/panelSettings.js';

let settings: PanelSettings | undefined;

/** What the person set: the page has one panel, and its parts ask while they draw. The first message brings it. */
export function currentSettings(): PanelSettings {
  if (!settings) throw new Error('Something was drawn before the first message.');
  return settings;
}

/** Takes other settings, and gives the page its font. */
export function applySettings(changed: PanelSettings): void {
  settings = changed;
  const { style } = document.documentElement;
  style.setProperty('--chosen-font', changed.fontFamily ?? '');
  style.setProperty('--chosen-size', changed.fontSize === undefined ? '' : `${String(changed.fontSize)}px`);
}
