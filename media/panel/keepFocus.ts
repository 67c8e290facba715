/**
 * Gives the focus back to what had it when the page gets it back without saying for what: VS Code's menus, which lie over the
 * page, leave it on nothing.
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
