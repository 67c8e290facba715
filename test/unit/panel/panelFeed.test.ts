import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changedText } from '../../../media/panel/command/visibleLines.js';
import { PanelFeed } from '../../../src/panel/panelFeed.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { parseHostMessage, type Change, type HostMessage } from '../../../src/protocol/panel.js';
import type { CommandEntry, Entry } from '../../../src/protocol/panelEntries.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { usualSettings } from '../../support/panelPage/usualSettings.js';

const welcome = { title: '', detail: '', hints: [], actions: [] };

/** A webview that does what ours does with messages, without drawing: a copy of the model. */
class Copy {
  readonly received: HostMessage[] = [];
  readonly entries = new Map<number, Entry>();

  receive(message: HostMessage): void {
    const parsed = parseHostMessage(structuredClone(message));
    if (!parsed) throw new Error(`Not a message: ${JSON.stringify(message)}`);
    this.received.push(parsed);
    if (parsed.type === 'snapshot') {
      this.entries.clear();
      for (const entry of parsed.entries) this.entries.set(entry.key, entry);
    } else for (const change of parsed.changes) this.#apply(change);
  }

  #apply(change: Change): void {
    if (change.type === 'earlier') for (const entry of change.entries) this.entries.set(entry.key, entry);
    if (change.type === 'entry') this.entries.set(change.entry.key, change.entry);
    if (change.type === 'dropped')
      for (const key of this.entries.keys()) if (key < change.before) this.entries.delete(key);
    const entry = 'key' in change ? this.entries.get(change.key) : undefined;
    if (entry?.type === 'command' && 'key' in change) this.entries.set(entry.key, changed(entry, change));
  }
}

function changed(entry: CommandEntry, change: Change): CommandEntry {
  if (change.type === 'command') {
    const { dropped } = change.status;
    const isKept = ({ id }: { id: number }): boolean =>
      !dropped || id < dropped.after - dropped.count || id >= dropped.after;
    return { ...entry, status: change.status, parts: entry.parts.filter(isKept) };
  }
  if (change.type === 'cleared') return { ...entry, parts: [] };
  if (change.type === 'part') return { ...entry, parts: [...entry.parts, change.part] };
  if (change.type !== 'text') return entry;
  const parts = entry.parts.map((part) =>
    part.id === change.part && part.type !== 'error' ? { ...part, text: changedText(part.text, change) } : part,
  );
  return { ...entry, parts };
}

let model: PanelModel;
let session: ScriptedSession;
let copy: Copy;
let feed: PanelFeed;

beforeEach(() => {
  vi.useFakeTimers();
  model = new PanelModel({ bounds: { entries: 50, characters: 1_000_000 }, now: () => 5 });
  session = new ScriptedSession(model);
  copy = new Copy();
  feed = new PanelFeed({
    model,
    welcome,
    history: () => [{ source: 'x = 1', evaluator: 'python' }],
    settings: () => usualSettings,
    send: (message) => {
      copy.receive(message);
    },
  });
});
afterEach(() => {
  feed.dispose();
  vi.useRealTimers();
});

function acknowledgeAll(): void {
  for (let round = 0; round < 100; round++) {
    feed.acknowledge(copy.received.at(-1)?.seq ?? 0);
    vi.advanceTimersByTime(16);
  }
}

function hasReveal(message: HostMessage): boolean {
  return message.type === 'update' && message.changes.some(({ type }) => type === 'reveal');
}

