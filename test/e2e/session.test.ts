import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, inject } from 'vitest';
import { extensionHost } from '../support/e2e/extensionHost.js';
import { test } from '../support/e2e/test.js';
import type { Workbench } from '../support/e2e/workbench.js';

/** A program that says `sign`, and a line of its own below that tells whether its namespace is still there. */
const endless = (sign: string): string =>
  `import time\n${sign} = 5\nprint("${sign} now")\nwhile ${sign}: time.sleep(0.05)\n${sign}\n`;

/** Sessions that start from now on go on without the window, which no others in these tests do. */
async function outliveWindow(window: Workbench): Promise<void> {
  if (window.hasFile('.vscode/settings.json')) return;
  await window.setSettings({ 'extsession.sessions.keepAlive': 'untilClosed' });
}

test('a selected expression is evaluated: the value stands in the panel and in a notice', async ({ open }) => {
  const window = await open({ files: { 'values.py': 'numbers = [1, 2, 3]\nsum(numbers) * 7\n' } });
  await window.openFile('values.py');
  await window.goToLine(1);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('numbers = ').becomes('done');
  await window.selectLines(2, 2);
  await window.runCommand('ExtSession: Evaluate Expression');
  await window.notifications.getByText('42').first().waitFor();
  const command = window.panel.command('sum(numbers) * 7');
  await command.becomes('done');
  expect(await command.value.innerText()).toBe('42');
});

test('an expression is asked for when none is selected', async ({ open }) => {
  const window = await open({ files: { 'empty.py': '\n' } });
  await window.openFile('empty.py');
  await window.runCommand('ExtSession: Evaluate Expression');
  await window.quickInput.fill('6 * 9');
  await window.page.keyboard.press('Enter');
  await window.notifications.getByText('54').first().waitFor();
});

test('an expression is asked for in the language of the file', async ({ open }) => {
  const window = await open({ files: { 'empty.js': '\n' } });
  await window.openFile('empty.js');
  await window.runCommand('ExtSession: Evaluate Expression');
  await window.page.getByText('Enter a JavaScript expression').waitFor();
  await window.quickInput.fill('void 0');
  await window.page.keyboard.press('Enter');
  await window.notifications.getByText('undefined').first().waitFor();
});

test('a Python is chosen by its version where the Python extension is not there', async ({ open }) => {
  const window = await open({ files: { 'some.py': '\n' } });
  await window.openFile('some.py');
  await window.runCommand('ExtSession: Select Python Interpreter');
  await window.choices.filter({ hasText: /python3.*Python 3\.\d+/ }).waitFor();
  await window.page.keyboard.press('Escape');
});

test('an interrupt ends the running command and keeps the variables', async ({ open }) => {
  const window = await open({ files: { 'endless.py': endless('busy') } });
  await window.openFile('endless.py');
  await window.selectLines(1, 4);
  await window.runCommand('ExtSession: Run Selection in Session');
  const command = window.panel.command('while busy');
  await command.stdout.getByText('busy now').waitFor();
  await window.runCommand('ExtSession: Interrupt Session');
  await command.becomes('interrupted');

  await window.goToLine(5);
  await window.runCommand('ExtSession: Run Selection in Session');
  const kept = window.panel.command('busy').value;
  await kept.waitFor();
  expect(await kept.innerText()).toBe('5');
});

test('a restart works while a command runs: a divider, and an empty namespace below it', async ({ open }) => {
  const window = await open({ files: { 'again.py': endless('again') } });
  await window.openFile('again.py');
  await window.selectLines(1, 4);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('while again').stdout.getByText('again now').waitFor();
  await window.runCommand('ExtSession: Restart Session');
  await window.panel.dividers.getByText('restarted').waitFor();
  expect(await window.panel.command('while again').stdout.innerText()).toContain('again now');

  await window.goToLine(5);
  await window.runCommand('ExtSession: Run Selection in Session');
  const gone = window.panel.command('again');
  await gone.error.getByText('NameError').waitFor();
});

