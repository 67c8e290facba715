import { accessSync, constants, existsSync, lstatSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { sent } from '../../../engine/supervised/frames.js';
import { readFrame, say } from './host.js';

/** Unpacked, they have about 1 MB. */
const LARGEST = 1 << 26;
const SIZES = 8;
const OTHERS_WRITE = 0o022;
const STICKY = 0o1000;

/**
 * The folder of the programs: they are kept for the next session where nobody else can replace them, or else in
 * `directory`.
 * @throws Error if the host sends something else, or the error of the system.
 */
export function programsThere(digest: string, directory: string): string {
  const kept = cache();
  const folder = path.join(kept ?? directory, digest);
  if (kept !== undefined && existsSync(folder)) return folder;
  say('need');
  const { kind, payload } = readFrame();
  if (kind !== sent.files) throw new Error(`a frame of kind ${String(kind)} instead of the programs`);
  install(payload, folder);
  return folder;
}

/** Undefined if there is no place for them. (Node.js 20 would try for ever to make several folders below `/proc`.) */
function cache(): string | undefined {
  const { XDG_CACHE_HOME: chosen = '' } = process.env;
  const home = chosen === '' ? path.join(homedir(), '.cache') : chosen;
  if (!path.isAbsolute(home)) return undefined;
  try {
    for (const each of [home, path.join(home, 'extsession')]) if (!existsSync(each)) mkdirSync(each, { mode: 0o700 });
    const folder = realpathSync(path.join(home, 'extsession'));
    accessSync(folder, constants.W_OK | constants.X_OK);
    return isSafe(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Whether nobody else can replace what is there. */
function isSafe(file: string): boolean {
  const { uid, mode } = lstatSync(file);
  const isOpen = (mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0;
  if (isOpen || (uid !== 0 && uid !== process.getuid?.())) return false;
  return file === '/' || isSafe(path.dirname(file));
}

/** They are complete, or not there. */
function install(packed: Buffer, folder: string): void {
  const temporary = `${folder}.${String(process.pid)}`;
  unpack(inflateSync(packed, { maxOutputLength: LARGEST }), temporary);
  try {
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else, another session was faster
  }
}

/** Files one after the other: the sizes of the name and of the content (4 bytes each), then both. */
function unpack(bytes: Buffer, folder: string): void {
  for (let at = 0; at < bytes.length;) {
    const nameEnd = at + SIZES + bytes.readUInt32BE(at);
    const end = nameEnd + bytes.readUInt32BE(at + 4);
    const file = path.join(folder, bytes.toString('utf8', at + SIZES, nameEnd));
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, bytes.subarray(nameEnd, end));
    at = end;
  }
}
