import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EvaluatorStartError } from './errors.js';
import { type Ward, guard } from './guardian.js';

/** A unix socket's path may have 103 bytes on macOS and 107 on Linux; the socket's own name takes two. */
const MAX_DIRECTORY = 100;

export interface PrivateDirectory {
  readonly path: string;
  readonly ward: Ward;
}

/**
 * Makes a directory that only this user can enter, with a path short enough for a socket. The caller removes it and
 * releases its ward; when this process dies before, it is removed all the same.
 */
export function makePrivateDirectory(): PrivateDirectory {
  const failures: string[] = [];
  for (const parent of new Set([tmpdir(), '/tmp'])) {
    const directory = path.join(parent, `extsession-${randomBytes(8).toString('base64url')}`);
    if (Buffer.byteLength(directory) > MAX_DIRECTORY) {
      failures.push(`${parent}: its path is too long for a socket`);
      continue;
    }
    const ward = guard(directory);
    try {
      mkdirSync(directory, { mode: 0o700 });
      return { path: directory, ward };
    } catch (error) {
      ward.release();
      failures.push(`${parent}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new EvaluatorStartError(
    'No directory for the session’s streams could be made. Set TMPDIR to one with free space and a short path.',
    failures.join('\n'),
  );
}

export function removeDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
}
