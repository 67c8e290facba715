import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { activated, submittedBy, until } from './session.js';

/** Opens a new file of the workspace. */
async function opened(name: string, content: string): Promise<vscode.TextEditor> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const file = path.join(folder.uri.fsPath, name);
  writeFileSync(file, content);
  const editor = await vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: vscode.ViewColumn.One });
  await until(() => vscode.window.activeTextEditor?.document === editor.document);
  return editor;
}

function stopAt(editor: vscode.TextEditor, line: number): void {
  const place = new vscode.Location(editor.document.uri, new vscode.Position(line - 1, 0));
  vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(place)]);
}

interface Frame {
  readonly id: number;
  readonly line: number;
  readonly source?: { readonly path?: string };
}

/** The debug sessions that have begun and not ended. VS Code now and then calls one active that has ended. */
const sessions = new Set<string>();

/** The first time, VS Code loads its debugger. */
const START_MS = 75_000;

/** Waits until VS Code shows where the code has stopped; its frames. */
async function stopped(): Promise<{ readonly session: vscode.DebugSession; readonly frames: readonly Frame[] }> {
  const item = (): vscode.DebugStackFrame | undefined => {
    const { activeStackItem } = vscode.debug;
    const isThere = activeStackItem && sessions.has(activeStackItem.session.id);
    return isThere && 'frameId' in activeStackItem ? activeStackItem : undefined;
  };
  await until(() => item() !== undefined, START_MS);
  const { session, threadId } = item() ?? assert.fail();
  const answer = (await session.customRequest('stackTrace', { threadId })) as { stackFrames: Frame[] };
  return { session, frames: answer.stackFrames };
}

/** Lets the Python session find debugpy also where the libraries of the tests are; whether it does. */
async function findsDebugger(): Promise<boolean> {
  const owner = JSON.stringify(process.env.EXTSESSION_TEST_PYTHON ?? 'python3');
  const found = await (
    await activated()
  ).execute(`import subprocess, sys
from importlib.util import find_spec
asked = subprocess.run([${owner}, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True)
sys.path.append(asked.stdout.strip())
bool(find_spec("debugpy"))`);
  const outcome = await found.wait();
  return outcome.status === 'ok' && outcome.result?.['text/plain'] === 'True';
}

/** The ends of the names of the actions above a line, counted from 0. */
async function lensesAt({ document }: vscode.TextEditor, line: number): Promise<string> {
  const provider = 'vscode.executeCodeLensProvider';
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(provider, document.uri, 50);
  const there = lenses.filter(({ range }) => range.start.line === line);
  return there.map(({ command }) => command?.command.split('.').at(-1)).join(', ');
}

