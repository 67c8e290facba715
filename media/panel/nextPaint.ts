/** A page that is not drawn, for example in a minimized window, gets no frames; this must not stop the host. */
const WITHOUT_FRAME_MS = 250;

/** Resolves just before a frame is drawn. */
export function nextPaint(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, WITHOUT_FRAME_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
