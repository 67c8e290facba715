/** Further from the view than this, a form is not drawn, and a large one is released. */
const MARGIN = '1200px 0px';

type Listener = (near: boolean) => void;
const listeners = new WeakMap<Element, Listener>();
let observer: IntersectionObserver | undefined;

/** Reports when an element comes near the view and when it leaves: once soon, then at each change. */
export function watchNearView(element: Element, listener: Listener): void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
    },
    { root: document.querySelector('.log'), rootMargin: MARGIN },
  );
  listeners.set(element, listener);
  observer.observe(element);
}