test('a crash is shown at once with its signal, and the next run begins anew', async ({ open }) => {
  const source = 'import os; print("last words", flush=True); os.abort()\nprint("alive again")\n';
  const window = await open({ files: { 'crash.py': source } });
  await window.openFile('crash.py');
  await window.goToLine(1);
  await window.runCommand('ExtSession: Run Selection in Session');
  const crashed = window.panel.command('last words');
  await crashed.becomes('died');
  expect(await crashed.stdout.innerText()).toContain('last words');
  expect(await crashed.node.innerText()).toContain('SIGABRT');

  await window.goToLine(2);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('alive again').stdout.getByText('alive again').waitFor();
});

test('a session ends in order when its window goes: exit handlers run and files are written', async ({ open }) => {
  const program = `import atexit\nout = open("left.txt", "w")\nout.write("not flushed, ")
atexit.register(lambda: out.write("at exit"))\nprint("prepared")\n`;
  const window = await open({ files: { 'leaves.py': `${program}while True: pass\n` } });
  await window.openFile('leaves.py');
  await window.selectLines(1, 6);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('while True').stdout.getByText('prepared').waitFor();
  await window.reload();
  await expect.poll(() => window.readFile('left.txt'), { timeout: 20_000 }).toBe('not flushed, at exit');
});

/** A running command that shows a plot before and after a file is there, and a name that only the session knows. */
const LONG = `import os, time
known = 42; known + 1
class Plot:
    def __init__(self, width): self.width = width
    def _repr_svg_(self):
        return f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="9"><rect width="9" height="9"/></svg>'
globals()["kilo" + "metres"] = 7
print("before"); display(Plot(31))
while not os.path.exists("go"): time.sleep(0.02)
display(Plot(32)); print("after", known, os.getpid())
`;

test('a session survives a reload in the middle of a command, and is listed and stopped in the sessions view', async ({
  open,
}) => {
  const window = await open({ files: { 'long.py': LONG } });
  await outliveWindow(window);
  await window.openFile('long.py');
  await window.runCommand('ExtSession: Restart Session');
  await window.selectLines(1, 2);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('known = 42').becomes('done');
  await window.selectLines(3, 10);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('while not').node.locator('img').waitFor();
  const shown = performance.now();
  await window.reload();
  const command = window.panel.command('while not');
  await command.becomes('running');
  const elapsed = performance.now() - shown;
  await expect.poll(() => command.seconds(), { timeout: 3000 }).toBeGreaterThan(elapsed / 1000 - 2);
  await window.panel.dividers.getByText('the session continues').waitFor();
  await window.editor.shows('43');
  await window.goToLine(2);
  await window.editor.hoverAtCursor();
  await window.editor.hover.getByText('42').first().waitFor();
  await window.goToLine(11);
  await window.page.keyboard.type('kilo');
  await window.editor.suggests('kilometres');
  await window.page.keyboard.press('Escape');
  await window.runCommand('Explorer: Focus on Sessions View');
  const running = window.sessions.filter({ hasText: 'class Plot' });
  await running.waitFor();
  await window.writeFile('go', '');
  await command.becomes('done');
  await running.waitFor({ state: 'hidden' });
  const [, pid] = /^before\n[^]*after 42 (\d+)$/.exec((await command.stdout.allInnerTexts()).join('\n')) ?? [];
  expect(pid).toBeDefined();
  const widths = command.node.locator('img').evaluateAll((plots) => plots.map(({ clientWidth }) => clientWidth));
  expect(await widths).toEqual([31, 32]);
  const session = window.sessions.filter({ hasText: 'idle' });
  await session.hover();
  await session.getByRole('button', { name: 'Stop Session' }).click();
  await expect.poll(() => existsSync(`/proc/${String(pid)}`), { timeout: 20_000 }).toBe(false);
  await window.page.getByText('No session is running').waitFor();
});

