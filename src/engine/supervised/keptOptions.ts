import * as v from 'valibot';

const options = v.object({
  interpreter: v.exactOptional(v.string()),
  args: v.exactOptional(v.array(v.string())),
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

/** What a supervisor knows about its session. */
export const about = v.object({ marker: v.string(), language: v.string(), options });
