import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { type GroupState, ProcessGroup } from '../../../src/engine/link/processGroup.js';
import { canReusePids, strangerWith } from '../../support/reusePid.js';

const patient = { timeout: 20_000 };

/** A group whose leader has ended, after it started a child that stays, if it was to. */
async function leftGroup({
  child,
}: {
  child: boolean;
}): Promise<{ group: ProcessGroup; child: number; states: GroupState[] }> {
  const script = child ? 'sleep 600 & echo $!' : 'echo 0';
  const leader = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  const group = new ProcessGroup(leader.pid ?? 0);
  const states: GroupState[] = [];
  group.onDidChangeState((state) => states.push(state));
  const [[line]] = (await Promise.all([once(createInterface(leader.stdout), 'line'), once(leader, 'exit')])) as [
    [string],
    unknown,
  ];
  group.leave();
  return { group, child: Number(line), states };
}

test('a group that is empty when its leader has ended is gone', async () => {
  const { group, states } = await leftGroup({ child: false });
  expect([group.state, ...states]).toEqual(['gone', 'left', 'gone']);
  expect(group.signal('SIGKILL')).toBe(false);
});

test('a group with a child stays until the child has ended too, which is noticed', async () => {
  const { group, child, states } = await leftGroup({ child: true });
  expect(states).toEqual(['left']);
  process.kill(child, 'SIGKILL');
  await expect.poll(() => states, patient).toEqual(['left', 'gone']);
  expect(group.signal('SIGKILL')).toBe(false);
});

test('a signal reaches the children that are left', async () => {
  const { group, states } = await leftGroup({ child: true });
  expect(group.signal('SIGKILL')).toBe(true);
  await expect.poll(() => states, patient).toEqual(['left', 'gone']);
});

test.skipIf(!canReusePids)('a stranger under the same number is never signalled', async () => {
  const { group, child } = await leftGroup({ child: true });
  process.kill(child, 'SIGKILL');
  await expect.poll(() => isAlive(child), { ...patient, interval: 1 }).toBe(false);
  const stranger = strangerWith(group.id);
  const exited = once(stranger, 'exit');
  expect(group.signal('SIGTERM')).toBe(false);
  expect(group.state).toBe('gone');
  stranger.kill('SIGINT');
  expect(await exited).toEqual([null, 'SIGINT']);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
