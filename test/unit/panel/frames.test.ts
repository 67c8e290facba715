import { beforeEach, describe, expect, it } from 'vitest';
import { errorPart } from '../../../src/panel/frames.js';
import { PanelModel } from '../../../src/panel/panelModel.js';
import { restoreTranscript, saveTranscript } from '../../../src/panel/savedTranscript.js';
import type { PanelFrame } from '../../../src/protocol/panelEntries.js';
import { parseHostMessage } from '../../../src/protocol/panel.js';
import { failureIn } from '../../support/panelPage/failureIn.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';

describe('a frame in a command without a file', () => {
  let model: PanelModel;
  let session: ScriptedSession;

  beforeEach(() => {
    model = new PanelModel();
    session = new ScriptedSession(model);
  });

  /** The source of the command to which a failure leads that was just added. */
  function leadsTo(number: number, from = model): string | undefined {
    const failed = from.keys().at(-1) ?? 0;
    const key = from.commandNamed(number, failed);
    return key === undefined ? undefined : from.command(key)?.source;
  }

  function fail(languageId = 'python'): void {
    session.add('fail()', undefined, languageId).start().fails(failureIn('<command 1>')).results.close();
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
    session.add('g(0)').start().fails(failureIn('<command 1>')).results.close();
    const next = new PanelModel();
    next.restore(restoreTranscript(saveTranscript(model.entries(), 0))?.entries ?? [], 0);
    const failed = next.keys().at(-2) ?? 0;
    expect(next.frame(failed, 0, 0)?.command).toBe(1);
    expect(next.command(next.commandNamed(1, failed) ?? 0)?.source).toBe('def g(): ...');
    new ScriptedSession(next).ran('g(1)');
    expect(leadsTo(2, next)).toBeUndefined();
  });
});
