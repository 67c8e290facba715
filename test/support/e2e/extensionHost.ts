import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Kept {
  readonly host: number;
  readonly savedAt: number;
}

/**
 * The process id of the extension host that has started or continued a session last, of those that outlive their
 * window.
 */
export function extensionHost(servers: readonly { readonly logFolder: string }[]): number {
  const kept = servers
    .flatMap(({ logFolder }) => keptBelow(path.join(logFolder, '..', 'User', 'globalStorage')))
    .toSorted((one, other) => other.savedAt - one.savedAt);
  if (!kept[0]) throw new Error('No session is kept.');
  return kept[0].host;
}

function keptBelow(storage: string): Kept[] {
  if (!existsSync(storage)) return [];
  return readdirSync(storage, { recursive: true, encoding: 'utf8' })
    .filter((file) => /sessions[\\/]\w+\.json$/.test(file))
    .map((file) => JSON.parse(readFileSync(path.join(storage, file), 'utf8')) as Kept);
}
