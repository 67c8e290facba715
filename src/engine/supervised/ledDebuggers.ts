import { randomBytes } from 'node:crypto';
import { createConnection, type Socket } from 'node:net';
import type { Request } from '../../protocol/worker.js';
import { sent } from './frames.js';
import type { SupervisorConnection } from './supervisorConnection.js';

const nothing = Buffer.alloc(0);

/**
 * Leads the commands of a session on another machine to the debuggers that wait for them on this one: they connect to
 * a Unix socket in the session's folder there, and the connection to its supervisor carries what they say.
 */
export class LedDebuggers {
  readonly #connection: SupervisorConnection;
  /** The socket there: another one for each host, since an earlier one's debuggers wait no more. */
  readonly #name = `d${randomBytes(3).toString('hex')}`;
  readonly #directory: string;
  #isLeading = false;
  /** Where the debuggers of commands wait, by command. */
  readonly #addresses = new Map<number, string>();
  readonly #open = new Map<number, Socket>();

  constructor(connection: SupervisorConnection, directory: string) {
    this.#connection = connection;
    this.#directory = directory;
    void connection.closed.then(() => {
      for (const socket of this.#open.values()) socket.destroy();
    });
  }

  /** A request as it is to be sent: with the socket there, and without the folders of this machine. */
  led(request: Request): Request {
    if (request.t !== 'execute' || !request.debugger) return request;
    if (!this.#isLeading) this.#connection.send(sent.leadDebuggers, this.#name);
    this.#isLeading = true;
    this.#addresses.set(request.id, request.debugger.address);
    const address = `${this.#directory}/${this.#name}`;
    return { ...request, debugger: { ...request.debugger, address, folders: [], isElsewhere: true } };
  }

  /** Those before it have ended. */
  begun(command: number): void {
    for (const earlier of this.#addresses.keys()) if (earlier < command) this.#addresses.delete(earlier);
  }

  /** What a command says to its debugger; nothing at the end. */
  receive(command: number, bytes: Buffer): void {
    const socket = this.#open.get(command);
    if (bytes.length === 0) socket?.end();
    else (socket ?? this.#connect(command))?.write(Buffer.from(bytes));
  }

  #connect(command: number): Socket | undefined {
    const address = this.#addresses.get(command);
    if (address === undefined) {
      this.#connection.send(sent.toDebugger, nothing, command);
      return undefined;
    }
    const [, host, port] = /^(127\.0\.0\.1):(\d+)$/.exec(address) ?? [];
    const socket = createConnection(host === undefined ? { path: address } : { host, port: Number(port) });
    this.#open.set(command, socket);
    socket.on('error', () => undefined); // followed by 'close'
    socket.on('data', (chunk) => {
      this.#connection.send(sent.toDebugger, chunk, command);
    });
    socket.once('close', () => {
      this.#open.delete(command);
      this.#connection.send(sent.toDebugger, nothing, command);
    });
    return socket;
  }
}
