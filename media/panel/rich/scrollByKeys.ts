const scrolling = /^(?:Arrow|Page)|^(?:Home|End)$/;

/**
 * Makes an output that scrolls a tab stop. While it has the focus, the keys that move between commands scroll it
 * instead.
 */
export function scrollByKeys(node: HTMLElement, label: string): void {
  node.addEventListener('keydown', (event) => {
    if (event.target === node && node.tabIndex === 0 && scrolling.test(event.key)) event.stopPropagation();
  });
  // When the layout is computed anyway.
  requestAnimationFrame(() => {
    if (node.scrollHeight <= node.clientHeight && node.scrollWidth <= node.clientWidth) return;
    node.tabIndex = 0;
    node.role = 'group';
    node.ariaLabel = label;
  });
}
