import * as l10n from '@vscode/l10n';
import { element } from './element.js';

function keys(): readonly (readonly [chords: readonly string[], does: string])[] {
  return [
    [['↑', '↓', 'Home', 'End'], l10n.t('Move between commands')],
    [['←', '→'], l10n.t('Collapse or expand the command')],
    [['I'], l10n.t('Collapse or expand its source')],
    [['O'], l10n.t('Hide or show its output')],
    [['Enter'], l10n.t('Move into its output (Escape to return)')],
    [['C'], l10n.t('Copy its source')],
    [['Shift+C'], l10n.t('Copy its output')],
    [['M'], l10n.t('Copy source and output as Markdown')],
    [['R'], l10n.t('Run it again')],
    [['D'], l10n.t('Debug its error')],
    [['G'], l10n.t('Go to its source')],
    [['Delete'], l10n.t('Delete it from the panel')],
    [['Alt+Z'], l10n.t('Toggle word wrap')],
    [['Ctrl+F', 'F3'], l10n.t('Find in all commands')],
    [['Enter', 'Shift+Enter'], l10n.t('In the find bar: next or previous match')],
    [['Enter', 'Shift+Enter'], l10n.t('In the input line: run')],
    [['Alt+Enter'], l10n.t('In the input line: new line')],
    [['↑', 'Ctrl+R'], l10n.t('In the input line: history, search history')],
  ];
}

/** The keyboard shortcuts of the panel, which `?` opens. */
export class HelpView {
  readonly node: HTMLDialogElement;

  constructor() {
    const list = element('dl', { class: 'keys' });
    for (const [chords, does] of keys())
      list.append(element('dt', {}, ...chords.map((chord) => element('kbd', {}, chord))), element('dd', {}, does));
    const close = element('button', { class: 'tb', type: 'button', autofocus: true }, l10n.t('Close'));
    close.addEventListener('click', () => {
      this.node.close();
    });
    const title = element('h2', { id: 'help-title' }, l10n.t('Keyboard Shortcuts'));
    this.node = element('dialog', { class: 'help', 'aria-labelledby': title.id }, title, list, close);
  }

  open(): void {
    if (!this.node.open) this.node.showModal();
  }
}