describe('the debugger of VS Code', function () {
  this.timeout(START_MS + 30_000);
  let followed: vscode.Disposable;

  before(() => {
    followed = vscode.Disposable.from(
      vscode.debug.onDidStartDebugSession(({ id }) => sessions.add(id)),
      vscode.debug.onDidTerminateDebugSession(({ id }) => sessions.delete(id)),
    );
  });

  after(() => {
    followed.dispose();
  });

  afterEach(async () => {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.debug.stopDebugging();
    await until(() => sessions.size === 0);
  });

  it('stops in a cell of TypeScript, in the lines of the file, and goes on', async () => {
    await activated();
    const content = [
      'interface Price { amount: number }',
      'const base: number = 20;',
      '// %%',
      'type Unused = string;',
      'function twice(price: Price): number {',
      '  const doubled: number = price.amount * 2;',
      "  console.log('in twice');",
      '  return doubled;',
      '}',
      'const total = twice({ amount: 21 });',
      'total',
    ];
    const editor = await opened('debugged.ts', content.join('\n'));
    editor.selection = new vscode.Selection(5, 0, 5, 0);
    stopAt(editor, 7);
    const { results } = await submittedBy('extsession.debugCell');
    const { session, frames } = await stopped();
    const file = editor.document.uri.fsPath;
    assert.deepEqual(
      frames.filter(({ source }) => source?.path?.endsWith(file)).map(({ line }) => line),
      [7, 10],
      JSON.stringify(frames),
    );
    await until(() => vscode.window.activeTextEditor?.document.uri.fsPath === file);
    const { result } = (await session.customRequest('evaluate', {
      expression: 'doubled',
      frameId: frames[0]?.id,
    })) as { result: string };
    assert.equal(result, '42');
    await until(async () => (await lensesAt(editor, 2)) === 'continue, stepOver, stop');
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    const outcome = await results.wait();
    assert.equal(outcome.status, 'ok');
    await until(() => sessions.size === 0);
    assert.match(JSON.stringify(results.outputs), /in twice/);
    await until(async () => (await lensesAt(editor, 2)).startsWith('runCell'));
  });

  it('stops JavaScript in a function of an earlier command; Interrupt ends the command there', async () => {
    const api = await activated();
    const editor = await opened('later.js', '// %%\nfunction f() {\n  return 1;\n}\n// %%\nf();\nf();\n');
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await (await submittedBy('extsession.runCell')).results.wait();
    stopAt(editor, 3);
    editor.selection = new vscode.Selection(5, 0, 5, 0);
    const { results } = await submittedBy('extsession.debugCell');
    const { frames } = await stopped();
    assert.equal(frames[0]?.line, 3, JSON.stringify(frames));
    await vscode.commands.executeCommand('extsession.interruptSession');
    assert.equal((await results.wait()).status, 'interrupted');
    assert.equal((await (await api.execute('f()', 'javascript')).wait()).status, 'ok');
  });

  it('opens at a debugger statement of code that runs without a debugger', async () => {
    await activated();
    const editor = await opened('asking.js', '// %%\nlet asked = 1;\ndebugger;\nasked++;\nasked\n');
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    const { results } = await submittedBy('extsession.runCell');
    const { frames } = await stopped();
    assert.equal(frames[0]?.line, 3, JSON.stringify(frames));
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    const outcome = await results.wait();
    assert.match(String(outcome.status === 'ok' && outcome.result?.['text/plain']), /2/);
  });

  it('opens at breakpoint() in Python that runs without a debugger (skipped without debugpy)', async function () {
    if (!(await findsDebugger())) this.skip();
    const editor = await opened('asking.py', '# %%\nasked = [1]\nbreakpoint()\nasked += [2]\nasked\n');
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    const { results } = await submittedBy('extsession.runCell');
    const { session, frames } = await stopped();
    assert.equal(frames[0]?.line, 4, JSON.stringify(frames));
    const variable = { name: 'asked', evaluateName: 'asked' };
    await vscode.commands.executeCommand('extsession.viewData', { sessionId: session.id, variable });
    const isGrid = ({ label, input }: vscode.Tab): boolean =>
      label === 'asked' && input instanceof vscode.TabInputWebview;
    await until(() => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isGrid)));
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    const outcome = await results.wait();
    assert.match(String(outcome.status === 'ok' && outcome.result?.['text/plain']), /2/);
  });

  it('pauses Python that runs without a debugger (skipped without debugpy)', async function () {
    if (!(await findsDebugger())) this.skip();
    const editor = await opened(
      'busy.py',
      '# %%\nimport time\ngoes = True\nwhile goes:\n    time.sleep(0.01); print("on")\n"over"\n',
    );
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    const { results } = await submittedBy('extsession.runCell');
    await until(() => results.stdout.startsWith('on\n'));
    await vscode.commands.executeCommand('extsession.pauseInDebugger');
    const { session, frames } = await stopped();
    assert.ok(frames[0]?.line === 4 || frames[0]?.line === 5, JSON.stringify(frames));
    await session.customRequest('evaluate', { expression: 'goes = False', frameId: frames[0].id, context: 'repl' });
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    const outcome = await results.wait();
    assert.match(String(outcome.status === 'ok' && outcome.result?.['text/plain']), /over/);
  });

  it('pauses JavaScript that runs without a debugger', async () => {
    await activated();
    const editor = await opened(
      'busy.js',
      '// %%\nvar goes = true, turns = 0;\nconsole.log("on");\nwhile (goes)\n  turns++;\n"over"\n',
    );
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    const { results } = await submittedBy('extsession.runCell');
    await until(() => results.stdout === 'on\n');
    await vscode.commands.executeCommand('extsession.pauseInDebugger');
    const { session, frames } = await stopped();
    assert.ok(frames[0]?.line === 4 || frames[0]?.line === 5, JSON.stringify(frames));
    await session.customRequest('evaluate', { expression: 'goes = false', frameId: frames[0].id, context: 'repl' });
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    const outcome = await results.wait();
    assert.match(String(outcome.status === 'ok' && outcome.result?.['text/plain']), /over/);
  });

  it('ends the command with Stop, and not its session', async () => {
    const api = await activated();
    await (await api.execute('globalThis.kept = 1', 'javascript')).wait();
    const editor = await opened('stopped.js', 'let n = 0;\nfor (;;) {\n  n++;\n}\n');
    stopAt(editor, 3);
    const { results } = await submittedBy('extsession.debugFile');
    await stopped();
    await vscode.commands.executeCommand('workbench.action.debug.stop');
    assert.equal((await results.wait()).status, 'interrupted');
    const kept = await api.execute('kept', 'javascript');
    assert.equal((await kept.wait()).status, 'ok');
  });

  it('runs JavaScript that failed again if it is asked to, and stops where it throws', async () => {
    const editor = await opened('throws.js', '// %%\nfunction thrower(a) {\n  throw new Error(a);\n}\nthrower(0);\n');
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    const failed = await submittedBy('extsession.runCell');
    assert.equal((await failed.results.wait()).status, 'error');
    await vscode.commands.executeCommand('notifications.clearAll');
    let runsAgain = false;
    const again = submittedBy('extsession.entry.debugError').finally(() => (runsAgain = true));
    await until(async () => {
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      return runsAgain;
    });
    const { results, source } = await again;
    assert.equal(source, failed.source);
    const { frames } = await stopped();
    assert.deepEqual(
      frames.map(({ line }) => line),
      [3, 5],
    );
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    assert.equal((await results.wait()).status, 'error');
  });

  it('stops in a process that debugged code starts, if that is set (skipped without debugpy)', async function () {
    if (!(await findsDebugger())) this.skip();
    const settings = vscode.workspace.getConfiguration('extsession');
    await settings.update('debug.subProcess', true, vscode.ConfigurationTarget.Global);
    try {
      const program = await opened('child.py', 'n = 1\nm = n + 1\nprint("of the child", m)\n');
      const { fsPath } = program.document.uri;
      stopAt(program, 2);
      const asking = 'left = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)';
      const running = `subprocess.run([sys.executable, ${JSON.stringify(fsPath)}]).returncode`;
      const editor = await opened('starts.py', `import subprocess, sys\n${asking}\n${running}`);
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      const { results } = await submittedBy('extsession.debugCell');
      const { session, frames } = await stopped();
      assert.deepEqual(
        frames.map(({ line, source: at }) => [line, at?.path?.endsWith(fsPath)]),
        [[2, true]],
        JSON.stringify(frames),
      );
      assert.equal(session.parentSession?.type, 'extsession');
      await until(() => sessions.size === 3);
      await vscode.commands.executeCommand('workbench.action.debug.continue');
      assert.equal((await results.wait()).status, 'ok');
      await until(() => sessions.size === 0);
      assert.deepEqual([results.stdout, results.stderr], ['of the child 2\n', '']);
      const end = await (await (await activated()).execute('left.communicate(b"on"); left.returncode')).wait();
      assert.equal(end.status === 'ok' && end.result?.['text/plain'], '0');
    } finally {
      await settings.update('debug.subProcess', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('opens the frames of an error after its command has ended (skipped without debugpy)', async function () {
    if (!(await findsDebugger())) this.skip();
    const editor = await opened('failed.py', '# %%\ndef f(a):\n    return 1 / a\nf(0)\n');
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    const { results } = await submittedBy('extsession.runCell');
    await results.wait();
    await submittedBy('extsession.entry.debugError');
    const { frames } = await stopped();
    assert.deepEqual(
      frames.map(({ line }) => line),
      [3, 4],
    );
  });
});
