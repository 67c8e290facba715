import path from 'node:path';
import { type FolderPair, pathsHere } from '../host/machines/folderPair.js';
import { filesAmong, isSameHere } from '../host/machines/textHere.js';
import type { AdapterMessage } from './adapterStream.js';

interface Source {
  readonly path?: string;
  /** What the debugger is asked with for its text; 0 or absent for a file that VS Code opens itself. */
  readonly sourceReference?: number;
}

interface Frame {
  readonly source?: Source;
}

/** Finds the files of another machine that this one has, too, with the same text: VS Code opens these. */
export class SharedFiles {
  readonly #textOf: (source: Source) => Promise<string | undefined>;
  readonly #folders: () => FolderPair;
  /** The paths here, by those there. */
  readonly #known = new Map<string, Promise<string | undefined>>();

  /** `textOf` asks the debugger for the text of a source; undefined if it does not tell. */
  constructor(textOf: (source: Source) => Promise<string | undefined>, folders: () => FolderPair) {
    this.#textOf = textOf;
    this.#folders = folders;
  }

  /** The answer with the frames of a thread; undefined if VS Code can have it as it is. */
  lead(message: AdapterMessage): Promise<AdapterMessage> | undefined {
    const { stackFrames = [] } = (message.body ?? {}) as { readonly stackFrames?: readonly Frame[] };
    if (!stackFrames.some(({ source }) => isAsked(source))) return undefined;
    return Promise.all(stackFrames.map((frame) => this.#led(frame))).then((led) => ({
      ...message,
      body: { ...(message.body as object), stackFrames: led },
    }));
  }

  async #led(frame: Frame): Promise<Frame> {
    const { source } = frame;
    if (!isAsked(source)) return frame;
    const known = this.#known.get(source.path) ?? this.#find(source);
    this.#known.set(source.path, known);
    const here = await known;
    return here === undefined ? frame : { ...frame, source: { ...source, path: here, sourceReference: 0 } };
  }

  async #find(source: Source & { readonly path: string }): Promise<string | undefined> {
    const files = await filesAmong([...pathsHere(this.#folders(), source.path), source.path]);
    const text = files.length > 0 ? await this.#textOf(source) : undefined;
    if (text === undefined) return undefined;
    for (const file of files) if (await isSameHere(file, text)) return file;
    return undefined;
  }
}

function isAsked(source: Source | undefined): source is Source & { readonly path: string } {
  return (source?.sourceReference ?? 0) > 0 && typeof source?.path === 'string' && path.isAbsolute(source.path);
}
