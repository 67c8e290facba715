import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';

test('a selection runs in a session and shows its output in a panel beside the editor', async ({ open }) => {
  const window = await open({ files: { 'greet.py': 'name = "world"\nprint(f"hello {name}")\nprint("not this")\n' } });
  await window.openFile('greet.py');
  await window.selectLines(1, 2);
  await window.runCommand('ExtSession: Run Selection in Session');

  const command = window.panel.command('hello {name}');
  await command.becomes('done');
  expect(await command.stdout.innerText()).toContain('hello world');
  expect(await window.panel.commands.filter({ hasText: 'hello {name}' }).count()).toBe(1);
  expect(await window.panel.commands.filter({ hasText: 'not this' }).count()).toBe(0);
  await window.panel.header.getByText(/^3\.\d+/).waitFor();
});

test('without a selection the current line runs, the cursor moves on, and the editor keeps the focus', async ({
  open,
}) => {
  const window = await open({ files: { 'lines.py': 'x = 20\n\n# a comment\ny = x + 1\ny * 2\n' } });
  await window.openFile('lines.py');
  await window.goToLine(1);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.cursorAt(4);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.cursorAt(5);
  await window.panel.command('y = x + 1').becomes('done');
  await window.page.keyboard.press('End');
  await window.page.keyboard.type(' + 0');
  await window.runCommand('ExtSession: Run Selection in Session');

  const command = window.panel.command('y * 2 + 0');
  await command.becomes('done');
  expect(await command.value.innerText()).toBe('42');
});

test('a cell runs as one command, and Run Cell and Advance goes to the next', async ({ open }) => {
  const source =
    '# %% first\na = 1\nprint("first", a)\n\n# %% second\nb = """\n# %% no cell\n"""\nprint("second", len(b))\n';
  const window = await open({ files: { 'cells.py': source } });
  await window.openFile('cells.py');
  await window.goToLine(2);
  await window.runCommand('ExtSession: Run Cell and Advance');
  await window.cursorAt(5);
  await window.panel.command('first').becomes('done');
  await window.runCommand('ExtSession: Run Cell in Session');

  const second = window.panel.command('second');
  await second.becomes('done');
  expect(await second.stdout.innerText()).toContain('second 14');
  expect(await second.node.innerText()).toContain('# %% no cell');
  for (const cell of ['print("first"', 'print("second"'])
    expect(await window.panel.commands.filter({ hasText: cell }).count()).toBe(1);
});

test('Markdown cells are shown between the commands of the others', async ({ open }) => {
  const text = '# %% [markdown]\n# # About\n# some *text*\n\n';
  const source = `${text}# %%\nprint("ran")\n\n# %% [raw]\n# raw\n\n# %% [markdown]\n"""\nThe **end**\n"""\n`;
  const window = await open({ files: { 'notes.py': source } });
  await window.openFile('notes.py');
  await window.goToLine(2);
  await window.runCommand('ExtSession: Run All Cells');
  await window.panel.command('print("ran")').becomes('done');
  const shown = async (): Promise<string[]> => {
    const texts = await window.panel.commands.allInnerTexts();
    return texts.flatMap((text) => /notes\.py:\d+/.exec(text) ?? []);
  };
  await expect.poll(shown).toEqual(['notes.py:1', 'notes.py:6', 'notes.py:11']);
  await window.panel.commands.getByRole('heading', { name: 'About' }).waitFor();
  await window.panel.commands.locator('em', { hasText: 'text' }).waitFor();
  await window.panel.commands.locator('strong', { hasText: 'end' }).waitFor();

  await window.page.keyboard.press('Shift+Enter');
  await window.cursorAt(5);
  await expect.poll(shown).toEqual(['notes.py:1', 'notes.py:6', 'notes.py:11', 'notes.py:1']);
});

test('a failure shows its name, message and the line, and the session lives on', async ({ open }) => {
  const window = await open({
    files: { 'fail.py': 'kept = 7\ndef ratio(a, b):\n    return a / b\n\nratio(kept, 0)\nkept\n' },
  });
  await window.openFile('fail.py');
  await window.selectLines(1, 5);
  await window.runCommand('ExtSession: Run Selection in Session');
  const failed = window.panel.command('ratio(kept, 0)');
  await failed.becomes('failed');
  expect(await failed.error.innerText()).toMatch(/ZeroDivisionError\s+division by zero/);
  expect(await failed.error.innerText()).toContain('fail.py:3');

  await window.goToLine(6);
  await window.runCommand('ExtSession: Run Selection in Session');
  const lives = window.panel.command('kept').value;
  await lives.waitFor();
  expect(await lives.innerText()).toBe('7');
});

