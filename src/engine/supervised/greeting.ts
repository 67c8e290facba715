import * as v from 'valibot';
import type { EvaluatorInfo } from '../../protocol/output.js';
import { helloMessage } from '../../protocol/worker.js';
import { EvaluatorStartError } from '../errors.js';
import type { Printed } from '../link/childProcess.js';
import type { Attachment } from './attachment.js';
import { received } from './frames.js';
import { json, type SupervisorConnection } from './supervisorConnection.js';

export interface Greeting {
  readonly pid: number;
  readonly info: EvaluatorInfo;
  /** Whether it cannot tell how much memory its child processes have had. */
  readonly leavesChildren?: boolean | undefined;
}

/**
 * The worker's greeting, from the attachment or when it arrives. What follows waits in the connection.
 * @throws EvaluatorStartError if the worker, or its supervisor, ends before that.
 */
export async function greeting(
  connection: SupervisorConnection,
  { hello }: Attachment,
  printed: Printed,
): Promise<Greeting> {
  if (hello !== null) return checked(hello);
  const arrived = new Promise<unknown>((resolve, reject) => {
    connection.listen((frame) => {
      if (frame.kind === received.printed) printed.append(frame.stream === 0 ? 0 : 1, frame.payload);
      if (frame.kind !== received.hello && frame.kind !== received.exit) return;
      connection.hold();
      if (frame.kind === received.hello) resolve(json(frame));
      else reject(ended(printed));
    });
    void connection.closed.then(() => {
      reject(ended(printed));
    });
  });
  return checked(await arrived);
}

function checked(hello: unknown): Greeting {
  const { output, success } = v.safeParse(helloMessage, { ...(hello as object), token: '' });
  if (success && output.channel === 'main') return output;
  throw new EvaluatorStartError('The evaluator’s greeting could not be read.', '');
}

function ended(printed: Printed): EvaluatorStartError {
  return new EvaluatorStartError('The evaluator ended before it was ready.', printed.text, {
    failure: { kind: 'ended', exitCode: null, signal: null },
  });
}
