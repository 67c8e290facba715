import { parseHostMessage, type HostMessage, type Intent } from '../../src/protocol/panel.js';
import { listenToHost } from './ownOriginMessages.js';
import { nextPaint } from './nextPaint.js';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The webview's end of the channel to the host. */
export class Channel {
  readonly #api = acquireVsCodeApi();
  #handled = Promise.resolve();

  send(intent: Intent): void {
    this.#api.postMessage(intent);
  }

  get state(): unknown {
    return this.#api.getState();
  }

  set state(state: unknown) {
    this.#api.setState(state);
  }

  /** Handles the host's messages one after the other, and acknowledges each when it has been drawn. */
  listen(handle: (message: HostMessage) => Promise<void>): void {
    listenToHost((data) => {
      const message = parseHostMessage(data);
      if (message) this.#handled = this.#handled.then(() => this.#handle(message, handle));
      else reportError(new Error('A message to the panel that is none of its host was dropped.'));
    });
    this.send({ type: 'ready' });
  }

  async #handle(message: HostMessage, handle: (message: HostMessage) => Promise<void>): Promise<void> {
    try {
      await handle(message);
    } catch (error) {
      reportError(error); // the next message can still be drawn
    }
    void nextPaint().then(() => {
      this.send({ type: 'ack', seq: message.seq });
    });
  }
}
