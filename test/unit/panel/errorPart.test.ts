import { beforeEach, describe, expect, it } from 'vitest';
import { errorPart } from '../../../src/panel/model/errorPart.js';
import type { ModelChange } from '../../../src/panel/model/modelChange.js';
import { frameOf } from '../../../src/panel/model/entryParts.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { restoreTranscript, saveTranscript } from '../../../src/panel/model/savedTranscript.js';
import type { PanelFrame } from '../../../src/protocol/panelEntries.js';
import { parseHostMessage } from '../../../src/protocol/panel.js';
import { failureIn } from '../../support/panelPage/failureIn.js';
import { originAt, ScriptedSession } from '../../support/panelPage/scriptedSession.js';

describe('a frame in a command without a file', () => {
  let model: PanelModel;
  let session: ScriptedSession;

  beforeEach(() => {
    model = new PanelModel();
    session = new ScriptedSession(model);
  });

  /** The source of the command to which a failure leads that was just added. */
  function leadsTo(number: number, from = model): string | undefined {
    const failed = from.entries().at(-1)?.key ?? 0;
    const key = from.commandNamed(number, failed);
    return key === undefined ? undefined : from.command(key)?.source;
  }

  function fail(languageId = 'python'): void {
    session.add('fail()', undefined, languageId).start().fails(failureIn('<command 1>')).close();
  }

  it('has the number of that command, and other names in angle brackets lead nowhere', () => {
    const frameIn = (file: string): PanelFrame | undefined => errorPart(0, failureIn(file)).frames[0];
    expect(frameIn('<command 47>')).toMatchObject({ command: 47, line: 2, openable: true });
    for (const file of ['<stdin>', '<expression 47>', '<command >', '<command 47>.py', `<command ${'9'.repeat(99)}>`])
      expect(frameIn(file)?.command).toBeUndefined();
    expect(frameIn('<stdin>')?.openable).toBe(false);
  });

  it('reaches the webview whatever number it claims to have', () => {
    session
      .add('fail()')
      .start()
      .fails(failureIn(`<command ${'9'.repeat(15)}>`));
    const change = { type: 'entry', entry: model.entries()[0] };
    expect(parseHostMessage({ type: 'update', seq: 1, changes: [change] })).toBeDefined();
  });

  it('leads to the nearest command with the number, of the same evaluator', () => {
    session.ran('def f(): ...');
    const other = new ScriptedSession(model);
    other.add('function f() {}', undefined, 'javascript');
    fail();
    expect(leadsTo(1)).toBe('def f(): ...');
    expect(leadsTo(2)).toBe('fail()');
    other.add('f()', undefined, 'typescript');
    expect(leadsTo(1)).toBe('function f() {}');
  });

  it('leads to none that came later', () => {
    fail();
    const [failed = 0] = model.keys();
    session.ran('later = 1');
    expect(model.commandNamed(2, failed)).toBeUndefined();
  });

  it('leads to none of an earlier process, and beyond the restart of another evaluator', () => {
    session.ran('def f(): ...');
    session.ran('def g(): ...');
    session.restart();
    fail();
    expect(leadsTo(1)).toBe('fail()');
    expect(leadsTo(2)).toBeUndefined();
    model.divide('restarted', 'javascript');
    session.add('g()');
    expect(leadsTo(1)).toBe('fail()');
  });

  it('leads nowhere once its command is deleted or no longer kept', () => {
    session.ran('def f(): ...');
    fail();
    model.delete(model.keys()[0] ?? 0);
    expect(leadsTo(1)).toBeUndefined();
  });

  it('leads to its command after a window reload, too', () => {
    session.ran('def f(): ...');
    session.restart();
    session.ran('def g(): ...');
    session.ran('g()');
    session.add('g(0)').start().fails(failureIn('<command 1>')).close();
    const next = new PanelModel();
    next.restore(restoreTranscript(saveTranscript(model.entries(), 0))?.entries ?? [], 0);
    const failed = next.keys().at(-2) ?? 0;
    expect(frameOf(next.entry(failed), 0, 0)?.command).toBe(1);
    expect(next.command(next.commandNamed(1, failed) ?? 0)?.source).toBe('def g(): ...');
    new ScriptedSession(next).ran('g(1)');
    expect(leadsTo(2, next)).toBeUndefined();
  });
});

