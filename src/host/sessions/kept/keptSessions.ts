import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { Emitter, reportListenerErrors } from '../../../engine/emitter.js';
import type { Logger } from '../../../engine/logger.js';
import { checkedReference, type SessionReference } from '../../../engine/supervised/sessionReference.js';
import type { Launch } from '../launch/launch.js';

/** What a window needs to go on with a session. */
export interface KeptSession {
  readonly reference: SessionReference;
  readonly launch: Launch;
  /** The file that it was started from. */
  readonly uri: string | undefined;
  readonly title: string;
  /** How long it waits for a window, in milliseconds. */
  readonly keepAliveMs: number;
}

/** A session that another window has left, or still shows. */
export interface SessionElsewhere extends KeptSession {
  /** The name of that window's workspace. */
  readonly workspace: string;
  /** Whether that window is open. */
  readonly isShown: boolean;
  /** Whether the user has stopped it while it could not be reached. */
  readonly isToBeStopped: boolean;
}

/** A workspace: its sessions are those of its next window. */
export interface KeepingWorkspace {
  readonly key: string;
  readonly name: string;
}

const interpreter = v.looseObject({ path: v.exactOptional(v.string()) });
const saved = v.object({
  id: v.string(),
  title: v.string(),
  workspace: v.object({ key: v.string(), name: v.string() }),
  /** The process id of the window's extension host. */
  host: v.number(),
  savedAt: v.number(),
  /** JSON has no infinity. */
  keepAliveMs: v.pipe(
    v.nullable(v.number()),
    v.transform((ms) => ms ?? Infinity),
  ),
  reference: v.unknown(),
  launch: v.looseObject({
    interpreter,
    cwd: v.string(),
    reload: v.union([v.literal('all'), v.array(v.string())]),
    startup: v.looseObject({}),
  }),
  uri: v.exactOptional(v.string()),
  isToBeStopped: v.exactOptional(v.boolean()),
});

interface Saved extends KeptSession {
  readonly id: string;
  readonly workspace: KeepingWorkspace;
  readonly host: number;
  readonly savedAt: number;
  readonly isToBeStopped?: boolean;
}

/** More than anybody runs: what is beyond is not read. */
const MOST_FILES = 200;
/** How long the commands of a session may run that no window comes for. */
const LONGEST_END_MS = 25 * 3_600_000;

/**
 * Keeps which sessions of this user go on, with their secrets, in files that only this user can read: one for each
 * session, named after its folder. Synchronous, because the process can end at any time.
 */
export class KeptSessions {
  readonly #folder: string;
  readonly #workspace: KeepingWorkspace | undefined;
  readonly #log: Logger;
  /** The files of the sessions that this window has, by their identifiers. */
  readonly #own = new Map<string, string>();
  readonly #changed: Emitter<void>;

  /** What `elsewhere` returns has been changed by this window. */
  readonly onDidChangeElsewhere: Emitter<void>['event'];

  /** Without a workspace, nothing is kept, because no later window is known to be the same one. */
  constructor(folder: string, workspace: KeepingWorkspace | undefined, log: Logger) {
    this.#folder = folder;
    this.#workspace = workspace;
    this.#log = log;
    this.#changed = new Emitter(reportListenerErrors(log));
    this.onDidChangeElsewhere = this.#changed.event;
  }

  get isPossible(): boolean {
    return this.#workspace !== undefined && process.platform !== 'win32';
  }

  /** The session that the last window of this workspace had under that identifier. */
  read(id: string): KeptSession | undefined {
    const found = this.#all().filter(({ saved }) => saved.id === id && saved.workspace.key === this.#workspace?.key);
    const [newest, ...older] = found.toSorted((one, other) => other.saved.savedAt - one.saved.savedAt);
    for (const { file, saved } of older) if (hasEnded(saved)) rmSync(file, { force: true });
    if (newest) this.#own.set(id, newest.file);
    return newest?.saved;
  }

