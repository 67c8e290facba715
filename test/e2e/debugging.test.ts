import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';

test('a cell of TypeScript stops at a breakpoint of the editor, and its output stays in the panel', async ({
  open,
}) => {
  const source =
    '// %%\ninterface Price { amount: number }\nfunction twice({ amount }: Price): number {\n' +
    '  console.log("in twice");\n  return amount * 2;\n}\ntwice({ amount: 21 })\n';
  const window = await open({ files: { 'stops.ts': source } });
  await window.openFile('stops.ts');
  await window.goToLine(5);
  await window.runCommand('Debug: Toggle Breakpoint');
  await window.runCommand('ExtSession: Debug Cell');

  const command = window.panel.command('twice({ amount: 21 })');
  await command.node.getByText('paused at line 5').waitFor();
  await window.page.locator('.debug-top-stack-frame-line').first().waitFor();
  await command.stdout.getByText('in twice').waitFor(); // which comes on a way of its own
  await window.runCommand('Debug: Continue');
  await command.becomes('done');
  expect(await command.value.innerText()).toBe('42');
});
