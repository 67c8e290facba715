import { Module } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { followImports, type FollowedImports } from './followImports.js';
import { ModuleGraph } from './moduleGraph.js';

const { _cache: cache } = Module as unknown as { readonly _cache: Record<string, NodeJS.Module | undefined> };
const INSTALLED = `${path.sep}node_modules${path.sep}`;

/**
 * Modules whose files have changed are loaded anew when they are required or imported again, and so is what loads them.
 */
export class Reloading {
  readonly #graph: ModuleGraph;

  /** The URLs by which a file was imported. */
  readonly #urls = new Map<string, Set<string>>();
  #imports: FollowedImports | undefined;
  #lastVersion = 0;

  /** `folders`: those whose modules are meant, without installed packages, or all modules. */
  constructor(folders: 'all' | readonly string[]) {
    this.#graph = new ModuleGraph((file) => {
      if (folders === 'all') return !file.startsWith(__dirname + path.sep);
      return !file.includes(INSTALLED) && folders.some((folder) => file.startsWith(folder));
    });
  }

  /** To be called before each command. */
  before(source: string): void {
    if (/\b(import|require)\b/.test(source)) this.#imports ??= followImports();
    this.#takeImports();
    const changed = this.#graph.changed();
    if (changed.length === 0) return;
    this.#relateRequired();
    const versions: [string, number][] = [];
    for (const file of this.#graph.forget(changed)) {
      Reflect.deleteProperty(cache, file);
      for (const url of this.#urls.get(file) ?? []) versions.push([url, ++this.#lastVersion]);
    }
    this.#imports?.setVersions(versions);
  }

  /** To be called after each command: takes note of what it has loaded. */
  after(): void {
    this.#takeImports();
    for (const file in cache) if (!this.#graph.has(file)) this.#graph.loaded(file);
  }

  #takeImports(): void {
    for (const { parent, url, stamp } of this.#imports?.take() ?? []) {
      const file = fileURLToPath(url);
      this.#graph.loaded(file, stamp);
      this.#urls.set(file, (this.#urls.get(file) ?? new Set()).add(url));
      if (parent?.startsWith('file:')) this.#graph.depends(fileURLToPath(parent), file);
    }
  }

  #relateRequired(): void {
    for (const [file, module] of Object.entries(cache)) {
      for (const child of module?.children ?? []) this.#graph.depends(file, child.filename);
      const { parent } = (module ?? {}) as { parent?: NodeJS.Module | null }; // an ES module with `createRequire`
      if (parent?.filename) this.#graph.depends(parent.filename, file);
    }
  }
}
