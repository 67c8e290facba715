import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { addressOfScript } from '../../../../protocol/documentPath.js';
import { lineMap } from './lineMap.js';

/** What V8 tells of a script. */
export interface Script {
  readonly scriptId: string;
  readonly url: string;
  /** The address that it has without a comment of its own; VS Code's debugger compares the two. */
  readonly embedderName?: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly sourceMapURL: string;
}

/** Where the worker's own code is. */
export const own = pathToFileURL(`${__dirname}${path.sep}`).href;
/** What tells the scripts of a file from each other. */
const number = /\?extsession\d+$/;

/** The scripts of a thread, as the debugger knows them. */
export class Scripts {
  readonly #scripts = new Map<string, Script>();
  /** How many there are of each address. */
  readonly #counts = new Map<string, number>();

  /** The script as it is told to the debugger; undefined if that must not know it. */
  add(script: Script): Script | undefined {
    const address = addressOfScript(script.url);
    this.#scripts.set(script.scriptId, { ...script, url: address });
    if (address.startsWith(own)) return undefined;
    const map = script.sourceMapURL === '' ? lineMap({ ...script, url: address }) : '';
    if (map === '') return { ...script, url: address };
    // Each command has scripts of its own; VS Code's debugger forgets those of the same address that came before.
    const count = this.#counts.get(address) ?? 0;
    this.#counts.set(address, count + 1);
    const url = count === 0 ? address : `${address}?extsession${String(count)}`;
    return { ...script, url, embedderName: url, sourceMapURL: map };
  }

  /** The ids of those that are the user's, and of no library, the oldest first. */
  get ofUser(): string[] {
    const ids = [...this.#scripts.keys()].filter((id) => this.kindOf(id) === 'user');
    return ids.filter((id) => !this.urlOf(id).includes('/node_modules/') && this.urlOf(id) !== '');
  }

  /** Without the number. */
  urlOf(scriptId: string): string {
    return this.#scripts.get(scriptId)?.url ?? '';
  }

  startLineOf(scriptId: string): number {
    return this.#scripts.get(scriptId)?.startLine ?? 0;
  }

  kindOf(scriptId: string): 'user' | 'own' | 'node' {
    const url = this.urlOf(scriptId);
    if (url.startsWith(own)) return 'own';
    return url.startsWith('node:') ? 'node' : 'user';
  }
}

/** The address of a file whose scripts the debugger calls so. */
export function addressOfFile(url: string): string {
  return url.replace(number, '');
}
