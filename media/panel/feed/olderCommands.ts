import * as l10n from '@vscode/l10n';
import { countText } from '../amounts.js';
import { element, setText } from '../element.js';

/** Says above the transcript how many commands are no longer kept. */
export class OlderCommands {
  readonly node = element('p', { class: 'older', hidden: true });

  /** Whether there are any. */
  get some(): boolean {
    return !this.node.hidden;
  }

  draw(count: number): void {
    this.node.hidden = count === 0;
    const text =
      count === 1
        ? l10n.t('1 older command is no longer kept')
        : l10n.t('{0} older commands are no longer kept', countText(count));
    setText(this.node, text);
  }
}
