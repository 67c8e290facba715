import * as v from 'valibot';
import { ExtSessionError } from '../errors.js';

/**
 * What `ExtSession.attach` needs to find a session again: plain JSON. It contains the secret of the session, so keep it
 * where only its user can read it.
 */
export interface SessionReference {
  readonly version: 1;
  /** The directory of the session, which only its user can access. */
  readonly directory: string;
  /** Whoever has it controls the session. */
  readonly secret: string;
  /** The evaluator, such as 'python'. */
  readonly language: string;
  /** The process id of the evaluator. */
  readonly pid: number;
  /** What leads to its machine, and the interpreter to start with there; absent on this machine. */
  readonly commandPrefix?: readonly string[];
  readonly interpreter?: string;
}

const schema: v.GenericSchema<unknown, SessionReference> = v.object({
  version: v.literal(1),
  directory: v.pipe(v.string(), v.minLength(1)),
  secret: v.pipe(v.string(), v.minLength(32)),
  language: v.string(),
  pid: v.pipe(v.number(), v.integer()),
  commandPrefix: v.exactOptional(v.pipe(v.array(v.string()), v.minLength(1), v.readonly())),
  interpreter: v.exactOptional(v.string()),
});

/** @throws ExtSessionError with code INVALID_OPTION if it is none. */
export function checkedReference(value: unknown): SessionReference {
  const { success, output } = v.safeParse(schema, value);
  if (!success) throw new ExtSessionError('INVALID_OPTION', 'The reference is not that of a session.');
  return output;
}
