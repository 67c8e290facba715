import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { Logger } from '../../engine/logger.js';
import { type Machine, machine } from '../machines/machine.js';
import type { KeptSession } from './kept/keptSessions.js';

/** A session that the user has created, in addition to the default ones. */
export interface CreatedSession {
  readonly id: string;
  readonly evaluator: string;
  readonly name: string;
  /** The interpreter; the usual one of the folder if absent. */
  readonly interpreter?: string;
  /** The URI of the folder that it runs in; that of the file which starts it if absent. */
  readonly folder?: string;
  /** The machine that it runs on; this one if absent. */
  readonly machine?: Machine;
}

const created = v.object({
  id: v.string(),
  evaluator: v.string(),
  name: v.string(),
  interpreter: v.exactOptional(v.string()),
  folder: v.exactOptional(v.string()),
  machine: v.exactOptional(machine),
});
const book = v.object({
  created: v.array(created),
  /** The names that the user has given to default sessions. */
  names: v.record(v.string(), v.string()),
  /** The sessions of files, by their URI. */
  attached: v.record(v.string(), v.string()),
  /** The session that the panel shows. */
  shown: v.exactOptional(v.string()),
});
type Book = v.InferOutput<typeof book>;

const KEY = 'sessions';
/** Of the identifiers of created sessions. */
const PREFIX = 'session-';
const MOST_FILES = 1000;

/** Where small values of a workspace are kept: VS Code's workspace state. */
export interface WorkspaceMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** Remembers which sessions the user has created in a workspace, their names and their files. It knows no secrets. */
export class SessionBook {
  readonly #memory: WorkspaceMemory;
  readonly #log: Logger;
  #book: Book;

  /** `left` are the sessions of the last window: VS Code may not have stored that the user has created one of them. */
  constructor(memory: WorkspaceMemory, log: Logger, left: ReadonlyMap<string, KeptSession> = new Map()) {
    this.#memory = memory;
    this.#log = log;
    const { success, output } = v.safeParse(book, memory.get(KEY));
    const known: Book = success ? output : { created: [], names: {}, attached: {} };
    this.#book = { ...known, created: [...known.created, ...notAmong(known.created, left)] };
  }

  get created(): readonly CreatedSession[] {
    return this.#book.created;
  }

  /** The session that the panel has shown last. */
  get shown(): string | undefined {
    return this.#book.shown;
  }

  show(id: string): void {
    this.#write({ ...this.#book, shown: id });
  }

  add(session: Omit<CreatedSession, 'id'>): CreatedSession {
    const added = { ...session, id: `${PREFIX}${randomUUID()}` };
    this.#write({ ...this.#book, created: [...this.#book.created, added] });
    return added;
  }

  /** Removes a created session, and detaches its files. */
  remove(id: string): void {
    const { created, attached } = this.#book;
    const rest = Object.entries(attached).filter(([, session]) => session !== id);
    this.#write({
      ...this.#book,
      created: created.filter((each) => each.id !== id),
      attached: Object.fromEntries(rest),
    });
  }

  nameOf(id: string): string | undefined {
    return this.#book.created.find((each) => each.id === id)?.name ?? this.#book.names[id];
  }

  rename(id: string, name: string): void {
    const { created, names } = this.#book;
    const isCreated = created.some((each) => each.id === id);
    this.#write({
      ...this.#book,
      created: created.map((each) => (each.id === id ? { ...each, name } : each)),
      names: isCreated ? names : { ...names, [id]: name },
    });
  }

  /** The session that the user has chosen for a file. */
  sessionFor(uri: string): string | undefined {
    return this.#book.attached[uri];
  }

  filesOf(id: string): string[] {
    return Object.entries(this.#book.attached).flatMap(([uri, session]) => (session === id ? [uri] : []));
  }

  /** Without a session, the file uses the default one again. */
  attach(uri: string, id: string | undefined): void {
    const others = Object.entries(this.#book.attached).filter(([file]) => file !== uri);
    const files = id === undefined ? others : [...others, [uri, id] as const];
    this.#write({ ...this.#book, attached: Object.fromEntries(files.slice(-MOST_FILES)) });
  }

  #write(changed: Book): void {
    this.#book = changed;
    this.#memory.update(KEY, changed).then(undefined, (error: unknown) => {
      this.#log.warn(`The list of sessions could not be saved: ${String(error)}`);
    });
  }
}

function notAmong(known: readonly CreatedSession[], left: ReadonlyMap<string, KeptSession>): CreatedSession[] {
  const lost = [...left].filter(([id]) => id.startsWith(PREFIX) && !known.some((each) => each.id === id));
  return lost.map(([id, { reference, title, launch }]) => {
    const { machine: far } = launch.interpreter;
    return { id, evaluator: reference.language, name: title, ...(far ? { machine: far } : {}) };
  });
}
