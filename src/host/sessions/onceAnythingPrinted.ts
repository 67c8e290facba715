import type { Disposable } from '../../engine/disposable.js';
import type { ExtResults } from '../../engine/extResults.js';

/** Calls `found` once, as soon as anything was printed as a session started: now, later or never. */
export function onceAnythingPrinted(results: ExtResults, found: () => void): Disposable {
  const pieces = results.pieces();
  if (pieces.next().done !== true) {
    pieces.return(); // or what comes later would wait for it to be read
    found();
    return { dispose: () => undefined };
  }
  const subscription = results.onDidReceiveOutput(() => {
    subscription.dispose();
    queueMicrotask(found); // after all listeners have heard of it, so that who listens next does not hear of it again
  });
  return subscription;
}
