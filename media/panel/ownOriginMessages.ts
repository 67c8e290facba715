/**
 * Calls back with each message of the host, which VS Code passes on from the origin of this page. Other frames of the
 * window, such as those that run the scripts of an output, can send messages too: they are ignored.
 */
export function listenToHost(receive: (data: unknown) => void): void {
  window.addEventListener('message', ({ origin, data }: MessageEvent<unknown>) => {
    if (origin === window.origin) receive(data);
  });
}
