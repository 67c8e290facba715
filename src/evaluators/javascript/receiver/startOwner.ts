import { type ChildProcess, spawn } from 'node:child_process';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Orders } from '../supervisor/orders.js';

/** What the host sends: it does not know the places here, and has written words in their stead. */
export interface SentOrders extends Omit<Orders, 'directory'> {
  readonly places: { readonly programs: string; readonly directory: string };
  readonly cwd: string | null;
}

const MOST_WORDS = 4096;
/** What keeps the supervisor small: it has few objects, and most of them are short-lived. */
const smallHeap = '--max-semi-space-size=1';

/**
 * Starts the owner of a session, which leads a session of processes of its own. Resolves when it can be connected to.
 * @throws Error with what it says if it ends before that, or the error of the system.
 */
export async function startOwner(sent: SentOrders, programs: string, directory: string): Promise<ChildProcess> {
  const { NODE_OPTIONS, ...env } = process.env; // they are meant for the user's code
  if (sent.cwd !== null) process.chdir(expanded(sent.cwd));
  const owner = spawn(process.execPath, [smallHeap, path.join(programs, 'supervisor', 'main.cjs')], {
    detached: true,
    env,
    stdio: 'pipe',
  });
  const orders: Orders = {
    ...placed(sent, programs, directory),
    env: { NODE_OPTIONS: NODE_OPTIONS ?? null, ...sent.env },
  };
  owner.stdin.on('error', () => undefined); // it has ended, and says why
  owner.stdin.end(JSON.stringify(orders));
  let words = '';
  owner.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(0, MOST_WORDS)));
  await new Promise<void>((resolve, reject) => {
    owner.stdout.once('data', () => {
      resolve();
    });
    owner.once('error', reject);
    owner.once('close', () => {
      reject(new Error(words.trim() || 'The supervisor has ended.'));
    });
  });
  return owner;
}

function placed(
  { places, argv: [program, ...args], ...orders }: SentOrders,
  programs: string,
  directory: string,
): Orders {
  const here = args.map((each) => each.replaceAll(places.programs, programs).replaceAll(places.directory, directory));
  return { ...orders, argv: [expanded(program), ...here], directory };
}

function expanded(file: string): string {
  return file.replace(/^~(?=\/|$)/, homedir());
}
