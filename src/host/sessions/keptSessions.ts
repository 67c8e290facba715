import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { Logger } from '../../engine/logger.js';
import { checkedReference, type SessionReference } from '../../engine/supervised/sessionReference.js';
import type { Launch } from './launch.js';

/** What the next window needs to go on with a session. */
export interface KeptSession {
  readonly reference: SessionReference;
  readonly launch: Launch;
  /** The file that it was started from. */
  readonly uri: string | undefined;
}

const interpreter = v.looseObject({ path: v.exactOptional(v.string()) });
const saved = v.object({
  reference: v.unknown(),
  launch: v.looseObject({
    interpreter,
    cwd: v.string(),
    reload: v.union([v.literal('all'), v.array(v.string())]),
    startup: v.looseObject({}),
  }),
  uri: v.exactOptional(v.string()),
});

/**
 * Keeps which sessions of a workspace go on, with their secrets, in files that only this user can read. Synchronous, because
 * the process can end at any time.
 */
export class KeptSessions {
  readonly #folder: string | undefined;
  readonly #log: Logger;

  /** Without a folder, as in a window without a workspace, nothing can be kept. */
  constructor(folder: string | undefined, log: Logger) {
    this.#folder = folder;
    this.#log = log;
  }

  get isPossible(): boolean {
    return this.#folder !== undefined && process.platform !== 'win32';
  }

  read(id: string): KeptSession | undefined {
    const file = this.#file(id);
    if (file === undefined) return undefined;
    try {
      const { reference, launch, uri } = v.parse(saved, JSON.parse(readFileSync(file, 'utf8')));
      return { reference: checkedReference(reference), launch: launch as unknown as Launch, uri };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        this.#log.warn(`${file} could not be read: ${String(error)}`);
      return undefined;
    }
  }

  write(id: string, kept: KeptSession): void {
    const file = this.#file(id);
    if (file === undefined) return;
    try {
      const folder = path.dirname(file);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      chmodSync(folder, 0o700);
      const draft = `${file}.new`;
      rmSync(draft, { force: true });
      writeFileSync(draft, JSON.stringify(kept), { flag: 'wx', mode: 0o600 });
      renameSync(draft, file);
    } catch (error) {
      this.#log.warn(`The session will not survive this window: ${String(error)}`);
    }
  }

  remove(id: string): void {
    const file = this.#file(id);
    if (file !== undefined) rmSync(file, { force: true });
  }

  #file(id: string): string | undefined {
    return this.#folder === undefined ? undefined : path.join(this.#folder, `session-${id}.json`);
  }
}
