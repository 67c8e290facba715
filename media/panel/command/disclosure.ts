import { element, type Child } from '../element.js';
import { icon } from '../icons.js';

export interface DisclosureOptions {
  readonly label: readonly Child[];
  /** The content to show or hide. */
  readonly content: HTMLElement;
  readonly expanded: boolean;
  readonly onExpand: (expanded: boolean) => void;
}

/** A button in running text that shows and hides the content below it. */
export function disclosure({ label, content, expanded, onExpand }: DisclosureOptions): HTMLButtonElement {
  const arrow = element('span', { class: 'arrow' });
  const button = element('button', { class: 'disc', type: 'button' }, arrow, ...label);
  const draw = (open: boolean): void => {
    content.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    arrow.replaceChildren(icon(open ? 'chevronDown' : 'chevronRight'));
  };
  button.addEventListener('click', () => {
    const open = button.getAttribute('aria-expanded') === 'false';
    draw(open);
    onExpand(open);
  });
  draw(expanded);
  return button;
}