  /** What the last window of this workspace had and has not ended, by the identifiers. */
  ofWorkspace(): ReadonlyMap<string, KeptSession> {
    const found = this.#all().filter(({ saved }) => saved.workspace.key === this.#workspace?.key && !hasEnded(saved));
    return new Map(found.map(({ saved }) => [saved.id, saved]));
  }

  /**
   * The sessions of this user that this window does not have. What another workspace has left and has ended is
   * forgotten.
   */
  elsewhere(): SessionElsewhere[] {
    const own = new Set(this.#own.values());
    return this.#all().flatMap(({ file, saved }) => {
      if (own.has(file)) return [];
      if (hasEnded(saved)) {
        if (saved.id === '' || saved.workspace.key !== this.#workspace?.key) rmSync(file, { force: true });
        return [];
      }
      const isToBeStopped = saved.isToBeStopped === true;
      const isShown = !isToBeStopped && saved.host !== process.pid && isAlive(saved.host);
      return [{ ...saved, workspace: saved.workspace.name, isShown, isToBeStopped }];
    });
  }

  /** Keeps what is known of a session of this window, in place of an earlier one. */
  write(id: string, kept: KeptSession): void {
    const workspace = this.#workspace;
    if (!workspace) return;
    const file = this.#file(kept.reference);
    if (this.#own.get(id) !== file) this.remove(id);
    this.#own.set(id, file);
    this.#store(file, { ...kept, id, workspace, host: process.pid, savedAt: Date.now(), isToBeStopped: false });
  }

  /**
   * A session that this window does not have is to end as soon as its machine can be reached, also by a later window.
   */
  stopLater(kept: KeptSession): void {
    const workspace = this.#workspace ?? { key: '', name: '' };
    const saved = { ...kept, id: '', workspace, host: process.pid, savedAt: Date.now(), isToBeStopped: true };
    this.#store(this.#file(kept.reference), saved);
    this.#changed.fire();
  }

  toBeStopped(): SessionElsewhere[] {
    return this.elsewhere().filter(({ isToBeStopped }) => isToBeStopped);
  }

  /** The session has ended. */
  remove(id: string): void {
    const file = this.#own.get(id);
    this.#own.delete(id);
    if (file !== undefined) rmSync(file, { force: true });
  }

  /** Another window has the session now. */
  release(id: string): void {
    this.#own.delete(id);
  }

  /** A session that another window has left has ended. */
  removeElsewhere({ reference }: KeptSession): void {
    rmSync(this.#file(reference), { force: true });
    this.#changed.fire();
  }

  #store(file: string, content: Saved): void {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      chmodSync(this.#folder, 0o700);
      const draft = `${file}.new`;
      rmSync(draft, { force: true });
      writeFileSync(draft, JSON.stringify(content), { flag: 'wx', mode: 0o600 });
      renameSync(draft, file);
    } catch (error) {
      this.#log.warn(`The session will not survive this window: ${String(error)}`);
    }
  }

  #all(): { readonly file: string; readonly saved: Saved }[] {
    let names: string[] = [];
    try {
      names = readdirSync(this.#folder).filter((name) => name.endsWith('.json'));
    } catch {
      // No session was ever kept.
    }
    return names.slice(0, MOST_FILES).flatMap((name) => {
      const file = path.join(this.#folder, name);
      try {
        const { reference, launch, ...others } = v.parse(saved, JSON.parse(readFileSync(file, 'utf8')));
        const known = { reference: checkedReference(reference), launch: launch as unknown as Launch };
        return [{ file, saved: { ...others, ...known, uri: others.uri } }];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
          this.#log.warn(`${file} could not be read: ${String(error)}`);
        return [];
      }
    });
  }

  #file({ directory }: SessionReference): string {
    return path.join(this.#folder, `${createHash('sha256').update(directory).digest('hex').slice(0, 32)}.json`);
  }
}

/** One on another machine may go on until that says otherwise, or long enough without a window. */
function hasEnded({ reference, isToBeStopped, savedAt, keepAliveMs }: Saved): boolean {
  if (reference.commandPrefix === undefined) return !existsSync(reference.directory);
  return isToBeStopped === true && Date.now() > savedAt + keepAliveMs + LONGEST_END_MS;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
