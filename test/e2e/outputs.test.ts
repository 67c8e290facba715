import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { Command } from '../support/e2e/panel.js';
import { test } from '../support/e2e/test.js';
import type { Workbench } from '../support/e2e/workbench.js';

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
    // While the extension is being activated it runs what the cursor is at then.
    await window.panel.commands.nth(line).waitFor();
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

test('what is found in the middle of a long output opens in an editor, beside the panel', async ({ open }) => {
  const window = await open({ files: { 'flood.py': 'for row in range(30000): print("row", row)\n' } });
  await window.openFile('flood.py');
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('range(30000)').becomes('done');
  await window.runCommand('ExtSession: Open Session Panel');
  await expect.poll(() => window.panel.input.evaluate((node) => node === document.activeElement)).toBe(true);
  await window.page.keyboard.press('ControlOrMeta+f');
  await window.page.keyboard.type('row 1234');

  const elsewhere = window.panel.document.getByRole('button', { name: 'in output that is not shown' });
  await elsewhere.getByText('11 in output').waitFor();
  await elsewhere.click();
  await window.page.locator('.tab.active', { hasText: /Output of command \d+\.txt/ }).waitFor();
  await window.page.locator('.statusbar-item', { hasText: 'Ln 1235, Col 9 (8 selected)' }).waitFor();
  await elsewhere.waitFor();
});

/** Each a single pixel. */
const images = {
  png: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  jpeg: '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  gif: 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
  'svg+xml': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
};

test('images open in full in the image editor', async ({ open }) => {
  const source = Object.entries(images).map(([kind, data]) => `display({"image/${kind}": '${data}'}, raw=True)\n`);
  const window = await open({ files: { 'images.py': source.join('') } });
  await window.openFile('images.py');
  await window.selectLines(1, source.length);
  await window.runCommand('ExtSession: Run Selection in Session');
  for (const [index, extension] of ['png', 'jpg', 'gif', 'svg'].entries()) {
    await openInFull(window, window.panel.command('image/png'), index);
    const file = new RegExp(String.raw`/output-\d+\.${extension}`);
    await expect.poll(() => window.imagesOfFrames()).toContainEqual(expect.stringMatching(file));
  }
});

test('an image in full is still there after its tab went to another group', async ({ open }) => {
  const window = await open({ files: { 'moved.py': `display({"image/gif": '${images.gif}'}, raw=True)\n` } });
  await window.openFile('moved.py');
  await window.runCommand('ExtSession: Run Selection in Session');
  await openInFull(window, window.panel.command('image/gif'), 0);
  const shown = async (): Promise<boolean> => (await window.imagesOfFrames()).some((file) => file.includes('/output-'));
  await expect.poll(shown).toBe(true);

  await window.runCommand('View: Move Editor into Previous Group');
  const tab = (name: string): Locator => window.page.getByRole('tab', { name: `${name}, Editor Group 1` });
  await tab('.gif').waitFor();
  await tab('moved.py').click();
  await expect.poll(shown).toBe(false);
  await tab('.gif').click();
  await expect.poll(shown).toBe(true);
});

/** Opens what a command displayed in the group of the panel, which has the focus then. */
async function openInFull(window: Workbench, { node }: Command, index: number): Promise<void> {
  await window.runCommand('ExtSession: Open Session Panel');
  const foot = node.locator('.foot').nth(index);
  await foot.hover();
  await foot.getByRole('button', { name: 'Open full output' }).click();
}
