import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';

test('a cell of TypeScript stops at a breakpoint of the editor, and its output stays in the panel', async ({
  open,
}) => {
  const source =
    '// %%\ninterface Price { amount: number }\nfunction twice({ amount }: Price): number {\n' +
    '  console.log("in twice");\n  return amount * 2;\n}\ntwice({ amount: 21 })\n';
  const window = await open({ files: { 'stops.ts': source } });
  window.spoil(); // with the views of the debugger, and a breakpoint
  await window.openFile('stops.ts');
  await window.goToLine(5);
  await window.runCommand('Debug: Toggle Breakpoint');
  await window.runCommand('ExtSession: Debug Cell');

  const command = window.panel.command('twice({ amount: 21 })');
  await command.node.getByText('paused at line 5').waitFor();
  await window.page.locator('.debug-top-stack-frame-line').first().waitFor();
  await command.stdout.getByText('in twice').waitFor(); // which comes on a way of its own
  await window.screenshot('paused');
  await window.runCommand('Debug: Continue');
  await command.becomes('done');
  expect(await command.value.innerText()).toBe('42');
});

test('a profile stands at the ends of the lines of a file until it is edited', async ({ open }) => {
  const source = '# %%\nimport time\ndef wait(seconds):\n    time.sleep(seconds)\nwait(0.4)\nsum(range(10_000_000))\n';
  const window = await open({ files: { 'slow.py': source } });
  await window.openFile('slow.py');
  await window.goToLine(2);
  await window.runCommand('ExtSession: Profile Cell');
  await window.page.locator('.tab', { hasText: '.cpuprofile' }).waitFor();
  await window.openFile('slow.py');
  const times = async () => (await window.editor.results()).filter((text) => text.endsWith(' %'));
  await expect.poll(times, { timeout: 20_000 }).toContainEqual(expect.stringMatching(/^\d+(\.\d+)? m?s · \d+ %$/u));
  await window.screenshot('line-times');
  await window.goToLine(6);
  await window.page.keyboard.type('1; ');
  await expect.poll(times, { timeout: 20_000 }).toEqual([]);
});
