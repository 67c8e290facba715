import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, inject } from 'vitest';
import { extensionHost } from '../support/e2e/extensionHost.js';
import { test } from '../support/e2e/test.js';
import { appears, until } from '../support/e2e/until.js';
import { Workbench } from '../support/e2e/workbench.js';

/** Sessions that start from now on go on without the window, which no others in these tests do. */
async function outliveWindow(window: Workbench): Promise<void> {
  if (window.hasFile('.vscode/settings.json')) return;
  await window.setSettings({ 'extsession.sessions.keepAlive': 'untilClosed' });
}

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
  const window = await open({ files: { 'plots.py': LONG } });
  await outliveWindow(window);
  await window.openFile('plots.py');
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
  // One file that names another costs the page time, at each start of it.
  const frame = await window.panel.frame();
  const late = await frame.evaluate(() => {
    const named = [...document.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload]')].map(({ href }) => href);
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    const scripts = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
    // The editor of the input line comes when the page is drawn, which a busy machine paints later.
    const drawn = scripts.find(({ name }) => name.includes('/inputEditor'))?.startTime ?? Infinity;
    const early = scripts.filter(({ startTime }) => startTime < Math.min(painted, drawn));
    return early.filter(({ name }) => !named.includes(name)).map(({ name }) => name);
  });
  expect(late.filter((name) => !name.endsWith('/main.js'))).toEqual([]);
  await command.hasRunSince(shown);
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
  await window.page.getByText('No session is running').first().waitFor();
});

/** Writes numbered lines until a file is there, and how many they were. */
const FLOOD = `import os
number = 0
while not os.path.exists("dry"):
    for _ in range(100): print(number); number += 1
    __import__("time").sleep(0.01)
print("lines:", number)
number > 0
`;

/** Never returns to the event loop, and costs little. */
const ENDLESS = `const cell = new Int32Array(new SharedArrayBuffer(4)); let turns = 0;
for (;;) { if (turns++ === 3) console.log('turning'); Atomics.wait(cell, 0, 0, 50); }
`;

test('a flood and an endless loop go on while the window is reloaded: no byte is missing or there twice', async ({
  open,
}) => {
  const window = await open({ files: { 'numbers.py': FLOOD, 'endless.js': ENDLESS } });
  await outliveWindow(window);
  await window.openFile('endless.js');
  await window.selectLines(1, 2);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('turns++').stdout.getByText('turning').first().waitFor();
  const begun = performance.now();
  await window.openFile('numbers.py');
  await window.selectLines(1, 6);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('number = 0').stdout.first().waitFor();
  await window.goToLine(7);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('number > 0').becomes('queued');
  await window.reload();
  const flood = window.panel.command('number = 0');
  await flood.becomes('running');
  await window.panel.command('number > 0').becomes('queued');
  await window.writeFile('dry', '');
  await flood.becomes('done');
  const text = (await flood.stdout.allInnerTexts()).join('\n');
  const [, lines = ''] = /lines: (\d+)/.exec(text) ?? [];
  expect(text).toMatch(/^0\n1\n2\n/);
  expect(text).toContain(`\n${String(Number(lines) - 1)}\nlines: ${lines}`);
  const counted = (await flood.node.getByText(/^[\d,]+ lines$/).innerText()).replaceAll(/\D/g, '');
  expect(counted).toBe(String(Number(lines) + 1));
  const queued = window.panel.command('number > 0');
  await queued.becomes('done');
  expect(await queued.node.locator('.row.out').allInnerTexts()).toEqual(['=\nTrue']);
  await window.editor.shows('True');

  await window.openFile('endless.js');
  const endless = window.panel.command('turns++');
  await endless.becomes('running');
  await endless.hasRunSince(begun);
  await window.runCommand('ExtSession: Interrupt Session');
  await endless.becomes('interrupted');
  await window.runCommand('ExtSession: Stop All Sessions');
});

/** Never ends, and does nothing but that. */
const SPIN = `print("turning")
while True: pass
name * 2
`;