describe('the panel feed', () => {
  it('sends nothing before the webview is ready, then a snapshot of all there is', () => {
    session.ran('x = 1');
    vi.advanceTimersByTime(100);
    expect(copy.received).toEqual([]);
    feed.start();
    expect(copy.received).toMatchObject([{ type: 'snapshot', entries: [{ source: 'x = 1' }] }]);
  });

  it('sends nothing of a session that is not shown, and a snapshot when it is', () => {
    feed.start();
    const [main, other] = ['python', 'two'].map(
      (id) => ({ title: id, evaluator: 'python', session: id, state: 'idle' }) as const,
    );
    if (!main || !other) throw new Error('There are two.');
    model.setStatus(main, [main, other]);
    acknowledgeAll();
    const sent = copy.received.length;
    new ScriptedSession(model, 'two').ran('there');
    vi.advanceTimersByTime(100);
    expect(JSON.stringify(copy.received.slice(sent))).not.toContain('there');
    expect(copy.entries.size).toBe(0);
    acknowledgeAll();
    model.setStatus(other, [main, other]);
    acknowledgeAll();
    expect([...copy.entries.values()]).toMatchObject([{ source: 'there' }]);
    expect(copy.received.at(-1)?.type).toBe('snapshot');
  });

  it('sends at most one message a frame, however much was written', () => {
    feed.start();
    const command = session.add('print_many()').start();
    for (let line = 0; line < 1000; line++) command.stdout(`${String(line)}\n`);
    vi.advanceTimersByTime(16);
    expect(copy.received).toHaveLength(2);
    for (let line = 0; line < 1000; line++) command.stdout(`${String(line)}\n`);
    feed.acknowledge(1);
    vi.advanceTimersByTime(15);
    expect(copy.received).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(copy.received).toHaveLength(3);
  });

  it('waits for a webview that is behind, then sends the newest state instead of a backlog', () => {
    feed.start();
    const command = session.add('flood()').start();
    for (let burst = 0; burst < 1000; burst++) {
      command.stdout(`burst ${String(burst)}\n`.repeat(100));
      vi.advanceTimersByTime(16);
    }
    expect(copy.received.length).toBeLessThanOrEqual(3);
    acknowledgeAll();
    expect(copy.received.length).toBeLessThanOrEqual(4);
    expect(JSON.stringify(copy.received.at(-1)).length).toBeLessThan(100_000);
    expect([...copy.entries.values()]).toEqual(model.entries());
  });

  it('keeps the copy equal to the model through everything that happens', () => {
    feed.start();
    const steps = [
      () => session.ran('first', { value: '1' }),
      () => model.divide('restarted', 'python'),
      () => session.add('second').start().stdout('a\nb').stderr('c\r').stdout('\x1b[31md').ok(3),
      () => model.notify({ kind: 'info', title: 'note', detail: '', actions: [] }),
      () => {
        const command = session.add('alternate').start();
        for (let index = 0; index < 200; index++) command.stdout(`${String(index)}\n`).stderr('x');
      },
      () => {
        const command = session.add('clear').start().stdout('old').display({ 'text/plain': 'old' }, 'id');
        vi.advanceTimersByTime(16);
        acknowledgeAll();
        for (let index = 0; index < 100; index++) command.stdout(`${String(index)}\n`).stderr('x');
        command.clears().stdout('new').display({ 'text/plain': 'new' }, 'id').clears({ wait: true });
      },
      () => {
        for (let index = 0; index < 70; index++) session.ran(String(index));
      },
      () => {
        model.clear();
      },
      () => session.ran('last'),
    ];
    for (const [index, step] of steps.entries()) {
      step();
      vi.advanceTimersByTime(16);
      if (index % 2 === 0) feed.acknowledge(copy.received.at(-1)?.seq ?? 0);
    }
    acknowledgeAll();
    expect([...copy.entries.values()]).toEqual(model.entries());
  });

  it('sends many new commands in batches, in their order', () => {
    model = new PanelModel();
    session = new ScriptedSession(model);
    feed.dispose();
    feed = new PanelFeed({
      model,
      welcome,
      history: () => [],
      settings: () => usualSettings,
      send: (message) => {
        copy.receive(message);
      },
    });
    feed.start();
    for (let index = 0; index < 1000; index++) session.add(String(index));
    acknowledgeAll();
    const sizes = copy.received.map((message) => (message.type === 'update' ? message.changes.length : 0));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(101);
    expect([...copy.entries.values()]).toEqual(model.entries());
  });

  it('sends what comes after a pause at once, and what follows with the next frame', () => {
    feed.start();
    feed.acknowledge(1);
    vi.advanceTimersByTime(1000);
    const command = session.add('1');
    vi.advanceTimersByTime(5);
    expect(copy.received).toHaveLength(2);
    feed.acknowledge(2);
    command.start().stdout('a');
    vi.advanceTimersByTime(5);
    command.stdout('b').ok();
    vi.advanceTimersByTime(5);
    expect(copy.received).toHaveLength(2);
    vi.advanceTimersByTime(10);
    expect(copy.received).toHaveLength(3);
  });

  it('waits after a pause until the result of a short command is there, and no longer', () => {
    feed.start();
    feed.acknowledge(1);
    vi.advanceTimersByTime(1000);
    const command = session.add('1').start();
    vi.advanceTimersByTime(1);
    expect(copy.received).toHaveLength(1);
    command.ok(1, '1');
    vi.advanceTimersByTime(1);
    expect([...copy.entries.values()]).toMatchObject([
      { status: { state: { kind: 'done' } }, parts: [{ type: 'value' }] },
    ]);
  });

  it('sends the newest entries of a long transcript first, and those before them bit by bit', () => {
    model = new PanelModel();
    session = new ScriptedSession(model);
    for (let index = 0; index < 500; index++) session.ran(String(index));
    feed.dispose();
    feed = new PanelFeed({
      model,
      welcome,
      history: () => [],
      settings: () => usualSettings,
      send: (message) => copy.receive(message),
    });
    feed.start();
    const [snapshot] = copy.received;
    expect(snapshot).toMatchObject({ type: 'snapshot', earlier: 480 });
    expect([...copy.entries.values()]).toEqual(model.entries().slice(480));
    session.ran('new');
    acknowledgeAll();
    expect([...copy.entries.values()].toSorted((a, b) => a.key - b.key)).toEqual(model.entries());
  });

  it('starts again from a snapshot when the webview was thrown away', () => {
    feed.start();
    session.ran('x = 1');
    vi.advanceTimersByTime(16);
    session.ran('y = 2');
    feed.start();
    expect(copy.received.at(-1)).toMatchObject({
      type: 'snapshot',
      entries: [{ source: 'x = 1' }, { source: 'y = 2' }],
    });
    session.ran('z = 3');
    vi.advanceTimersByTime(16);
    expect([...copy.entries.values()]).toEqual(model.entries());
  });

  it('keeps what is asked of a webview that is gone for the next one, behind its snapshot', () => {
    feed.start();
    session.ran('x = 1');
    acknowledgeAll();
    feed.pause();
    feed.answer({ type: 'reveal', key: model.oldestKey });
    vi.advanceTimersByTime(100);
    expect(copy.received.some(hasReveal)).toBe(false);
    feed.start();
    acknowledgeAll();
    expect(copy.received.findIndex(hasReveal)).toBeGreaterThan(
      copy.received.findLastIndex(({ type }) => type === 'snapshot'),
    );
  });

  it('does not count what was never sent as acknowledged', () => {
    feed.start();
    feed.acknowledge(999);
    for (let index = 0; index < 10; index++) {
      session.ran(String(index));
      vi.advanceTimersByTime(16);
    }
    expect(copy.received.length).toBeLessThanOrEqual(2);
  });
});
