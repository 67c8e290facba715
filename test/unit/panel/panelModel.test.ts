import { beforeEach, describe, expect, it } from 'vitest';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import { frameOf } from '../../../src/panel/model/entryParts.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { MOST_FORM_DATA, restoreTranscript, saveTranscript } from '../../../src/panel/model/savedTranscript.js';
import type { CommandEntry, Line, Part } from '../../../src/protocol/panelEntries.js';
import { keyError } from '../../support/panelPage/scenes.js';
import { originAt, ScriptedSession } from '../../support/panelPage/scriptedSession.js';

let now = 1000;
let model: PanelModel;
let session: ScriptedSession;

beforeEach(() => {
  now = 1000;
  model = new PanelModel({ now: () => now });
  session = new ScriptedSession(model);
});

function command(index: number): CommandEntry {
  const entry = model.entries().filter((candidate): candidate is CommandEntry => candidate.type === 'command')[index];
  if (!entry) throw new Error(`There is no command ${String(index)}.`);
  return entry;
}

function textOf(part: Part | undefined): string {
  if (!part || part.type === 'error') return '';
  return [...part.text.head, ...part.text.tail].map(lineText).join('\n');
}

function lineText(line: Line): string {
  return typeof line === 'string' ? line : line.runs.map((run) => (typeof run === 'string' ? run : run[0])).join('');
}