test('a session runs where a command leads, with a file attached to it, and says where that is', async ({ open }) => {
  const window = await open({ files: { 'far.py': 'import os\nos.environ["PLACE"]\n' } });
  await window.openFile('far.py');
  await window.runCommand('ExtSession: Connect to Another Machine');
  await window.choices.filter({ hasText: 'Enter a Command' }).click();
  await window.page.getByText('The command in front of the interpreter').waitFor();
  await window.quickInput.fill('env PLACE=elsewhere');
  await window.page.keyboard.press('Enter');
  await window.choices.filter({ hasText: /python3.*Python 3\.\d+/ }).click();
  await window.page.getByText('The working directory there').waitFor();
  await window.page.keyboard.press('Enter');
  await window.notifications.getByRole('button', { name: 'Attach File' }).click();
  await expect.poll(() => window.panel.header.innerText()).toMatch(/Python 3\.\d+ · PLACE=elsewhere/);
  await window.openFile('far.py');
  await window.selectLines(1, 2);
  await window.runCommand('ExtSession: Run Selection in Session');
  const command = window.panel.command('os.environ["PLACE"]');
  await command.becomes('done');
  expect(await command.value.innerText()).toBe("'elsewhere'");
});

test('a session that is stopped while its machine does not answer ends as soon as that does', async ({ open }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'far-'));
  const at = (name: string): string => path.join(folder, name);
  const way = `test -e ${at('answers')} || { echo "No route to host" >&2; exit 255; }; echo $$ > ${at('pid')}; exec "$@"`;
  writeFileSync(at('way.sh'), way);
  writeFileSync(at('answers'), '');
  const window = await open({ files: { 'far.py': 'import os\nos.getpid()\n' } });
  await outliveWindow(window);
  await window.openFile('far.py');
  await window.runCommand('ExtSession: Connect to Another Machine');
  await window.choices.filter({ hasText: 'Enter a Command' }).click();
  await window.quickInput.fill(`sh ${at('way.sh')} env PLACE=nowhere`);
  await window.page.keyboard.press('Enter');
  await window.choices.filter({ hasText: /python3.*Python 3\.\d+/ }).click();
  await window.page.getByText('The working directory there').waitFor();
  await window.page.keyboard.press('Enter');
  await window.notifications.getByRole('button', { name: 'Attach File' }).click();
  await window.openFile('far.py');
  await window.selectLines(1, 2);
  await window.runCommand('ExtSession: Run Selection in Session');
  const command = window.panel.command('os.getpid()');
  await command.becomes('done');
  const session = `/proc/${await command.value.innerText()}`;
  rmSync(at('answers'));
  process.kill(Number(readFileSync(at('pid'), 'utf8')), 'SIGKILL');
  await window.panel.document.getByText('connection to the machine was lost').waitFor();
  await window.runCommand('ExtSession: Stop Session');
  await window.panel.document.getByText('cannot be stopped yet').waitFor();
  await window.runCommand('Explorer: Focus on Sessions View');
  const waiting = window.sessions.filter({ hasText: 'to be stopped' });
  await waiting.waitFor();
  expect(existsSync(session)).toBe(true);
  writeFileSync(at('answers'), '');
  await waiting.waitFor({ state: 'detached', timeout: 60_000 });
  await expect.poll(() => existsSync(session), { timeout: 20_000 }).toBe(false);
  rmSync(folder, { recursive: true });
});

test('an extension host that is killed costs nothing: input() asks again, and what is queued runs', async ({
  open,
}) => {
  const source = 'name = input("Who? ")\nprint("hello", name)\nname * 2\n';
  const window = await open({ files: { 'ask.py': source } });
  await outliveWindow(window);
  await window.openFile('ask.py');
  await window.selectLines(1, 2);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.document.locator('.ask input').waitFor();
  await window.goToLine(3);
  await window.runCommand('ExtSession: Run Selection in Session');
  const queued = window.panel.command('name * 2');
  await queued.becomes('queued');
  await window.panel.document.locator('body').evaluate((body) => body.setAttribute('data-left', ''));
  await window.problems.leaveOut(async () => {
    process.kill(extensionHost(inject('servers')), 'SIGKILL');
    await window.panel.document.locator('body:not([data-left]) .ask input').waitFor({ timeout: 90_000 });
  });
  await queued.becomes('queued');
  await window.panel.document.locator('.ask input').fill('Ada');
  await window.page.keyboard.press('Enter');
  await queued.becomes('done');
  expect(await window.panel.command('input("Who? ")').stdout.last().innerText()).toContain('hello Ada');
  await window.editor.shows("'AdaAda'");
  await window.runCommand('ExtSession: Stop All Sessions');
});
