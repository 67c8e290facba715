/** The maximum height of a header that sticks to the top. */
const HEAD_PX = 40;

/** Scrolls a place of the log to the middle of the view; returns false if it was already visible. */
export function scrollTo(log: HTMLElement, target: Range | Element): boolean {
  if (target instanceof Range) scrollSideways(target);
  const place = target.getBoundingClientRect();
  const view = log.getBoundingClientRect();
  if (place.top >= view.top + HEAD_PX && place.bottom <= view.bottom) return false;
  log.scrollTop += place.top - view.top - Math.max(HEAD_PX, (view.height - place.height) / 2);
  return true;
}

/** A line that does not wrap scrolls inside its output. */
function scrollSideways(target: Range): void {
  const text = target.startContainer.parentElement?.closest('.text');
  if (!text) return;
  const place = target.getBoundingClientRect();
  const view = text.getBoundingClientRect();
  if (place.left < view.left || place.right > view.right)
    text.scrollLeft += place.left - view.left - (view.width - place.width) / 2;
}
