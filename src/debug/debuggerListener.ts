import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { makePrivateDirectory, type PrivateDirectory } from '../engine/link/privateDirectory.js';
import { TokenServer } from '../engine/link/tokenServer.js';

/**
 * Waits for the debugger of one command, or of many: at a Unix socket in a directory that only this user can access,
 * or, on Windows, at a port of this machine. Only the process with the token is let in.
 */
export class DebuggerListener {
  readonly token = randomBytes(32).toString('hex');
  readonly #directory: PrivateDirectory | undefined;
  readonly #server: TokenServer;

  /**
   * `connected` is called once, unless the listener is for many.
   * @throws EvaluatorStartError if there is no place for the socket.
   */
  constructor(connected: (socket: Socket) => void, { isForMany = false } = {}) {
    this.#directory = process.platform === 'win32' ? undefined : makePrivateDirectory();
    this.#server = new TokenServer(
      this.#directory ? path.join(this.#directory.path, 'd') : { host: '127.0.0.1', port: 0 },
      this.token,
      (socket) => {
        if (!isForMany) this.close();
        connected(socket);
      },
      { isForMany },
    );
  }

  /** Resolves with the address when connections are accepted. @throws the system's error if none can be. */
  address(): Promise<string> {
    return this.#server.address();
  }

  /** Idempotent. A connection that was accepted stays open. */
  close(): void {
    this.#server.close();
    if (!this.#directory) return;
    rmSync(this.#directory.path, { recursive: true, force: true });
    this.#directory.ward.release();
  }
}
