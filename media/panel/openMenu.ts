/** Makes VS Code show the menu that package.json contributes to `webview/context`, as after a right click. */
export function openMenu(button: HTMLElement): void {
  const { left, bottom } = button.getBoundingClientRect();
  const where = { bubbles: true, cancelable: true, clientX: left, clientY: bottom };
  button.dispatchEvent(new MouseEvent('contextmenu', where));
}