test('input() asks again when the window is reloaded, and a loop without end goes on and can be interrupted', async ({
  open,
}) => {
  const window = await open({
    files: { 'name.py': 'name = input("Name? ")\nprint("hello", name)\n', 'spin.py': SPIN },
  });
  await outliveWindow(window);
  await window.openFile('name.py');
  await window.selectLines(1, 2);
  await window.runCommand('ExtSession: Run Selection in Session');
  const field = window.panel.document.locator('.ask input');
  await field.waitFor();
  await window.reload();
  await field.fill('Ada');
  await field.press('Enter');
  const asking = window.panel.command('input("Name? ")');
  await asking.becomes('done');
  expect((await asking.stdout.allInnerTexts()).join('\n')).toBe('Name? \nhello Ada');
  expect(await field.count()).toBe(0);

  await window.openFile('spin.py');
  await window.selectLines(1, 2);
  await window.runCommand('ExtSession: Run Selection in Session');
  const spin = window.panel.command('while True');
  await spin.stdout.getByText('turning').waitFor();
  const begun = performance.now();
  await window.reload();
  await spin.becomes('running');
  await spin.hasRunSince(begun);
  expect(await spin.stdout.allInnerTexts()).toEqual(['turning']);
  await window.runCommand('ExtSession: Interrupt Session');
  await spin.becomes('interrupted');
  await window.openFile('spin.py');
  await window.goToLine(3);
  await window.runCommand('ExtSession: Run Selection in Session');
  const doubled = window.panel.command('name * 2');
  await doubled.becomes('done');
  expect(await doubled.value.innerText()).toBe("'AdaAda'");
  await window.runCommand('ExtSession: Stop All Sessions');
});

test('a session is attached to in a second window while input() asks there, and waits for that window to come back', async ({
  open,
}) => {
  const window = await open({ files: { 'both.py': 'name = input("Name? ")\nprint("hello", name)\n' } });
  await outliveWindow(window);
  await window.openFile('both.py');
  await window.selectLines(1, 2);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.document.locator('.ask input').waitFor();

  const folder = mkdtempSync(path.join(tmpdir(), 'second-'));
  writeFileSync(path.join(folder, 'other.py'), '\n');
  const server = { url: new URL('/', window.page.url()).href };
  const second = await Workbench.open({ context: window.page.context(), server, folder });
  await second.openFile('other.py');
  await second.runCommand('Explorer: Focus on Sessions View');
  const there = second.sessions.filter({ hasText: 'open in the window' });
  await there.hover();
  await there.getByRole('button', { name: 'Attach Session' }).click();
  await second.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Attach' }).click();
  await second.panel.document.locator('.ask input').waitFor();
  await window.panel.notices.getByText('The session continues in another window').waitFor();

  await second.leaveAndComeBack();
  // It asks in a box unless VS Code has stored that the panel was open.
  const [box, inPanel] = [
    second.page.getByText('Input for the running command').first(),
    second.panel.document.locator('.ask'),
  ];
  await until(async () => (await appears(box, 500)) || appears(inPanel, 500), 'the session asks again');
  await ((await box.isVisible()) ? second.quickInput : inPanel.locator('input')).fill('Ada');
  await second.page.keyboard.press('Enter');
  await second.runCommand('ExtSession: Open Session Panel');
  const command = second.panel.command('input("Name? ")');
  await command.becomes('done');
  expect((await command.stdout.allInnerTexts()).join('\n')).toBe('Name? \nhello Ada');
  expect(await second.panel.document.locator('.ask input').count()).toBe(0);
  await second.runCommand('ExtSession: Stop All Sessions');
  await second.page.close();
  rmSync(folder, { recursive: true });
});

test('a session that is stopped while its machine does not answer ends as soon as that does', async ({ open }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'far-'));
  const at = (name: string): string => path.join(folder, name);
  const way = `test -e ${at('answers')} || { echo "No route to host" >&2; exit 255; }; echo $$ > ${at('pid')}; exec "$@"`;
  writeFileSync(at('way.sh'), way);
  writeFileSync(at('answers'), '');
  const window = await open({ files: { 'away.py': 'import os\nos.getpid()\n' } });
  await outliveWindow(window);
  await window.openFile('away.py');
  await window.runCommand('ExtSession: Connect to Another Machine');
  await window.choices.filter({ hasText: 'Enter a Command' }).click();
  await window.quickInput.fill(`sh ${at('way.sh')} env PLACE=nowhere`);
  await window.page.keyboard.press('Enter');
  await window.choices.filter({ hasText: /python3.*Python 3\.\d+/ }).click();
  await window.page.getByText('The working directory there').first().waitFor();
  await window.page.keyboard.press('Enter');
  await window.notifications.getByRole('button', { name: 'Attach File' }).click();
  await window.openFile('away.py');
  await window.selectLines(1, 2);
  await window.runCommand('ExtSession: Run Selection in Session');
  const command = window.panel.command('os.getpid()');
  await command.becomes('done');
  const session = `/proc/${await command.value.innerText()}`;
  rmSync(at('answers'));
  process.kill(Number(readFileSync(at('pid'), 'utf8')), 'SIGKILL');
  await window.panel.notices.getByText('connection to the machine was lost').waitFor();
  await window.runCommand('ExtSession: Stop Session');
  await window.panel.notices.getByText('cannot be stopped yet').waitFor();
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
  const window = await open({ files: { 'who.py': source } });
  await outliveWindow(window);
  await window.openFile('who.py');
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
