import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Disposable } from '../../engine/disposable.js';
import { CancelledError } from '../../engine/errors.js';
import type { Logger } from '../../engine/logger.js';

/** Asks the user; undefined if they do not answer. */
export type AskUser = (
  prompt: string,
  options: { readonly hidden: boolean; readonly signal: AbortSignal },
) => Promise<string | undefined>;

const LONGEST_PROMPT = 4096;
/** Whether a host is known, and the like: nothing to hide. */
const OPEN_QUESTION = '(yes/no';

/**
 * What ssh runs to ask for a password, a passphrase or whether a host is known, since it has no terminal: a script that
 * passes the question on to this process. Answers are not kept.
 */
export class AskPass implements Disposable {
  readonly #ask: AskUser;
  readonly #log: Logger;
  #made: { readonly folder: string; readonly server: Server } | undefined;
  /** Sessions that start at the same time share one. */
  #script: Promise<string> | undefined;

  constructor(ask: AskUser, log: Logger) {
    this.#ask = ask;
    this.#log = log;
  }

  /** The variables with which ssh (OpenSSH 8.4 or later) asks here. Empty where that is not possible. */
  async variables(): Promise<Record<string, string>> {
    if (process.platform === 'win32') return {};
    const script = await (this.#script ??= this.#open());
    return { SSH_ASKPASS: script, SSH_ASKPASS_REQUIRE: 'force' };
  }

  dispose(): void {
    this.#made?.server.close();
    if (this.#made) rmSync(this.#made.folder, { recursive: true, force: true });
    this.#made = this.#script = undefined;
  }

  /** Only this user can reach the socket. The next one tries again if it cannot be made. */
  async #open(): Promise<string> {
    try {
      const folder = mkdtempSync(path.join(tmpdir(), 'extsession-ask-'));
      const server = createServer((socket) => {
        this.#answer(socket);
      }).unref();
      this.#made = { folder, server };
      const [script, address] = [path.join(folder, 'ask'), path.join(folder, 's')];
      writeFileSync(script, scriptFor(address));
      chmodSync(script, 0o700);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).once('close', () => {
          reject(new CancelledError());
        });
        server.listen(address, resolve);
      });
      return script;
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  #answer(socket: Socket): void {
    const left = new AbortController();
    socket.on('error', () => undefined); // followed by 'close'
    socket.once('close', () => {
      left.abort();
    });
    let question = '';
    const listen = (chunk: Buffer): void => {
      question += chunk.toString();
      if (question.length > LONGEST_PROMPT) {
        socket.destroy();
        return;
      }
      const end = question.indexOf('\0');
      if (end < 0) return;
      socket.off('data', listen);
      const prompt = question.slice(0, end);
      this.#ask(prompt, { hidden: !prompt.includes(OPEN_QUESTION), signal: left.signal }).then(
        (answer) => socket.end(answer === undefined ? '' : `${answer}\n`),
        (error: unknown) => {
          this.#log.error(`A question of ssh could not be asked: ${String(error)}`);
          socket.destroy();
        },
      );
    };
    socket.on('data', listen);
  }
}

/** The editor's own program runs as Node.js; no answer is a refusal. */
function scriptFor(address: string): string {
  const program = [
    "const s = require('net').connect(process.argv[1]);",
    "let a = '';",
    "s.on('error', () => process.exit(1)).on('data', (t) => (a += t));",
    "s.on('end', () => { process.stdout.write(a); process.exitCode = a === '' ? 1 : 0; });",
    "s.write(process.argv[2] + '\\0');",
  ].join(' ');
  const words = [process.execPath, '-e', program, address].map(quoted).join(' ');
  return `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${words} "$1"\n`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
