import type { Duplex } from 'node:stream';

/** A message of the debug adapter protocol, as far as it is read here. */
export interface AdapterMessage {
  readonly seq: number;
  readonly type: string;
  readonly event?: string;
  readonly command?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly arguments?: unknown;
  readonly body?: unknown;
}

const SEPARATOR = '\r\n\r\n';
/** A header is one short line. */
const MAX_HEADER = 1000;
/** Far more than a page of variables. */
const MAX_MESSAGE = 1 << 28;

/** Sends and receives messages of the debug adapter protocol. */
export class AdapterStream {
  readonly #stream: Duplex;
  #received: Buffer = Buffer.alloc(0);

  /**
   * `onMessage` receives each message. `onEnd` is called once when no more can come, with the error if the stream has
   * failed or is not the protocol.
   */
  constructor(stream: Duplex, onMessage: (message: AdapterMessage) => void, onEnd: (error?: Error) => void) {
    this.#stream = stream;
    let failure: Error | undefined;
    stream.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      for (let message = this.#next(); message; message = this.#next()) onMessage(message);
    });
    stream.on('error', (error) => (failure = error)); // followed by 'close'
    stream.once('close', () => {
      onEnd(failure);
    });
    stream.resume(); // it may have been paused until there is a reader
  }

  send(message: object): void {
    if (!this.#stream.writable) return;
    const text = JSON.stringify(message);
    this.#stream.write(`Content-Length: ${String(Buffer.byteLength(text))}${SEPARATOR}${text}`);
  }

  end(): void {
    this.#stream.end();
  }

  /** The next whole message. What is not a message closes the stream. */
  #next(): AdapterMessage | undefined {
    try {
      return this.#read();
    } catch (error) {
      this.#stream.destroy(error as Error);
      return undefined;
    }
  }

  #read(): AdapterMessage | undefined {
    const at = this.#received.indexOf(SEPARATOR);
    if (at < 0 && this.#received.length > MAX_HEADER) throw new Error('The header is too long.');
    if (at < 0) return undefined;
    const length = Number(/^Content-Length: *(\d+)/im.exec(this.#received.toString('latin1', 0, at))?.[1]);
    if (!(length <= MAX_MESSAGE)) throw new Error('The length is missing or too large.');
    const start = at + SEPARATOR.length;
    if (this.#received.length < start + length) return undefined;
    const text = this.#received.toString('utf8', start, start + length);
    this.#received = this.#received.subarray(start + length);
    return checked(JSON.parse(text));
  }
}

function checked(value: unknown): AdapterMessage {
  const { seq, type } = (value ?? {}) as Partial<AdapterMessage>;
  if (typeof seq !== 'number' || typeof type !== 'string') throw new Error('This is not a message.');
  return value as AdapterMessage;
}
