import * as v from 'valibot';
import { type Machine, machine } from '../../host/machines/machine.js';

const KEY = 'machines';
const MOST = 5;
const list = v.array(machine);

interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** Where sessions were started last, the latest first. */
export function recentMachines(memory: Pick<Memory, 'get'>): readonly Machine[] {
  const { success, output } = v.safeParse(list, memory.get(KEY) ?? []);
  return success ? output : [];
}

export async function rememberMachine(memory: Memory, used: Machine): Promise<void> {
  const command = used.command.join(' ');
  const others = recentMachines(memory).filter((other) => other.command.join(' ') !== command);
  await memory.update(KEY, [used, ...others].slice(0, MOST));
}
