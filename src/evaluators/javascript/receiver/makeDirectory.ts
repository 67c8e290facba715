import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';

/** The usual folders of `mkfifo` go last, because the user's PATH may lack them. */
const PATH = [process.env.PATH, '/usr/bin:/bin'].filter(Boolean).join(':');
/** The path of a socket is limited. */
const LONGEST = 90;

/**
 * A place for the session's sockets and streams: some file systems have none of these. Each attempt is told first.
 * @throws Error if there is none.
 */
export function makeDirectory(guard: (directory: string) => void): string {
  let problem = 'no place is known';
  for (const parent of [process.env.TMPDIR, '/tmp', '/dev/shm', process.env.HOME]) {
    const directory = `${parent ?? ''}/extsession-${randomBytes(8).toString('hex')}`;
    if (!parent || directory.length >= LONGEST) continue;
    guard(directory);
    try {
      mkdirSync(directory, { mode: 0o700 });
      execFileSync('mkfifo', ['-m', '600', `${directory}/try`], { stdio: 'ignore', env: { PATH } });
      rmSync(`${directory}/try`);
      return directory;
    } catch (error) {
      problem = String(error);
      rmSync(directory, { recursive: true, force: true });
    }
  }
  throw new Error(`There is no directory for the session: ${problem}`);
}
