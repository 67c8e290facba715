import { fileStamp } from './fileStamp.js';

/** The files of modules that have been loaded, and which of them loads which. */
export class ModuleGraph {
  readonly #isMeant: (file: string) => boolean;

  readonly #stamps = new Map<string, string>();
  /** The files that load a file. */
  readonly #parents = new Map<string, Set<string>>();

  /** Changes of files that are not meant are not followed. */
  constructor(isMeant: (file: string) => boolean) {
    this.#isMeant = isMeant;
  }

  has(file: string): boolean {
    return this.#stamps.has(file);
  }

  /** A file was loaded as it was then; a later version of it is another one. */
  loaded(file: string, stamp = fileStamp(file)): void {
    if (this.#isMeant(file) && !this.#stamps.has(file)) this.#stamps.set(file, stamp);
  }

  depends(parent: string, child: string): void {
    const parents = this.#parents.get(child) ?? new Set();
    this.#parents.set(child, parents.add(parent));
  }

  changed(): string[] {
    return Array.from(this.#stamps)
      .filter(([file, stamp]) => fileStamp(file) !== stamp)
      .map(([file]) => file);
  }

  /** Forgets files and all that load them, also by way of others; returns all of these. */
  forget(files: readonly string[]): ReadonlySet<string> {
    const forgotten = new Set<string>();
    const pending = [...files];
    for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
      if (forgotten.has(file)) continue;
      forgotten.add(file);
      this.#stamps.delete(file);
      pending.push(...(this.#parents.get(file) ?? []));
    }
    for (const parents of this.#parents.values()) for (const file of forgotten) parents.delete(file);
    return forgotten;
  }
}