describe('the panel model', () => {
  it('shows each stage of a command: queued, running, done', () => {
    const running = session.add('1 + 1', originAt('a.py:9'));
    expect(command(0)).toMatchObject({ number: 1, source: '1 + 1', status: { at: 'a.py:9' }, parts: [] });
    expect(command(0).status.state).toEqual({ kind: 'queued' });
    running.start();
    expect(command(0).status.state.kind).toBe('running');
    running.ok(12, '2');
    expect(command(0).status.state).toEqual({ kind: 'done', elapsedMs: 12 });
    expect(command(0).parts.map(({ type }) => type)).toEqual(['value']);
    expect(textOf(command(0).parts[0])).toBe('2');
  });

  it('shows what was printed at the start of a session, without a source that could run again', () => {
    const writer = new ResultsWriter({ id: 0, executionCount: 0 });
    writer.append(0, Buffer.from('hello from site\n'));
    model.addStart({ evaluator: 'python', results: writer.results });
    writer.append(0, Buffer.from('and later\n'));
    const start = command(0);
    expect(start).toMatchObject({ isStart: true, source: '', evaluator: 'python' });
    expect(textOf(start.parts[0])).toBe('hello from site\nand later');
    expect(model.command(start.key)).toBeUndefined();
    expect(model.output(start.key)).toBe('hello from site\nand later\n');
  });

  it('shows startup commands, which can run again, without a number', () => {
    const { results } = new ResultsWriter({ id: 1, executionCount: 0 });
    model.addStart({ evaluator: 'python', source: 'import numpy', results });
    const start = command(0);
    expect(start).toMatchObject({ isStart: true, source: 'import numpy', languageId: 'python' });
    expect(model.command(start.key)).toEqual({ source: 'import numpy', languageId: 'python' });
  });

  it('shows Markdown of a document between commands, at its line, and in the next window too', () => {
    session.ran('1');
    const origin = { uri: 'file:///home/ada/a.py', firstLine: 3, lastLine: 5 };
    model.addText({ markdown: '\n# About\n\nsome *text*', languageId: 'python', origin }, 'python');
    session.ran('2');
    const text = command(1);
    expect(text).toMatchObject({ isText: true, number: 0, source: '# About', status: { at: 'a.py:4' } });
    expect(model.form(text.key, 0, 'text/markdown')).toBe('\n# About\n\nsome *text*');
    expect(model.command(text.key)).toBeUndefined();
    expect(model.output(text.key)).toContain('some *text*');

    const top = { line: 0, character: 0 };
    model.followEdits(origin.uri, [{ range: { start: top, end: top }, text: '\n\n' }]);
    expect(model.origin(text.key)).toEqual({ ...origin, firstLine: 5, lastLine: 7 });
    expect(model.commandStatus(text.key)).toMatchObject({ at: 'a.py:6' });

    const saved = restoreTranscript(saveTranscript(model.entries(MOST_FORM_DATA), 0));
    const next = new PanelModel();
    next.restore(saved?.entries ?? [], 0);
    expect(next.form(text.key, 0, 'text/markdown')).toContain('some *text*');
    expect(next.command(text.key)).toBeUndefined();
  });

  it('shows the run of a file until its process has ended, with its exit code and without values', async () => {
    const writer = new ResultsWriter({ id: 1, executionCount: 1 });
    let exit: (status: { exitCode: number | null; signal: string | null }) => void = () => undefined;
    const exited = new Promise<{ exitCode: number | null; signal: string | null }>((resolve) => (exit = resolve));
    let stops = 0;
    model.addRun({ evaluator: 'python', title: 'train.py 3', results: writer.results, exited, stop: () => stops++ });
    writer.start();
    writer.append(0, Buffer.from('hello\n'));
    const error = { name: 'SystemExit', message: '3', traceback: 'SystemExit: 3\n', frames: [], exitCode: 3 };
    writer.settle({ status: 'error', executionCount: 1, durationMs: 1, error });
    const run = command(0);
    expect(run).toMatchObject({ isRun: true, number: 0, source: 'train.py 3', status: { state: { kind: 'running' } } });
    expect(model.status()).toMatchObject({ queued: 0 });
    expect(model.status()).not.toHaveProperty('running');
    model.stop(run.key);
    expect(stops).toBe(1);
    exit({ exitCode: 3, signal: null });
    await exited;
    expect(command(0).status.state).toMatchObject({ kind: 'failed', exitCode: 3 });
    expect(command(0).parts.map((part) => part.type)).toEqual(['stdout']);
    expect(model.command(run.key)).toBeUndefined();
  });

  it('keeps the streams of a command apart, in the order in which they were written', () => {
    session.add('noise()').start().stdout('out\n').stderr('err\n').stdout('out again\n').ok();
    expect(command(0).parts.map((part) => [part.type, textOf(part)])).toEqual([
      ['stdout', 'out'],
      ['stderr', 'err'],
      ['stdout', 'out again'],
    ]);
  });

  it('flags what arrives after the command was done, and says when nothing can come any more', async () => {
    const watcher = session.add('watch()').start().stdout('watching\n').ok();
    now += 1200;
    watcher.stdout('found one\n');
    expect(command(0).parts).toMatchObject([{ type: 'stdout' }, { type: 'stdout', lateMs: 1200 }]);
    expect(command(0).parts[0]).not.toHaveProperty('lateMs');
    expect(command(0).status.open).toBe(true);
    await watcher.close().results.closed;
    expect(command(0).status.open).toBe(false);
  });

  it('puts the error first and tells own frames from library frames', () => {
    session.add('load()').start().fails(keyError, 141);
    const [part] = command(0).parts;
    expect(command(0).status.state).toEqual({ kind: 'failed', elapsedMs: 141 });
    expect(part).toMatchObject({ type: 'error', name: 'KeyError', message: "'borough'", framesOmitted: 0 });
    const frames = part?.type === 'error' ? part.frames : [];
    expect(frames.map(({ label, library }) => [label, library])).toEqual([
      ['train.py:22', undefined],
      ['zones.py:31', undefined],
      ...['4102', '4103', '4104', '4105'].map((line) => [`frame.py:${line}`, 'pandas']),
    ]);
    expect(frames[1]).toMatchObject({ source: 'return raw.set_index("zone")["borough"]', mark: { from: 7, to: 39 } });
  });

  it('says what killed a command and that those behind it never ran', () => {
    const first = session.add('crash()').start();
    const second = session.add('after()');
    first.settle({ status: 'died', exitCode: null, signal: 'SIGSEGV' }, 5);
    second.settle({ status: 'cancelled' });
    expect(command(0).status.state).toEqual({ kind: 'died', elapsedMs: 5, detail: 'SIGSEGV' });
    expect(command(1).status.state).toEqual({ kind: 'cancelled' });
  });

  it('shows that the running command waits for input', () => {
    const asking = session.add('input()').start();
    session.add('later()');
    const question = asking.asks('who? ');
    expect([command(0).status.state.kind, command(1).status.state.kind]).toEqual(['asking', 'queued']);
    question.answer('me');
    expect(command(0).status.state.kind).toBe('running');
    expect(command(0).parts).toMatchObject([{ type: 'input', text: { head: ['me'] } }]);
  });

  it('shows where a command has stopped in the debugger, until it goes on', () => {
    const debugged = session.add('work()', { uri: 'file:///work/a.py', firstLine: 8, lastLine: 20 }).start();
    const states: unknown[] = [];
    for (const file of ['/work/a.py', '/work/helpers.py']) {
      model.pause(debugged.results, { file, line: 12 });
      states.push(command(0).status.state);
    }
    expect(states).toMatchObject([
      { kind: 'paused', at: { line: 12 } },
      { kind: 'paused', at: { line: 12, file: 'helpers.py' } },
    ]);
    expect(states[0]).not.toHaveProperty('at.file');
    model.pause(debugged.results, undefined);
    expect(command(0).status.state.kind).toBe('running');
  });

  it('shows each question under the command that asks, also when commands of two sessions do', () => {
    session.add('input()').start();
    const other = new ScriptedSession(model).add('prompt()').start();
    other.asks('other? ');
    expect([command(0).status.state.kind, command(1).status.state.kind]).toEqual(['running', 'asking']);
  });

  it('does not take the question of a command that is over, or not in the transcript', () => {
    session.add('busy()').start();
    const over = session.ran('thread.start()').results;
    const request = { prompt: 'who? ', password: false, signal: new AbortController().signal };
    expect(model.ask({ ...request, results: over })).toBeUndefined();
    expect(model.ask(request)).toBeUndefined();
    expect(command(0).status.state.kind).toBe('running');
  });

  it('has nothing left of what a command took back', () => {
    const started = session.add('show()').start().display({ 'text/plain': 'old' }, 'a').stdout('x'.repeat(100));
    started.clears();
    expect(command(0).parts).toEqual([]);
    started.display({ 'text/plain': 'new' }, 'a').clears({ wait: true });
    expect(command(0).parts).toMatchObject([{ text: { head: ['new'] } }]);
    started.stdout('last\n');
    expect(command(0).parts).toMatchObject([{ type: 'stdout', text: { head: ['last'] } }]);
  });

  it('counts what waits and names what runs', () => {
    const first = session.add('a').start();
    session.add('b');
    session.add('c');
    expect(model.status()).toMatchObject({ queued: 2, running: command(0).key });
    first.ok();
    expect(model.status()).toMatchObject({ queued: 2 });
    expect(model.status()).not.toHaveProperty('running');
  });

  it('counts what the current session has to do, not what another has', () => {
    const other = new ScriptedSession(model);
    session.add('a').start();
    other.add('one()', undefined, 'javascript').start();
    other.add('two()', undefined, 'typescript');
    expect(model.status()).toMatchObject({ queued: 0, running: command(0).key });
    model.setStatus({ title: 'trips', evaluator: 'javascript', state: 'busy' });
    expect(model.status()).toMatchObject({ queued: 1, running: command(1).key });
  });

  it('clears what is over and keeps what runs or waits', () => {
    session.ran('over');
    session.restart();
    session.add('running').start();
    session.add('waiting');
    model.clear();
    expect(model.entries().map((entry) => entry.type === 'command' && entry.source)).toEqual(['running', 'waiting']);
  });

  it('looks up what a number from the webview stands for, and nothing for a number that stands for nothing', () => {
    session.add('load()', originAt('a.py:3')).start().fails(keyError);
    const actions = [{ title: 'Start', vscodeCommand: 'extsession.restartSession' }];
    model.notify({ kind: 'died', title: 'Died', detail: '', actions });
    const [failed = 0, notice = 0] = model.entries().map(({ key }) => key);
    expect(model.command(failed)).toEqual({ source: 'load()', languageId: 'python', origin: originAt('a.py:3') });
    expect(frameOf(model.entry(failed), 0, 1)).toMatchObject({ file: '/home/ada/zones.py', line: 31 });
    expect(model.action(notice, 0)?.vscodeCommand).toBe('extsession.restartSession');
    expect([
      model.command(notice),
      frameOf(model.entry(failed), 9, 0),
      frameOf(model.entry(failed), 0, 99),
      model.action(failed, 0),
    ]).toEqual(Array<undefined>(4).fill(undefined));
    expect(model.action(notice, 1)).toBeUndefined();
  });
});
