import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { EvaluatorNotFoundError, EvaluatorStartError, WorkingDirectoryError } from '../../src/engine/errors.js';
import { startFailureNotice } from '../../src/host/sessions/launch/startFailure.js';
import type { SubmittedCommand } from '../../src/host/sessions/command.js';
import { activated, becomes, edit, openPython, submittedBy, until, valueOf, withSetting } from './session.js';

const workspace = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const inWorkspace = (name: string): string => path.join(workspace(), name);

describe('a session starts', () => {
  afterEach(async () => {
    for (const name of ['.env', '.venv', 'data']) rmSync(inWorkspace(name), { recursive: true, force: true });
    await vscode.commands.executeCommand('extsession.restartSession');
  });

  it('again with the working directory and the environment of now', async () => {
    await valueOf(await submitted('import os'));
    mkdirSync(inWorkspace('data'));
    writeFileSync(inWorkspace('.env'), 'ADA=1\n');
    await withSetting('workingDirectory', '${workspaceFolder}/data', async () => {
      await vscode.commands.executeCommand('extsession.restartSession');
      assert.equal(await valueOf(await submitted('import os; os.environ["ADA"], os.getcwd()')), shown('1', 'data'));
    });
    await withSetting('workingDirectory', './data', async () => {
      writeFileSync(inWorkspace('.env'), 'ADA=2\n');
      await vscode.commands.executeCommand('extsession.restartSession');
      assert.equal(await valueOf(await submitted('import os; os.environ["ADA"], os.getcwd()')), shown('2', 'data'));
    });
  });

  it('again when its folder or its environment has changed and the user agrees', async () => {
    await valueOf(await submitted('import os'));
    writeFileSync(inWorkspace('.env'), 'ADA=3\n');
    await restartsWhenAsked();
    assert.equal(await valueOf(await submitted('import os; os.environ["ADA"]')), "'3'");
    await withSetting('workingDirectory', os.tmpdir(), async () => {
      await restartsWhenAsked();
      assert.equal(await valueOf(await submitted('import os; os.getcwd()')), `'${os.tmpdir()}'`);
    });
  });

  it('that reloads edited modules of the workspace, unless the setting says no', async () => {
    const edited = inWorkspace('extsession_edited.py');
    try {
      writeFileSync(edited, 'answer = 1\n');
      assert.equal(await valueOf(await submitted('import extsession_edited; extsession_edited.answer')), '1');
      writeFileSync(edited, 'answer = "another"\n');
      assert.equal(await valueOf(await submitted('extsession_edited.answer')), "'another'");
      await withSetting('python.autoReload', 'off', async () => {
        await vscode.commands.executeCommand('extsession.restartSession');
        await valueOf(await submitted('import extsession_edited'));
        writeFileSync(edited, 'answer = 3\n');
        assert.equal(await valueOf(await submitted('extsession_edited.answer')), "'another'");
      });
    } finally {
      rmSync(edited);
    }
  });

  it('with the startup commands of now, from the setting or a file', async () => {
    const startup = inWorkspace('extsession_startup.py');
    try {
      await withSetting('python.startup', ['started = 1', 'again = 2'], async () => {
        await vscode.commands.executeCommand('extsession.restartSession');
        const command = await submitted('started + again');
        assert.equal(await valueOf(command), '3');
        assert.equal(command.results.executionCount, 1);
      });
      writeFileSync(startup, 'started = __file__\n');
      await withSetting('python.startup', ['./extsession_startup.py'], async () => {
        await vscode.commands.executeCommand('extsession.restartSession');
        assert.equal(await valueOf(await submitted('started')), `'${startup}'`);
        writeFileSync(startup, 'started = "edited"\n');
        await vscode.commands.executeCommand('extsession.restartSession');
        assert.equal(await valueOf(await submitted('started')), "'edited'");
      });
    } finally {
      rmSync(startup, { force: true });
    }
  });

  it('whose programs know the width that is set', async () => {
    await withSetting('output.columns', 77, async () => {
      assert.equal(await valueOf(await submitted('import os; os.get_terminal_size().columns')), '77');
    });
  });

  it('whose plots are drawn for the editor, if the setting says so', async () => {
    const module = `next(one for one in gc.get_objects() if type(one) is type(gc) and one.__name__.endswith('plot_theme'))`;
    const theme = `import gc; ${module}._state.theme`;
    await withSetting('python.plotTheme', 'editor', async () => {
      assert.match(String(await valueOf(await submitted(theme))), /^'(dark|light)'$/);
    });
    assert.equal(await valueOf(await submitted(`${theme} is None`)), 'True');
  });

  it("in the workspace's .venv, which is also found by a path in the workspace", async () => {
    execFileSync('/usr/bin/env', ['python3', '-m', 'venv', '--without-pip', inWorkspace('.venv')]);
    const prefix = `'${inWorkspace('.venv')}'`;
    await vscode.commands.executeCommand('extsession.restartSession');
    assert.equal(await valueOf(await submitted('import sys; sys.prefix')), prefix);
    assert.match((await activated()).status.interpreterLabel ?? '', / · \.venv$/);
    assert.equal(await valueOf(await submitted('import os; os.environ["VIRTUAL_ENV"]')), prefix);
    for (const set of ['.venv/bin/python', '${workspaceFolder}/.venv/bin/python']) {
      await withSetting('python.interpreterPath', set, async () => {
        await vscode.commands.executeCommand('extsession.restartSession');
        assert.equal(await valueOf(await submitted('import sys; sys.prefix')), prefix, set);
      });
    }
  });

  it('while the text is edited: the command knows where its lines are by then', async () => {
    const scratch = mkdtempSync(path.join(os.tmpdir(), 'extsession-slow-'));
    const slow = path.join(scratch, 'python');
    writeFileSync(slow, `#!/bin/sh\nwhile [ ! -e ${scratch}/go ]; do sleep 0.02; done\nexec python3 "$@"\n`);
    chmodSync(slow, 0o755);
    await valueOf(await submitted('1'));
    await withSetting('python.interpreterPath', slow, async () => {
      void vscode.commands.executeCommand('extsession.restartSession');
      await becomes('restarting');
      const editor = await openPython('def fail():\n    return 1 / 0\nfail()\n', [0, 0], [2, 6]);
      const running = submittedBy('extsession.runSelection');
      await edit(editor.document, [0, 0], '# above\n\n');
      writeFileSync(path.join(scratch, 'go'), '');
      const { origin, results } = await running;
      assert.deepEqual([origin?.firstLine, origin?.lastLine], [2, 4]);
      const outcome = await results.wait();
      assert.deepEqual(outcome.status === 'error' && outcome.error.frames.map(({ line }) => line), [5, 4]);
      const problems = () => vscode.languages.getDiagnostics(editor.document.uri);
      await until(() => problems().length > 0);
      assert.deepEqual(problems()[0]?.range, new vscode.Range(3, 11, 3, 16));
    });
    rmSync(scratch, { recursive: true });
  });
});

