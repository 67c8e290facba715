/**
 * Restores the focus inside the page when the page regains it without a target: VS Code's menus, which cover the page,
 * leave nothing focused.
 */
export function keepFocus(): void {
  let last: Element | undefined;
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element) last = target;
  });
  window.addEventListener('focus', () => {
    if (document.activeElement === document.body && last instanceof HTMLElement && last.isConnected)
      last.focus({ preventScroll: true });
  });
}

/**
 * Chooses what has the focus in the page once the page has it: until it was loaded, the user may have gone elsewhere,
 * such as to the Command Palette, and must not be called back. A click in the page chooses by itself.
 */
export function whenFocused(focus: () => void): void {
  if (document.hasFocus()) {
    focus();
    return;
  }
  const waiting = new AbortController();
  const { signal } = waiting;
  const stop = (): void => {
    waiting.abort();
  };
  window.addEventListener('pointerdown', stop, { signal });
  window.addEventListener(
    'focus',
    () => {
      stop();
      focus();
    },
    { signal },
  );
}
