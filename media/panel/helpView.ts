import { element } from './element.js';

const keys: readonly (readonly [chords: readonly string[], does: string])[] = [
  [['↑', '↓', 'Home', 'End'], 'Move between commands'],
  [['←', '→'], 'Fold and unfold a command'],
  [['I'], 'Fold or unfold its input'],
  [['O'], 'Hide or show its output'],
  [['Enter'], 'Go into its output; Escape comes back'],
  [['C'], 'Copy its source'],
  [['Shift+C'], 'Copy its output'],
  [['M'], 'Copy both as Markdown'],
  [['R'], 'Run it again'],
  [['G'], 'Go to its source'],
  [['Delete'], 'Delete it from the panel'],
  [['Alt+Z'], 'Wrap long lines, or not'],
  [['Ctrl+F', 'F3'], 'Find in all commands'],
  [['Enter', 'Shift+Enter'], 'While finding: next and previous match'],
  [['Enter', 'Shift+Enter'], 'In the input line: run'],
  [['Alt+Enter'], 'In the input line: new line'],
  [['↑', 'Ctrl+R'], 'In the input line: history, search it'],
];

/** The keys of the panel, shown at `?`. */
export class HelpView {
  readonly node: HTMLDialogElement;

  constructor() {
    const list = element('dl', { class: 'keys' });
    for (const [chords, does] of keys)
      list.append(element('dt', {}, ...chords.map((chord) => element('kbd', {}, chord))), element('dd', {}, does));
    const close = element('button', { class: 'tb', type: 'button', autofocus: true }, 'Close');
    close.addEventListener('click', () => {
      this.node.close();
    });
    const title = element('h2', { id: 'help-title' }, 'Keys');
    this.node = element('dialog', { class: 'help', 'aria-labelledby': title.id }, title, list, close);
  }

  open(): void {
    if (!this.node.open) this.node.showModal();
  }
}
