/** A page that is not drawn (its window is minimised) gets no frames, and must not stop the host for that. */
const WITHOUT_FRAME_MS = 250;

/** Settles when a frame is about to be drawn. */
export function nextPaint(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, WITHOUT_FRAME_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
