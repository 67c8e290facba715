import * as v from 'valibot';
import { checkedMs } from '../deadline.js';
import type { LocalLinkOptions } from '../link/startLocalLink.js';

const KEEP_ALIVE_MS = 600_000;
const KEEP_RUNNING_MS = 24 * 3_600_000;

const options = v.object({
  interpreter: v.exactOptional(v.string()),
  args: v.exactOptional(v.array(v.string())),
  commandPrefix: v.exactOptional(v.pipe(v.array(v.string()), v.readonly())),
  cwd: v.exactOptional(v.string()),
  /** Null removes a variable. */
  env: v.exactOptional(v.record(v.string(), v.nullable(v.string()))),
  reload: v.exactOptional(v.union([v.literal('all'), v.array(v.string())])),
  script: v.exactOptional(
    v.object({ file: v.string(), args: v.exactOptional(v.pipe(v.array(v.string()), v.readonly())) }),
  ),
  startup: v.exactOptional(
    v.union([v.string(), v.object({ source: v.string(), filename: v.exactOptional(v.string()) })]),
  ),
  columns: v.exactOptional(v.number()),
  /** Null is without end. */
  keepAliveMs: v.exactOptional(v.nullable(v.number())),
  keepRunningMs: v.exactOptional(v.nullable(v.number())),
});

/** How a session was started, for a host that restarts it. */
export type KeptOptions = {
  readonly [Key in keyof v.InferOutput<typeof options>]: Readonly<v.InferOutput<typeof options>[Key]>;
};

/** What a later host needs to know, of the options of this one. */
export function keptOptions(given: GivenOptions): KeptOptions {
  const { interpreter, args, commandPrefix, cwd, env, reload, script, startup, columns } = given;
  const { keepAliveMs, keepRunningMs } = given;
  return {
    ...(startup === undefined ? {} : { startup }),
    ...(columns === undefined ? {} : { columns }),
    ...(interpreter === undefined ? {} : { interpreter }),
    ...(args === undefined ? {} : { args }),
    ...(commandPrefix === undefined ? {} : { commandPrefix }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env: nulls(env) }),
    ...(reload === undefined ? {} : { reload }),
    ...(script === undefined ? {} : { script }),
    ...(keepAliveMs === undefined ? {} : { keepAliveMs: finite(keepAliveMs) }),
    ...(keepRunningMs === undefined ? {} : { keepRunningMs: finite(keepRunningMs) }),
  };
}

type GivenOptions = LocalLinkOptions & { readonly commandPrefix?: readonly string[] | undefined };

/** As JSON can say it: null is without end. */
export function finite(ms: number): number | null {
  return ms === Infinity ? null : ms;
}

/** As JSON can say it: null removes a variable. */
export function nulls(env: Readonly<Record<string, string | undefined>>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? null]));
}

/** What a supervisor knows about its session. */
export const about = v.object({ marker: v.string(), language: v.string(), options });

export interface KeptTimes {
  /** How long a process waits for a host, and how long its commands may run after that; null is without end. */
  readonly keepAliveMs: number | null;
  readonly keepRunningMs: number | null;
}

/** @throws TypeError or RangeError if one of them is not a duration. */
export function keptTimes(options: Pick<LocalLinkOptions, 'keepAliveMs' | 'keepRunningMs'>): KeptTimes {
  return {
    keepAliveMs: finite(checkedMs('keepAliveMs', options.keepAliveMs ?? KEEP_ALIVE_MS)),
    keepRunningMs: finite(checkedMs('keepRunningMs', options.keepRunningMs ?? KEEP_RUNNING_MS)),
  };
}
