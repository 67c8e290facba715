import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';

test("each command keeps its own output: Python's, a child's, a late child's, and stderr", async ({ open }) => {
  const source = [
    'import os, subprocess, sys; print("one"); print("one complains", file=sys.stderr)',
    'os.system("echo two from a shell"); late = subprocess.Popen("read line; echo late two", shell=True, stdin=subprocess.PIPE)',
    'print("three")',
    'late.communicate(b"go\\n"); print("four")',
  ];
  const window = await open({ files: { 'apart.py': source.join('\n') } });
  await window.openFile('apart.py');
  for (const line of source.keys()) {
    await window.goToLine(line + 1);
    await window.runCommand('ExtSession: Run Selection in Session');
  }

  const one = window.panel.command('one complains');
  const two = window.panel.command('two from a shell');
  const three = window.panel.command('print("three")');
  const four = window.panel.command('print("four")');
  await four.becomes('done');
  await two.late.getByText('late two').waitFor();
  const text = async (locator: Locator): Promise<string> => (await locator.allInnerTexts()).join('\n');

  expect(await text(one.stdout)).toMatch(/^\s*one\s*$/);
  expect(await text(one.stderr)).toContain('one complains');
  expect(await text(two.stdout)).toContain('two from a shell');
  expect(await text(two.stdout)).not.toMatch(/three|four/);
  expect(await text(three.stdout)).toMatch(/^\s*three\s*$/);
  expect(await text(four.stdout)).not.toContain('late two');
  expect(await text(four.stdout)).toContain('four');
});

test('output is to be seen while the command still runs', async ({ open }) => {
  const source = [
    'import os, time',
    'print("begun")',
    'while not os.path.exists("stop"): time.sleep(0.05)',
    'print("ended")',
  ];
  const window = await open({ files: { 'stream.py': source.join('\n') } });
  await window.openFile('stream.py');
  await window.selectLines(1, 4);
  await window.runCommand('ExtSession: Run Selection in Session');

  const command = window.panel.command('begun');
  await command.stdout.getByText('begun').waitFor();
  await command.becomes('running');
  expect(await command.stdout.innerText()).not.toContain('ended');
  await window.writeFile('stop', '');
  await command.becomes('done');
  expect(await command.stdout.innerText()).toMatch(/begun\s+ended/);
});
