/**
 * The far end of a session whose host is on another machine. The host sends this program to a Node.js there.
 *
 * Receives what is to run, starts the owner of the session, or finds it, and passes on what the two say to each other.
 * Until then, it tells how it gets on in lines that begin with a word of the host's.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { sent } from '../../../engine/supervised/frames.js';
import { guarded } from './guarded.js';
import { readFrame, say } from './host.js';
import { makeDirectory } from './makeDirectory.js';
import { programsThere } from './programs.js';
import { connectTo, relay, type SessionEnd } from './relay.js';
import { type SentOrders, startOwner } from './startOwner.js';

const DIGEST = 32;
const SILENCE_MS = 60_000;
/** If the session ends with its host. */
const LAST_SILENCE_MS = 600_000;

interface Found {
  readonly directory: string;
  readonly session: SessionEnd;
  /** The process that ends with its host. */
  readonly owner?: ChildProcess;
}

process.on('SIGINT', () => undefined);
void main();

async function main(): Promise<void> {
  let found: Found;
  try {
    const { kind, payload } = readFrame();
    found = await (kind === sent.begin ? begin(payload) : join(payload.toString()));
  } catch (error) {
    say('failed', String(error));
    process.exit(70);
  }
  const { directory, session, owner } = found;
  say('ready', directory);
  const isInOrder = await relay(session, owner ? LAST_SILENCE_MS : SILENCE_MS);
  if (owner?.exitCode === null && owner.signalCode === null) await once(owner, 'exit'); // it must not outlive this process
  process.exit(isInOrder ? 0 : 1); // a host that was only asleep takes the connection for lost, and connects again
}

/** A new session. */
function begin(payload: Buffer): Promise<Found> {
  const orders = JSON.parse(payload.toString('utf8', DIGEST)) as SentOrders;
  return guarded(orders.guardian, (guard) => place(payload.toString('latin1', 0, DIGEST), orders, guard));
}

async function place(digest: string, orders: SentOrders, guard: (directory: string) => void): Promise<Found> {
  const mask = process.umask(0o077);
  const directory = makeDirectory(guard);
  try {
    const programs = programsThere(digest, directory);
    process.umask(mask);
    const owner = await startOwner(orders, programs, directory);
    return { ...(await join(directory)), ...(orders.endsWithHost && { owner }) };
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

/** A session that goes on without a host. */
async function join(directory: string): Promise<Found> {
  return { directory, session: await connectTo(`${directory}/h`) };
}
