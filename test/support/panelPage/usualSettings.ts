import type { PanelSettings } from '../../../src/protocol/panelSettings.js';

/** What a panel gets when nothing is set. */
export const usualSettings: PanelSettings = {
  wrap: true,
  lineLimit: 30,
  foldSources: 'long',
  autoScroll: true,
};