test('the panel leads back to the line that ran', async ({ open }) => {
  const window = await open({ files: { 'deep.py': `${'\n'.repeat(60)}print("deep down")\n` } });
  await window.openFile('deep.py');
  await window.goToLine(61);
  await window.runCommand('ExtSession: Run Selection in Session');
  const command = window.panel.command('deep down');
  await command.becomes('done');
  await window.goToLine(1);
  await command.node.getByText('deep.py:61').hover();
  await window.page.mouse.down();
  await window.page.keyboard.press('ArrowDown');
  // The editor still has the keys.
  await window.cursorAt(2);
  await window.page.mouse.up();
  await window.cursorAt(61);
});

test('Python that was never saved runs, and leads back too', async ({ open }) => {
  const window = await open({ files: { 'other.txt': 'in front\n' } });
  await window.runCommand('File: New Untitled Text File');
  await window.runCommand('Change Language Mode');
  await window.quickInput.fill('Python');
  await window.page.keyboard.press('Enter');
  await window.page.locator('.statusbar-item', { hasText: /^Python$/ }).waitFor();
  await window.page.locator('.editor-instance .monaco-editor').first().click();
  await window.page.keyboard.type('6 * 7');
  await window.runCommand('ExtSession: Run Selection in Session');

  const command = window.panel.command('6 * 7');
  await command.becomes('done');
  expect(await command.value.innerText()).toBe('42');
  await command.node.getByText('Untitled-1:1').click();
  await window.cursorAt(1);
});

test('TypeScript runs in a session of its own, on nothing but what the extension brings', async ({ open }) => {
  const window = await open({
    files: { 'prices.ts': 'const prices: number[] = [20, 22];\nprices[0]! + prices[1]!\n' },
  });
  await window.openFile('prices.ts');
  await window.selectLines(1, 2);
  await window.runCommand('ExtSession: Run Selection in Session');

  const command = window.panel.command('prices[0]!');
  await command.becomes('done');
  expect(await command.value.innerText()).toBe('42');
  await window.panel.header.getByText('Node.js').waitFor();
});

const HABITS = `# %% In the shell
%%bash
for name in one two; do
  echo "$name of 'them'"
done

# %% Measured
values = list(range(1000))
%timeit -n 100 -r 3 sum(values)
values.index?

# %% Asked of the system
lines = !echo first; echo second
lines

# %% From a module
import helper
helper.answer()

# %% Not there
%nosuch magic
`;

test('magics run, and a module that was edited is reloaded', async ({ open }) => {
  const window = await open({ files: { 'habits.py': HABITS, 'helper.py': 'def answer():\n    return "old"\n' } });
  await window.openFile('habits.py');
  await window.goToLine(2);
  for (const cell of ['%%bash', '%timeit', '!echo', 'import helper']) {
    await window.runCommand('ExtSession: Run Cell and Advance');
    await window.panel.command(cell).node.and(window.panel.settled).waitFor();
  }
  expect(await window.panel.command('%%bash').stdout.innerText()).toContain("two of 'them'");
  await window.openFile('helper.py');
  await window.page.keyboard.press('Control+Home');
  await window.page.keyboard.type('# edited\n');
  await window.goToLine(3);
  await window.page.keyboard.press('End');
  await window.page.keyboard.type(' + " and new"');
  await window.page.keyboard.press('Control+S');
  await window.openFile('habits.py');
  // It is told by its text from the command that ran before.
  await window.goToLine(17);
  await window.page.keyboard.press('End');
  await window.page.keyboard.type('  # once more');
  await window.runCommand('ExtSession: Run Cell and Advance');
  const again = window.panel.command('# once more');
  await again.becomes('done');
  expect(await again.node.innerText()).toContain('reloaded helper');
  expect(await again.value.last().innerText()).toBe("'old and new'");
  await window.runCommand('ExtSession: Run Cell in Session');
  await window.panel.command('%nosuch').becomes('failed');
});
