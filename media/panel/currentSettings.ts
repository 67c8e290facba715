import type { PanelSettings } from '../../src/protocol/panelSettings.js';

let settings: PanelSettings | undefined;

/**
 * The current settings: the page has only one panel, and its parts read them while they draw. The first message sets
 * them.
 */
export function currentSettings(): PanelSettings {
  if (!settings) throw new Error('Something was drawn before the first message.');
  return settings;
}

/** Applies changed settings, and sets the font of the page. */
export function applySettings(changed: PanelSettings): void {
  settings = changed;
  const { style } = document.documentElement;
  style.setProperty('--chosen-font', changed.fontFamily ?? '');
  style.setProperty('--chosen-size', changed.fontSize === undefined ? '' : `${String(changed.fontSize)}px`);
}
