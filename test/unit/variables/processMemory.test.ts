import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { memoryIn, processesIn, processMemory } from '../../../src/variables/processMemory.js';

const list = `    1     0   100
   20     1    50
  21    20     7
 22 21 3
  30     1   999
`;

test('the memory of a process counts all that it has started, and nothing else', () => {
  expect(memoryIn(processesIn(list), 20)).toEqual({ own: 50 * 1024, children: 10 * 1024, childCount: 2 });
  expect(memoryIn(processesIn(list), 22)).toEqual({ own: 3 * 1024, children: 0, childCount: 0 });
  expect(memoryIn(processesIn(list), 99)).toBeUndefined();
});

test.skipIf(process.platform === 'win32')('a process is measured with a child of its child', async () => {
  const program = `require('node:child_process').spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => 0, 1e6)'], { stdio: ['ignore', 'inherit', 'ignore'] })`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  try {
    await once(child.stdout, 'data');
    const memory = await processMemory(child.pid ?? 0);
    expect(memory?.childCount).toBe(1);
    expect(memory?.own).toBeGreaterThan(1_000_000);
    expect(memory?.children).toBeGreaterThan(1_000_000);
  } finally {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
  }
});