describe('a frame in a file that is edited', () => {
  const file = '/home/ada/w2.py';
  const { uri } = originAt('w2.py:29');
  let model: PanelModel;
  let session: ScriptedSession;

  beforeEach(() => {
    model = new PanelModel();
    session = new ScriptedSession(model);
    session.add('h(0)', originAt('w2.py:29')).start().fails(failureIn(file, 29)).close();
  });

  /** Replaces whole lines, which count from 1. */
  function edit(from: number, removed: number, text: string, document = uri): void {
    const [start, end] = [from - 1, from - 1 + removed].map((line) => ({ line, character: 0 }));
    if (start && end) model.followEdits(document, [{ range: { start, end }, text }]);
  }

  function label(key = model.keys()[0] ?? 0): string | undefined {
    return frameOf(model.entry(key), 0, 0)?.label;
  }

  it('moves as the origin of its command does, in what is shown and in what is opened', () => {
    edit(3, 0, 'a\nb\nc\n');
    expect(label()).toBe('w2.py:32');
    expect(frameOf(model.entry(model.keys()[0] ?? 0), 0, 0)?.line).toBe(32);
    expect(model.commandStatus(model.keys()[0] ?? 0)?.at).toBe('w2.py:32');
    edit(1, 10, 'd\n');
    expect(label()).toBe('w2.py:23');
  });

  it('moves in the errors of all commands, also of those from elsewhere, and behind an error', () => {
    const elsewhere = failureIn('<command 2>');
    session
      .add('h(0)')
      .start()
      .fails({ ...elsewhere, cause: failureIn(file, 29) });
    edit(3, 0, 'a\n');
    const [, typed = 0] = model.keys();
    expect([0, 1].map((frame) => frameOf(model.entry(typed), 0, frame)?.label)).toEqual(['<command 2>:2', 'w2.py:30']);
  });

  it('stays when the edit is behind it, when its line is deleted, and when the file is another one', () => {
    edit(30, 0, 'a\n');
    edit(29, 1, '');
    edit(3, 0, 'a\n', originAt('other.py:1').uri);
    expect(label()).toBe('w2.py:29');
  });

  it('tells of a move, once for each error, and of nothing while the user types within a line', () => {
    const changes: ModelChange[] = [];
    const key = model.keys()[0] ?? 0;
    model.onDidChange((change) => changes.push(change));
    const start = { line: 2, character: 0 };
    model.followEdits(uri, [{ range: { start, end: start }, text: 'x' }]);
    edit(30, 0, 'a\n');
    expect(changes).toEqual([]);
    edit(3, 0, 'a\n');
    expect(changes).toEqual([
      { type: 'command', key },
      { type: 'part', key, part: 0 },
    ]);
  });

  describe('between its submission and the failure', () => {
    const call = { file, line: 40, function: '<module>', source: 'h(0)' };
    const called = { file, line: 11, function: 'h', source: '    return 1 / x' };

    /** Defines in lines 10 and 11, and calls in line 40, with edits before the call and while it runs. */
    function failAfterEdits(again = false): (string | undefined)[] {
      define(9);
      edit(3, 0, 'a\n');
      if (again) define(10);
      const running = session.add('h(0)', originAt('w2.py:40')).start();
      edit(3, 0, 'b\nc\n');
      const now = again ? { ...called, line: 12 } : called;
      running.fails({ ...failureIn(file), frames: [call, now, { ...called, line: 20 }] });
      const failed = model.keys().at(-1) ?? 0;
      return [0, 1, 2].map((frame) => frameOf(model.entry(failed), 0, frame)?.label);
    }

    function define(firstLine: number): void {
      const defined = session.add('def h(x):\n    return 1 / x', { uri, firstLine, lastLine: firstLine + 1 });
      defined.start().ok().close();
    }

    it('moves with the command that had its line, and stays when none had', () => {
      expect(failAfterEdits()).toEqual(['w2.py:42', 'w2.py:14', 'w2.py:20']);
    });

    it('moves with the last command that had its line', () => {
      expect(failAfterEdits(true)).toEqual(['w2.py:42', 'w2.py:14', 'w2.py:20']);
    });
  });

  it('is in a document that was never saved, too', () => {
    session.add('h(0)').start().fails(failureIn('untitled:Untitled-1', 5));
    edit(1, 0, 'a\n', 'untitled:Untitled-1');
    expect(label(model.keys()[1])).toBe('untitled:Untitled-1:6');
  });
});

it('a name is short, however long code makes it', () => {
  const long = 'x'.repeat(400_000);
  const frame = { file: `/site-packages/${long}/${long}`, line: 1, function: long, source: long };
  const one = { name: long, message: long, notes: [long], frames: [frame] };
  const part = errorPart(0, { ...one, traceback: '', cause: one });
  const { file: _file, ...shown } = part.frames[0] ?? {};
  expect(JSON.stringify({ ...part, frames: [shown], related: [] }).length).toBeLessThan(10_000);
  expect(part.related?.[0]?.name.length).toBeLessThan(300);
});
