import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EvaluatorStartError } from '../errors.js';
import { type Ward, guard } from './guardian.js';
import { OWNER, ownerText } from './staleDirectories.js';

/** The path of a Unix socket can have 103 bytes on macOS and 107 on Linux; the socket's own name takes two. */
const MAX_DIRECTORY = 100;

/**
 * The number of files of a session from its start: the socket, two pairs of FIFOs, collected text, and some reserve.
 */
const FILES = 10;
/** The guardian receives what to remove line by line. */
const control = /\p{Cc}/u;

const MOST_ATTEMPTS = 5;

export interface PrivateDirectory {
  readonly path: string;
  readonly ward: Ward;
}

/**
 * Creates a directory that only this user can access, with a path that is short enough for a socket and space for a
 * session's files, in the first suitable one of `parents`. The caller removes it and releases its ward; if this process
 * dies before that, it is removed nevertheless.
 * @throws EvaluatorStartError if there is no such place.
 */
export function makePrivateDirectory(parents: readonly string[] = parentsByDefault()): PrivateDirectory {
  return makeInFirst(parents, (directory) => {
    const ward = guard(directory);
    try {
      makeDirectory(directory);
      return { path: directory, ward };
    } catch (error) {
      ward.release();
      throw error;
    }
  });
}

/**
 * Creates such a directory that outlives this process: its owner, this process at first, removes it.
 * @throws EvaluatorStartError if there is no such place.
 */
export function makeLastingDirectory(): string {
  return makeInFirst(parentsByDefault(), (directory) => {
    makeDirectory(directory);
    writeFileSync(path.join(directory, OWNER), ownerText(), { mode: 0o600 });
    return directory;
  });
}

function parentsByDefault(): string[] {
  return [tmpdir(), '/tmp'];
}

function makeInFirst<T>(parents: readonly string[], make: (directory: string) => T): T {
  const failures: string[] = [];
  for (const parent of new Set(parents)) {
    try {
      return make(nameIn(parent));
    } catch (error) {
      failures.push(`${parent}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const output = failures.join('\n');
  throw new EvaluatorStartError(
    'No directory could be created for the session’s streams. Set TMPDIR to a directory with free space and a short path.',
    output,
    { failure: { kind: 'noFiles', reason: failures[0] ?? '' } },
  );
}

function nameIn(parent: string): string {
  const directory = path.join(parent, `extsession-${randomBytes(8).toString('base64url')}`);
  if (Buffer.byteLength(directory) > MAX_DIRECTORY) throw new Error('its path is too long for a socket');
  if (control.test(directory)) throw new Error('its path contains control characters');
  return directory;
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
    tryFiles(directory);
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Checks that there is space for files, in case their number is limited or the disk is full: the worker creates its
 * FIFOs later.
 */
function tryFiles(directory: string): void {
  const files = Array.from({ length: FILES }, (_, number) => path.join(directory, String(number)));
  for (const file of files) closeSync(openSync(file, 'wx', 0o600));
  for (const file of files) unlinkSync(file);
}

export function removeDirectory(directory: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      rmSync(directory, { recursive: true, force: true, maxRetries: 1 });
      return;
    } catch (error) {
      // A program that the worker has started may still be making its pipes.
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY' || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}
