import { beforeEach, describe, expect, it } from 'vitest';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { CommandEntry } from '../../../src/protocol/panelEntries.js';

let model: PanelModel;

beforeEach(() => {
  model = new PanelModel();
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

  it('says of a running command whose session another window has that it continues there', async () => {
    const writer = new ResultsWriter({ id: 1, executionCount: 1 });
    model.add({ source: 'x', languageId: 'python', evaluator: 'python', results: writer.results });
    writer.start();
    expect(model.entries()).toMatchObject([{ status: { state: { kind: 'running' } } }]);
    writer.abandon(new Error('Detached.'));
    await expect(writer.results.wait()).rejects.toThrow();
    expect(model.entries()).toMatchObject([{ status: { state: { kind: 'left' } } }]);
    expect(model.status()).toMatchObject({ queued: 0 });
    expect(model.status()).not.toHaveProperty('running');
  });

  it('says of a queued one that it continues there, but not how long it has run', async () => {
    const writer = new ResultsWriter({ id: 1, executionCount: 1 });
    model.add({ source: 'x', languageId: 'python', evaluator: 'python', results: writer.results });
    writer.abandon(new Error('Detached.'));
    await expect(writer.results.wait()).rejects.toThrow();
    const [entry] = model.entries();
    expect(entry).toMatchObject({ status: { state: { kind: 'left' } } });
    expect(entry).not.toHaveProperty('status.state.elapsedMs');
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

describe('the transcript of an earlier window', () => {
  it.each([
    ['continued', true, ['continued']],
    ['reloaded', false, ['reloaded']],
    ['reloaded', true, ['reloaded', 'continued']],
    ['restarted', true, ['restarted', 'continued']],
  ] as const)('has one divider for windows in which nothing ran: %s, goes on: %s → %j', (kind, goesOn, kinds) => {
    if (goesOn) model.markContinued('two');
    model.restore([{ key: 1, type: 'divider', kind, session: 'two', time: 1 }], 0);
    expect(model.entries().map((entry) => entry.type === 'divider' && entry.kind)).toEqual(kinds);
  });

  it('names the commands of the processes that go on, and none of those that have ended', () => {
    const command = (key: number, source: string, session: string): CommandEntry => ({
      ...{ type: 'command', sourceOmitted: 0, languageId: 'python', evaluator: 'python', parts: [] },
      ...{ key, source, session, number: key, status: { state: { kind: 'done', elapsedMs: 1 }, open: false } },
    });
    const divider = { key: 3, type: 'divider', kind: 'restarted', session: 'two', time: 1 } as const;
    const history = [
      command(1, 'ended', 'one'),
      command(2, 'before a restart', 'two'),
      divider,
      command(4, 'of the process', 'two'),
      { ...command(5, 'train.py', 'two'), isRun: true as const },
    ];
    const found: string[] = [];
    model.onDidRestore((commands) => found.push(...commands.map(({ source }) => source)));
    model.markContinued('two');
    model.restore(history, 0);
    expect(found).toEqual(['of the process']);
  });
});
