import { fileURLToPath } from 'node:url';
import { fileStamp } from './fileStamp.js';

/** An `import` that found a file, or a place where there is none yet. */
export interface Resolution {
  readonly parent: string | undefined;
  readonly url: string;
  readonly stamp: string;
}

/** The query that tells a later version of an ES module apart: the loader keeps each URL for good. */
const QUERY = 'extsession';
const ours = new RegExp(`[?&]${QUERY}=\\d+`, 'g');

/** An address as it is without our query. */
export function withoutVersion(text: string): string {
  return text.includes(QUERY) ? text.replaceAll(ours, '') : text;
}

/** Reports what imports find, and leads them to the newest version. */
export class Resolutions {
  readonly #report: (resolution: Resolution) => void;

  readonly #versions = new Map<string, number>();

  constructor(report: (resolution: Resolution) => void) {
    this.#report = report;
  }

  setVersions(versions: Iterable<readonly [url: string, version: number]>): void {
    for (const [url, version] of versions) this.#versions.set(url, version);
  }

  /** The URL to load instead of the one that was found. */
  found(parent: string | undefined, url: string): string {
    if (!url.startsWith('file:')) return url;
    this.#report({ parent, url, stamp: fileStamp(fileURLToPath(url)) });
    const version = this.#versions.get(url);
    return version === undefined ? url : `${url}${url.includes('?') ? '&' : '?'}${QUERY}=${String(version)}`;
  }

  /** A relative specifier led to no file: when there is one, what imports it is to be loaded anew. */
  missing(parent: string | undefined, specifier: string): void {
    if (parent === undefined || !/^(\.{0,2}\/|file:)/.test(specifier) || !URL.canParse(specifier, parent)) return;
    this.#report({ parent, url: new URL(specifier, parent).href, stamp: '' });
  }
}