describe('a session that does not start', () => {
  const cases: readonly (readonly [string, unknown, string, string, string])[] = [
    ['python', new EvaluatorNotFoundError('/no/python'), 'Python was not found', 'Select Interpreter', '/no/python'],
    ['javascript', new EvaluatorNotFoundError('/no/node'), 'Node.js was not found', 'Open Setting', '/no/node'],
    [
      'javascript',
      new EvaluatorNotFoundError('nodejs'),
      'Node.js was not found',
      'Open Setting',
      "'nodejs' was not found on PATH",
    ],
    [
      'python',
      new EvaluatorStartError('It ended.', 'What it printed.'),
      'Python could not be started',
      'Select Interpreter',
      'What it printed.',
    ],
    [
      'javascript',
      new EvaluatorStartError('Late.', '', { failure: { kind: 'late', seconds: 30 } }),
      'Node.js could not be started',
      'Open Setting',
      'within 30 s',
    ],
    ['python', new WorkingDirectoryError('/gone'), 'The session could not be started', 'Open Setting', "'/gone'"],
    ['python', new Error('No room.'), 'The session could not be started', 'Select Interpreter', 'No room.'],
  ];
  for (const [evaluator, error, title, action, detail] of cases) {
    it(`is told of with what helps: ${title} (${detail})`, () => {
      const notice = startFailureNotice(error, evaluator);
      assert.equal(notice.title, title);
      assert.ok(notice.detail.includes(detail), notice.detail);
      assert.equal(notice.actions[0]?.title, action);
    });
  }

  it('leads to the setting that names what is missing', () => {
    const settings = [
      startFailureNotice(new WorkingDirectoryError('/gone'), 'javascript'),
      startFailureNotice(new EvaluatorNotFoundError('/no/node'), 'javascript'),
    ];
    assert.deepEqual(
      settings.map(({ actions }) => actions[0]?.arguments),
      [[{ query: '@id:extsession.workingDirectory' }], [{ query: '@id:extsession.javascript.nodePath' }]],
    );
  });
});

async function submitted(code: string): Promise<SubmittedCommand> {
  await openPython(code, [0, 0], [0, code.length]);
  return submittedBy('extsession.runSelection');
}

/** Agrees to a restart as soon as it is offered. */
async function restartsWhenAsked(): Promise<void> {
  const api = await activated();
  let restarts = false;
  const subscription = api.onDidChangeStatus(({ state }) => (restarts ||= state === 'restarting'));
  await until(async () => {
    await vscode.commands.executeCommand('notification.acceptPrimaryAction');
    return restarts;
  });
  subscription.dispose();
  await becomes('idle');
}

function shown(value: string, folder: string): string {
  return `('${value}', '${inWorkspace(folder)}')`;
}
