import type { PanelWelcome } from '../../../src/protocol/panel.js';
import { element } from '../element.js';
import { actionRow } from './staticEntries.js';

const onMac = navigator.userAgent.includes('Mac OS');

/** The content of an empty panel: what it is for, and the keys to start with. */
export function emptyView(welcome: PanelWelcome, onAction: (action: number) => void): HTMLElement {
  const view = element(
    'section',
    { class: 'empty' },
    element('h1', {}, welcome.title),
    element('p', {}, welcome.detail),
  );
  const keys = element('dl', { class: 'keys' });
  for (const { keys: usual, mac, does } of welcome.hints) {
    const chord = (onMac ? mac : undefined) ?? usual;
    keys.append(element('dt', {}, ...chord.map((key) => element('kbd', {}, key))), element('dd', {}, ...words(does)));
  }
  view.append(keys);
  if (welcome.actions.length > 0) view.append(actionRow(welcome.actions, onAction));
  return view;
}

/** Shows text between backticks as code. */
function words(text: string): (Node | string)[] {
  return text.split('`').map((piece, index) => (index % 2 === 1 ? element('code', {}, piece) : piece));
}
