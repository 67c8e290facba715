import { dispatch, parseHostMessage, type HostMessageHandlers, type Intent } from '../../src/protocol/panel.js';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** A page that is not drawn (its window is minimised) gets no frames, and must not stop the host for that. */
const withoutFrameMs = 250;

/** The webview's end of the channel to the host. */
export class Channel {
  readonly #api = acquireVsCodeApi();

  send(intent: Intent): void {
    this.#api.postMessage(intent);
  }

  get state(): unknown {
    return this.#api.getState();
  }

  set state(state: unknown) {
    this.#api.setState(state);
  }

  /** Handles what the host sends, and acknowledges it when it has been drawn. */
  listen(handlers: HostMessageHandlers): void {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = parseHostMessage(data);
      if (!message) {
        reportError(new Error('A message to the panel that is none of its host was dropped.'));
        return;
      }
      try {
        dispatch(handlers, message);
      } finally {
        this.#afterDrawing(() => {
          this.send({ type: 'ack', seq: message.seq });
        });
      }
    });
    this.send({ type: 'ready' });
  }

  #afterDrawing(then: () => void): void {
    let done = false;
    const once = (): void => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      then();
    };
    const timer = setTimeout(once, withoutFrameMs);
    requestAnimationFrame(once);
  }
}
