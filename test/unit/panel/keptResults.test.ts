import { beforeEach, describe, expect, it } from 'vitest';
import type { ExtResults } from '../../../src/engine/extResults.js';
import { OutputBudget } from '../../../src/engine/output/outputBudget.js';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { partBounds } from '../../../src/panel/model/outputParts.js';
import type { CommandEntry, Entry } from '../../../src/protocol/panelEntries.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';

let model: PanelModel;
let session: ScriptedSession;

beforeEach(() => {
  model = new PanelModel();
  session = new ScriptedSession(model);
});

function command(index: number): CommandEntry {
  const entry = model.entries().filter((candidate): candidate is CommandEntry => candidate.type === 'command')[index];
  if (!entry) throw new Error(`There is no command ${String(index)}.`);
  return entry;
}

function canRead(results: ExtResults): boolean {
  try {
    return results.stdout === 'text';
  } catch {
    return false;
  }
}

describe('the results of commands in the panel model', () => {
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

  it('hands out all output of a command, also what it does not keep', () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `${String(index)}\n`).join('');
    session.add('count()').start().stdout(lines).ok();
    expect(model.output(command(0).key)).toBe(lines);
    expect(JSON.stringify(command(0)).length).toBeLessThan(lines.length);
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
