import { randomBytes } from 'node:crypto';
import type { PortablePrograms } from '../evaluator.js';
import { guardianArguments } from '../link/guardian.js';
import type { LocalLinkOptions } from '../link/startLocalLink.js';
import { keptOptions, keptTimes, nulls } from '../supervised/keptOptions.js';

/** What the supervisor lets this process leave unread at first; then it depends on what the way there carries. */
export const WINDOW = 1 << 18;
/** For a session that ends with its host: output beyond that waits at its writer, since nobody comes for it later. */
const JOURNAL_BYTES = 1 << 26;
const KEPT_JOURNAL_BYTES = 2 ** 30;

export interface ReachedLinkOptions extends LocalLinkOptions {
  readonly commandPrefix: readonly string[];
  /** Whether it goes on without this process. */
  readonly keepAlive: boolean;
}

export interface Secrets {
  /** What the worker, the markers in its output, and a host are recognized by. */
  readonly token: string;
  readonly marker: string;
  readonly secret: string;
}

/** What the supervisor on the other machine is to do. Nothing of this process's environment is in it. */
export function farOrders(portable: PortablePrograms, options: ReachedLinkOptions, secrets: Secrets): unknown {
  const { interpreter = portable.interpreter, args = [], reload, script, cwd, env = {}, keepAlive } = options;
  const { language } = options.evaluator;
  const places = { programs: randomBytes(16).toString('hex'), directory: randomBytes(16).toString('hex') };
  const worker = portable.launch(
    {
      interpreter,
      args,
      ...(reload === undefined ? {} : { reload }),
      ...(script === undefined ? {} : { script }),
      env,
      controlPath: `${places.directory}/c`,
    },
    places.programs,
  );
  const own = { EXTSESSION_TOKEN: secrets.token, EXTSESSION_MARKER: secrets.marker };
  return {
    ...secrets,
    places,
    argv: [worker.file, ...worker.args],
    env: nulls({ ...env, ...worker.env, ...own }),
    cwd: cwd ?? null,
    endsWithHost: !keepAlive,
    window: WINDOW,
    ...keptTimes(options),
    journalBytes: keepAlive ? (options.journalBytes ?? KEPT_JOURNAL_BYTES) : JOURNAL_BYTES,
    guardian: guardianArguments(),
    about: { marker: secrets.marker, language, options: keptOptions(options) },
  };
}
