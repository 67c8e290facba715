import type { PanelWelcome } from '../protocol/panel.js';
import type { Welcome } from './panelActions.js';

/** What an empty panel shows, without what its actions do. */
export function shownWelcome({ title, detail, hints, actions }: Welcome): PanelWelcome {
  return {
    title,
    detail,
    hints: hints.map(({ keys, mac, does }) => ({ keys: [...keys], ...(mac ? { mac: [...mac] } : {}), does })),
    actions: actions.map((action) => ({ title: action.title, primary: action.primary ?? false })),
  };
}
