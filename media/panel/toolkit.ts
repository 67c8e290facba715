import { provideVSCodeDesignSystem, vsCodeButton, vsCodeProgressRing } from '@vscode/webview-ui-toolkit';
import { element } from './element.js';
import { icon, type IconName } from './icons.js';

/*
 * The only file that uses @vscode/webview-ui-toolkit, which is no longer developed: a replacement goes here. Registered
 * while the page's script runs, because the components read the theme at the window's `load` event.
 */
provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing());

/** A button with a label in its tooltip and for screen readers. */
export function iconButton(name: IconName, label: string, onClick: () => void): HTMLElement {
  const button = document.createElement('vscode-button');
  button.className = 'ib';
  button.setAttribute('appearance', 'icon');
  relabel(button, label);
  button.append(icon(name));
  button.addEventListener('click', onClick);
  return button;
}

/** Changes the label of an icon button. */
export function relabel(button: HTMLElement, label: string): void {
  button.setAttribute('aria-label', label);
  button.title = label;
}

export function button(label: string, appearance: 'primary' | 'secondary', onClick: () => void): HTMLElement {
  const created = document.createElement('vscode-button');
  created.className = 'btn';
  created.setAttribute('appearance', appearance);
  created.textContent = label;
  created.addEventListener('click', onClick);
  return created;
}

export function setDisabled(target: HTMLElement, disabled: boolean): void {
  target.toggleAttribute('disabled', disabled);
}

/**
 * Spins while something runs. Decorative, because the component's own role would announce 'Loading' for each command.
 */
export function progressRing(): HTMLElement {
  return element('span', { class: 'ring', 'aria-hidden': 'true' }, document.createElement('vscode-progress-ring'));
}
