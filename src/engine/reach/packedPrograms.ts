import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import type { PortablePrograms } from '../evaluator.js';

/** Programs as they are sent: files one after the other, each with the sizes of its name and content before both. */
export interface PackedPrograms {
  /** The same for the same files, in 32 characters. */
  readonly digest: string;
  compressed(): Buffer;
}

const known = new Map<string, PackedPrograms>();

/** They are read once. */
export function packedPrograms({ folder, parts }: Pick<PortablePrograms, 'folder' | 'parts'>): PackedPrograms {
  const key = [folder, ...parts].join('\n');
  const found = known.get(key);
  if (found) return found;
  const files = Buffer.concat(parts.flatMap((part) => namesIn(folder, part)).flatMap((name) => packed(folder, name)));
  const made = {
    digest: createHash('sha256').update(files).digest('hex').slice(0, 32),
    compressed: () => deflateSync(files),
  };
  known.set(key, made);
  return made;
}

/** Those of a folder; a file itself. */
function namesIn(folder: string, part: string): string[] {
  if (statSync(path.join(folder, part)).isFile()) return [part];
  return readdirSync(path.join(folder, part), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isNeeded(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

function isNeeded(name: string): boolean {
  return /\.(py|cjs|mjs|js)$/.test(name);
}

function packed(folder: string, name: string): Buffer[] {
  const content = readFileSync(path.join(folder, name));
  const sizes = Buffer.allocUnsafe(8);
  sizes.writeUInt32BE(Buffer.byteLength(name), 0);
  sizes.writeUInt32BE(content.length, 4);
  return [sizes, Buffer.from(name), content];
}
