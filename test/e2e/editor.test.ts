import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';

test('the margin and the ends of lines tell what became of the code, until Escape', async ({ open }) => {
  const source =
    '# %% one\ntotal = 6\ntotal * 7\n\n# %% two\ndef share(part, whole):\n    return part / whole\n\nshare(1, 0)\n';
  const window = await open({ files: { 'marks.py': source } });
  await window.openFile('marks.py');
  await window.goToLine(2);
  await window.runCommand('ExtSession: Run Cell and Advance');
  await window.editor.shows('42');
  await window.runCommand('ExtSession: Run Cell in Session');
  await window.editor.shows('42', 'ZeroDivisionError: division by zero');
  await expect.poll(() => window.editor.gutterMarks.count()).toBe(2);
  await expect.poll(() => window.editor.squiggles.count()).toBeGreaterThan(0);

  await window.goToLine(3);
  await window.page.keyboard.press('End');
  await window.page.keyboard.press('Escape');
  await window.editor.shows();
});

test('the pointer on a result shows the whole value and the way to the panel', async ({ open }) => {
  const long = `list(range(200))  # a long line`;
  const window = await open({ files: { 'value.py': `${long}\n` } });
  await window.openFile('value.py');
  await window.goToLine(1);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.editor.shows('[0, 1, 2');
  // The panel beside it leaves less room than the line and its value take.
  await window.panel.command('list(range(200))').becomes('done');
  await expect.poll(() => window.editor.scrollsSideways()).toBe(false);
  await window.editor.hoverResult();
  await window.editor.hover.getByText('198, 199]').waitFor();
  await window.editor.hover.getByRole('link', { name: 'Open in Panel' }).waitFor();
});

test('Shift+Enter held down runs every statement of a long file once, in order', async ({ open }) => {
  const statements = Array.from({ length: 200 }, (_, index) => `seen.append(${String(index)})`);
  const window = await open({ files: { 'long.py': `seen = []\n${statements.join('\n')}\n` } });
  await window.openFile('long.py');
  await window.goToLine(1);
  await window.page.keyboard.down('Shift');
  for (let press = 0; press <= statements.length; press++) await window.page.keyboard.down('Enter');
  await window.page.keyboard.up('Enter');
  await window.page.keyboard.up('Shift');
  await window.cursorAt(202);
  await window.page.keyboard.type('assert seen == list(range(200)), seen; len(seen)');
  await window.page.keyboard.press('Shift+Enter');

  const check = window.panel.command('assert seen');
  await check.becomes('done');
  expect(await check.value.innerText()).toBe('200');
});

test('Ctrl+Enter runs the cell or the selection in place, Ctrl+Alt+] goes to the next cell', async ({ open }) => {
  const source = '# %% one\ncell = 1\ncell + 10\n# %% two\ncell + 20\n';
  const window = await open({ files: { 'keys.py': source, 'plain.py': 'plain = 2\nplain + 30\n' } });
  const { keyboard } = window.page;
  await window.openFile('keys.py');
  await window.goToLine(2);
  await keyboard.press('Control+Enter');
  await window.editor.shows('11');
  await window.cursorAt(2);
  await keyboard.press('Control+Alt+BracketRight');
  await window.cursorAt(4);
  await keyboard.press('Shift+Enter');
  await window.editor.shows('11', '21');
  await window.selectLines(3, 3);
  await keyboard.press('Control+Enter');
  const selection = window.panel.command('cell + 10');
  await expect.poll(() => selection.node.innerText()).not.toContain('cell = 1'); // that was the command before
  await selection.becomes('done');

  await window.openFile('plain.py');
  await window.goToLine(1);
  await keyboard.press('Control+Enter');
  await window.panel.command('plain = 2').becomes('done');
  await window.cursorAt(1);
  await keyboard.press('Alt+Shift+KeyE');
  await window.cursorAt(2);
  await keyboard.press('Control+Enter');
  await window.editor.shows('32');
});

test('magics are set apart in the text, and the remainder is not', async ({ open }) => {
  const magics = ['%timeit f(x)', '!ls -l', 'files = !ls', '?x', 'x?', '%%bash'];
  const python = ['x = (10', '%y)', 'y = (10', '%time', ')', '% time', '!= 3', '"""', '!ls', '%time', '"""', 'x %= 3'];
  const window = await open({ files: { 'magics.py': `${[...python, ...magics].join('\n')}\n` } });
  await window.openFile('magics.py');
  const colorOf = (line: string, part: string) => window.editor.colorOf(line, part);
  // The text is there before its colors, which the last line has last.
  const uncolored = await colorOf('x = (10', 'x');
  await expect.poll(() => colorOf('%%bash', '%%bash')).not.toBe(uncolored);
  const [magic, operator] = [await colorOf('%timeit f(x)', '%timeit'), await colorOf('x %= 3', '%=')];
  expect(magic).not.toBe(operator);
  expect(await colorOf('!ls -l', '!')).toBe(magic);
  expect(await colorOf('files = !ls', '!')).toBe(magic);
  expect(await colorOf('?x', '?')).toBe(magic);
  expect(await colorOf('x?', '?')).toBe(magic);
  expect(await colorOf('%%bash', '%%bash')).toBe(magic);
  for (const line of ['%y)', '% time']) expect(await colorOf(line, '%')).toBe(operator);
  expect(await colorOf('!= 3', '!=')).toBe(operator);
  expect(await colorOf('%time', '%time')).not.toBe(magic);
});
