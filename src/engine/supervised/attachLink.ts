import { existsSync } from 'node:fs';
import * as v from 'valibot';
import { SessionGoneError } from '../errors.js';
import type { Printed } from '../link/childProcess.js';
import type { Logger } from '../logger.js';
import { greeting } from './greeting.js';
import { about, type KeptOptions } from './keptOptions.js';
import type { SessionReference } from './sessionReference.js';
import { SupervisedLink, type SupervisedLinkParts } from './supervisedLink.js';
import { connectToSupervisor, whetherReplaced, type SupervisorConnection } from './supervisorConnection.js';

export interface AttachLinkOptions {
  readonly reference: SessionReference;
  /** The offset up to which this process has kept everything; what the supervisor knows by default. */
  readonly stored?: number | undefined;
  readonly printed: Printed;
  readonly log: Logger;
  /** How its supervisor is reached; by its socket on this machine by default. */
  readonly way?: Way;
}

/** What leads to a supervisor. */
export interface Way extends Pick<SupervisedLinkParts, 'goesOn' | 'window' | 'debuggers'> {
  readonly connection: SupervisorConnection;
}

export interface AttachedLink {
  readonly link: SupervisedLink;
  readonly options: KeptOptions;
}

/**
 * Becomes the host of a session that goes on.
 * @throws SessionGoneError if it has ended, or does not accept the reference.
 */
export async function attachLink({ reference, stored, printed, log, way }: AttachLinkOptions): Promise<AttachedLink> {
  const connection = way?.connection ?? (await connect(reference, log));
  try {
    const attachment = await connection.attach(reference.secret, stored);
    const { info, pid, leavesChildren } = await greeting(connection, attachment, printed);
    const { marker, options } = v.parse(about, attachment.about);
    const now = { ...reference, pid };
    const link = new SupervisedLink({
      connection,
      attachment,
      reference: now,
      pid,
      goesOn: way?.goesOn ?? (() => whetherReplaced(now, log)),
      ...(way?.window === undefined ? {} : { window: way.window }),
      ...(way?.debuggers && { debuggers: way.debuggers }),
      info,
      leavesChildren,
      marker,
      printed,
      log,
    });
    return { link, options };
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

async function connect({ directory }: SessionReference, log: Logger): Promise<SupervisorConnection> {
  try {
    return await connectToSupervisor(directory, log);
  } catch (error) {
    const detail = existsSync(directory) && error instanceof Error ? error.message : undefined;
    throw new SessionGoneError('ended', detail, { cause: error });
  }
}
