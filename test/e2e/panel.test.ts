import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';

test('a panel that was hidden and shown again has its transcript', async ({ open }) => {
  const window = await open({ files: { 'hidden.py': 'print("still here")\n', 'other.txt': 'in front\n' } });
  await window.openFile('hidden.py');
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('still here').becomes('done');
  await window.runCommand('View: Focus Next Editor Group');
  await window.openFile('other.txt');
  await window.panel.commands.first().waitFor({ state: 'detached' });

  await window.runCommand('ExtSession: Open Session Panel');
  const command = window.panel.command('still here');
  await command.becomes('done');
  expect(await command.stdout.innerText()).toContain('still here');
});

/** Never ends, and leaves a file with all that was written to it if its session ends in order. */
const LEAVES = `import atexit
out = open("left.txt", "w")
out.write("not flushed, ")
atexit.register(lambda: out.write("at exit"))
print("prepared")
while True: pass
`;

test('a window reload ends the session in order, and keeps the transcript as history and what was typed', async ({
  open,
}) => {
  const source = 'remembered = 1\nprint("before the reload")\nremembered\n';
  const window = await open({ files: { 'two.py': source, 'leaves.py': LEAVES } });
  const { keyboard } = window.page;
  await window.openFile('two.py');
  await window.selectLines(1, 2);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('before the reload').becomes('done');
  await window.panel.input.click();
  await keyboard.type('remembered + 1');
  await keyboard.press('Enter');
  await window.panel.command('remembered + 1').value.getByText('2').waitFor();
  await window.runCommand('View: Focus First Editor Group'); // the panel had the focus
  await window.openFile('leaves.py');
  await window.selectLines(1, 6);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('while True').stdout.getByText('prepared').waitFor();
  await window.panel.command('remembered = 1').node.press('i');
  await window.panel.command('remembered = 1').node.getByText('1 more line').waitFor();
  await window.stores(/extents\W+\d+\W+first/);
  await window.reload();

  await expect.poll(() => window.readFile('left.txt'), { timeout: 20_000 }).toBe('not flushed, at exit');
  const before = window.panel.command('remembered = 1');
  await before.stdout.getByText('before the reload').waitFor();
  await window.panel.command('remembered = 1').node.getByText('1 more line').waitFor();
  await window.panel.dividers.getByText('reloaded').waitFor();
  await window.panel.input.click();
  // The input line is there before what was typed earlier.
  await expect
    .poll(async () => {
      await keyboard.press('ArrowUp');
      return window.panel.input.innerText();
    })
    .toBe('remembered + 1');
  await window.runCommand('View: Focus First Editor Group');
  await window.openFile('two.py');
  await window.goToLine(3);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.commands.last().getByText('NameError').waitFor();
});

test('a regular expression finds what was printed, and one that never ends leaves the panel alive', async ({
  open,
}) => {
  const window = await open({ files: { 'many.py': 'print("x1 y22 " + "a" * 60)\n' } });
  await window.openFile('many.py');
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('print(').becomes('done');
  await window.panel.input.click();
  await window.page.keyboard.press('Control+F');
  const find = window.panel.document.getByRole('textbox', { name: 'Find' });
  await find.waitFor();
  await window.page.keyboard.press('Alt+r');
  const bar = window.panel.document.locator('.find'); // what it says is announced elsewhere, too
  await find.fill('y\\d+ a');
  await bar.getByText('1 of 1').waitFor();
  await find.fill('(a+)+b');
  await bar.getByText('The search took too long').waitFor();
  await find.fill('x\\d y');
  await bar.getByText(/1 of \d/).waitFor();
});
