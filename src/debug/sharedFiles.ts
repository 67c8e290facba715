import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { AdapterMessage } from './adapterStream.js';

/** Larger files are not compared. */
const MOST_BYTES = 1 << 22;

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
  readonly #areShared = new Map<string, Promise<boolean>>();

  /** `textOf` asks the debugger for the text of a source; undefined if it does not tell. */
  constructor(textOf: (source: Source) => Promise<string | undefined>) {
    this.#textOf = textOf;
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
    const known = this.#areShared.get(source.path) ?? this.#isShared(source);
    this.#areShared.set(source.path, known);
    return (await known) ? { ...frame, source: { ...source, sourceReference: 0 } } : frame;
  }

  async #isShared(source: Source & { readonly path: string }): Promise<boolean> {
    const here = await textHere(source.path);
    return here !== undefined && here === withPlainEnds((await this.#textOf(source)) ?? '');
  }
}

function isAsked(source: Source | undefined): source is Source & { readonly path: string } {
  return (source?.sourceReference ?? 0) > 0 && typeof source?.path === 'string' && path.isAbsolute(source.path);
}

async function textHere(file: string): Promise<string | undefined> {
  try {
    const status = await stat(file);
    if (!status.isFile() || status.size > MOST_BYTES) return undefined;
    return withPlainEnds(await readFile(file, 'utf8'));
  } catch {
    return undefined; // it is not here
  }
}

function withPlainEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
