import { beforeEach, describe, expect, it } from 'vitest';
import type { ExtResults } from '../../../src/engine/extResults.js';
import { OutputBudget } from '../../../src/engine/output/outputBudget.js';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import { frameOf } from '../../../src/panel/model/entryParts.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { MOST_FORM_DATA, restoreTranscript, saveTranscript } from '../../../src/panel/model/savedTranscript.js';
import { partBounds } from '../../../src/panel/model/outputParts.js';
import type { CommandEntry, Entry, Line, Part } from '../../../src/protocol/panelEntries.js';
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

function canRead(results: ExtResults): boolean {
  try {
    return results.stdout === 'text';
  } catch {
    return false;
  }
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

  it('shows start-up commands, which can run again, without a number', () => {
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

  it('finds a command by its results, as long as it keeps it', () => {
    session.ran('1');
    const { results } = session.ran('2');
    expect(model.keyOf(results)).toBe(command(1).key);
    model.clear();
    expect(model.keyOf(results)).toBeUndefined();
  });

  it('disposes of the results of commands that it does not keep, and of no others', () => {
    model = new PanelModel({ bounds: { entries: 3, characters: 1_000_000 } });
    session = new ScriptedSession(model);
    const printed = (): ExtResults => session.add('print()').start().stdout('text').ok().results;
    const [evicted, deleted, cleared] = [printed(), printed(), printed()];
    const running = session.add('wait()').start().stdout('text').results;
    const isReadable = () => [evicted, deleted, cleared, running].map((results) => canRead(results));
    expect(isReadable()).toEqual([false, true, true, true]);
    model.delete(model.keyOf(deleted) ?? 0);
    expect(isReadable()).toEqual([false, false, true, true]);
    model.clear();
    expect(isReadable()).toEqual([false, false, false, true]);
    model.dispose();
    expect(isReadable()).toEqual([false, false, false, false]);
  });

  it('leaves results alone that somebody else also reads', () => {
    const letGo: ExtResults[] = [];
    model = new PanelModel({ letGo: (results) => letGo.push(results) });
    session = new ScriptedSession(model);
    const { results } = session.add('print()').start().stdout('text').ok();
    model.clear();
    expect(letGo).toEqual([results]);
    expect(results.stdout).toBe('text');
  });

  it('gives all output of a command, and the lines that it does not keep, also from disk', () => {
    const budget = new OutputBudget(1 << 20);
    const writer = new ResultsWriter({ id: 1, executionCount: 1, budget });
    model.add({ source: 'flood()', languageId: 'python', evaluator: 'python', results: writer.results });
    writer.start();
    const text = Array.from({ length: 400_000 }, (_, number) => `line ${String(number)}\n`).join('');
    for (let at = 0; at < text.length; at += 1 << 16) writer.append(0, Buffer.from(text.slice(at, at + (1 << 16))));
    expect(budget.spilled).toBeGreaterThan(2 << 20);
    expect(model.output(command(0).key) === text).toBe(true);
    const unkept = [...(model.records()[0]?.unkept ?? [])].flat();
    expect(unkept.find((line) => line.text === 'line 200000')).toMatchObject({ source: { line: 200_000 } });
    expect(budget.held).toBeLessThanOrEqual(budget.bytes);
    model.dispose();
    expect([budget.held, budget.spilled]).toEqual([0, 0]);
  });

  it('ends a search in a command that is removed in the meantime', () => {
    const { results } = session.add('print()').start().stdout('a line\n'.repeat(300_000)).ok();
    const [record] = model.records();
    const batches = record?.unkept?.[Symbol.iterator]();
    expect(batches?.next().done).toBe(false);
    model.clear();
    expect(canRead(results)).toBe(false);
    while (batches && !batches.next().done);
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

  it('hands out all output of a command, also what it does not keep', () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `${String(index)}\n`).join('');
    session.add('count()').start().stdout(lines).ok();
    expect(model.output(command(0).key)).toBe(lines);
    expect(JSON.stringify(command(0)).length).toBeLessThan(lines.length);
  });
});

describe('the panel model with several sessions', () => {
  const main = { title: 'trips', evaluator: 'python', session: 'python', state: 'idle' } as const;
  const other = { ...main, title: 'train', session: 'two', state: 'busy' } as const;

  function ran(source: string, id: string): CommandEntry {
    const writer = new ResultsWriter({ id: 1, executionCount: 1 });
    model.add({ source, languageId: 'python', evaluator: 'python', session: id, results: writer.results });
    writer.start();
    writer.settle({ status: 'ok', executionCount: 1, durationMs: 1 });
    writer.close();
    const entry = model.entries().at(-1);
    if (entry?.type !== 'command') throw new Error('It is the last entry.');
    return entry;
  }

  const shown = (): unknown[] =>
    model.keys().map((key) => {
      const entry = model.entry(key);
      return entry?.type === 'command' ? entry.source : entry?.type;
    });

  it('shows one at a time, with what belongs to all of them, and says that everything changes with another one', () => {
    model.setStatus(main, [main, other]);
    ran('here', 'python');
    const elsewhere = ran('there', 'two');
    model.notify({ kind: 'info', title: 'for all', detail: '', actions: [] });
    model.notify({ kind: 'info', title: 'for two', detail: '', actions: [], session: 'two' });
    expect(shown()).toEqual(['here', 'notice']);
    expect(model.isElsewhere(elsewhere.key)).toBe(true);
    const changes: string[] = [];
    model.onDidChange(({ type }) => changes.push(type));
    model.setStatus(other, [main, other]);
    expect(changes).toEqual(['reset']);
    expect(shown()).toEqual(['there', 'notice', 'notice']);
    expect(model.shownRecords().map(({ key }) => key)).toEqual([elsewhere.key]);
  });

  it('names those to choose from: that exist, are shown, or have entries', () => {
    const unused = { ...main, title: 'js', evaluator: 'javascript', session: 'javascript', state: 'none' } as const;
    const ended = { ...unused, title: 'old', session: 'old' } as const;
    model.setStatus(main, [main, unused, ended]);
    expect(model.status().sessions).toBeUndefined();
    ran('1', 'old');
    model.setStatus(main, [main, other, unused, ended]);
    expect(model.status().sessions?.map(({ title }) => title)).toEqual(['trips', 'train', 'old']);
  });

  it('clears the entries of the one that is shown, and forgets all of one that is removed', () => {
    model.setStatus(main, [main, other]);
    ran('here', 'python');
    ran('there', 'two');
    model.clear();
    expect(shown()).toEqual([]);
    model.setStatus(other, [main, other]);
    expect(shown()).toEqual(['there']);
    model.forget('two');
    expect(model.entries()).toEqual([]);
  });

  it('leads from a frame to the command with the number in the same session', () => {
    ran('first', 'python');
    const there = ran('second', 'two');
    const failed = ran('fail()', 'two');
    expect(model.commandNamed(1, there.key)).toBe(there.key);
    expect(model.commandNamed(1, failed.key)).toBe(failed.key);
  });

  it('says after a reload for each of them whether it goes on', () => {
    ran('here', 'python');
    ran('there', 'two');
    const next = new PanelModel({ now: () => 5000 });
    next.markContinued('two');
    next.restore(model.entries(), 0);
    const dividers = next.entries().filter((entry) => entry.type === 'divider');
    expect(dividers.map(({ session: id, kind }) => [id, kind])).toEqual([
      ['python', 'reloaded'],
      ['two', 'continued'],
    ]);
    expect(new Set(next.entries().map(({ key }) => key)).size).toBe(4);
  });

  it('runs a command again in the session that ran it', () => {
    expect(model.command(ran('there', 'two').key)).toEqual({ source: 'there', languageId: 'python', session: 'two' });
  });
});

describe('the panel model under a flood', () => {
  it('keeps the newest entries and counts the commands that went', () => {
    model = new PanelModel({ bounds: { entries: 10, characters: 1_000_000 } });
    session = new ScriptedSession(model);
    for (let index = 0; index < 25; index++) session.ran(`x = ${String(index)}`);
    expect(model.entries().map((entry) => entry.type === 'command' && entry.number)).toEqual(
      Array.from({ length: 10 }, (_, index) => 16 + index),
    );
    expect(model.older).toBe(15);
  });

  it('is bounded in characters, whoever writes them', () => {
    model = new PanelModel({ bounds: { entries: 1000, characters: 200_000 } });
    session = new ScriptedSession(model);
    for (let index = 0; index < 50; index++) session.add('flood()').start().stdout('some text\n'.repeat(10_000)).ok();
    expect(JSON.stringify(model.entries()).length).toBeLessThan(400_000);
    expect(model.older).toBeGreaterThan(0);
  });

  it('never forgets a command that is not over', () => {
    model = new PanelModel({ bounds: { entries: 3, characters: 1_000_000 } });
    session = new ScriptedSession(model);
    const running = session.add('long()').start();
    for (let index = 0; index < 10; index++) session.add(String(index));
    expect(model.entries()).toHaveLength(11);
    running.ok();
    session.add('one more');
    expect(model.entries().map((entry: Entry) => entry.type === 'command' && entry.source)).not.toContain('long()');
  });

  it('keeps the first and last parts of a command that alternates between its streams', () => {
    const command_ = session.add('alternate()').start();
    for (let index = 0; index < 500; index++) command_.stdout(`${String(index)}\n`).stderr(`${String(index)}\n`);
    const { parts, status } = command(0);
    expect(parts).toHaveLength(partBounds.head + partBounds.tail);
    expect(status.dropped).toEqual({ count: 1000 - parts.length, after: 1000 - partBounds.tail });
    expect(parts[partBounds.head]?.id).toBe(status.dropped?.after);
  });
});
