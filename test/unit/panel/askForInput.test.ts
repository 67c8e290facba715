import { describe, expect, it } from 'vitest';
import type { InputRequest } from '../../../src/engine/worker/standardInput.js';
import { askForInput } from '../../../src/panel/askForInput.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { ScriptedSession, type ScriptedCommand } from '../../support/panelPage/scriptedSession.js';
import { eventually } from '../../support/eventually.js';

/** A panel that is shown and hidden, and boxes that stay open until they are answered or withdrawn. */
class Desk {
  readonly model = new PanelModel();
  readonly boxes: {
    readonly request: InputRequest;
    readonly answer: (text: string | undefined) => void;
    readonly leave: (() => void) | undefined;
  }[] = [];
  readonly #listeners = new Set<() => unknown>();
  running: ScriptedCommand | undefined;
  #visible = true;
  isAwaited = false;
  shownKey: number | undefined;

  get visible(): boolean {
    return this.#visible;
  }

  set visible(visible: boolean) {
    this.#visible = visible;
    for (const listener of this.#listeners) listener();
  }

  readonly onDidChangeVisible = (listener: () => unknown): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  show({ key }: { readonly key?: number }): void {
    this.shownKey = key;
    this.visible = true;
  }

  ask(signal: AbortSignal = new AbortController().signal): Promise<string | undefined> {
    const ask = askForInput({
      model: this.model,
      panel: this,
      elsewhere: (request, leave) =>
        new Promise((answer) => {
          this.boxes.push({ request, answer, leave });
          request.signal.addEventListener('abort', () => answer(undefined));
        }),
    });
    const { running } = this;
    return ask({ prompt: 'Name? ', password: false, signal, ...(running ? { results: running.results } : {}) });
  }

  get question(): number | undefined {
    const [entry] = this.model.entries();
    const state = entry?.type === 'command' ? entry.status.state : undefined;
    return state?.kind === 'asking' ? state.question.id : undefined;
  }
}

function busyDesk(): Desk {
  const desk = new Desk();
  desk.running = new ScriptedSession(desk.model).add('input()').start();
  return desk;
}

describe('input() asks', () => {
  it('in the panel while that is to be seen', async () => {
    const desk = busyDesk();
    const answered = desk.ask();
    const [entry] = desk.model.entries();
    desk.model.answer(entry?.key ?? 0, desk.question ?? 0, 'Ada');
    expect(await answered).toBe('Ada');
    expect(desk.boxes).toHaveLength(0);
  });

  it('elsewhere when the panel is hidden, and the panel shows the answer later', async () => {
    const desk = busyDesk();
    desk.visible = false;
    const answered = desk.ask();
    desk.boxes[0]?.answer('Ada');
    expect(await answered).toBe('Ada');
    const [entry] = desk.model.entries();
    expect(entry).toMatchObject({ parts: [{ type: 'input', text: { head: ['Ada'] } }] });
  });

  it('in the panel again once that is shown: the box goes, and its going is no answer', async () => {
    const desk = busyDesk();
    desk.visible = false;
    const answered = desk.ask();
    desk.visible = true;
    await eventually(() => expect(desk.boxes[0]?.request.signal.aborted).toBe(true));
    const [entry] = desk.model.entries();
    desk.model.answer(entry?.key ?? 0, desk.question ?? 0, 'in place');
    expect(await answered).toBe('in place');
  });

  it('in the panel, which is shown for that, once something else has taken the place of the box', async () => {
    const desk = busyDesk();
    desk.visible = false;
    const answered = desk.ask();
    desk.boxes[0]?.leave?.();
    expect(desk.boxes[0]?.request.signal.aborted).toBe(true);
    const [entry] = desk.model.entries();
    expect([desk.visible, desk.shownKey]).toEqual([true, entry?.key]);
    desk.visible = false;
    expect(desk.boxes).toHaveLength(2);
    desk.boxes[1]?.answer('Ada');
    expect(await answered).toBe('Ada');
  });

  it('nowhere while the panel of the last window is about to be there', async () => {
    const desk = busyDesk();
    desk.isAwaited = true;
    desk.visible = false;
    const answered = desk.ask();
    expect(desk.boxes).toHaveLength(0);
    desk.isAwaited = false;
    desk.visible = false; // its tab has been closed
    desk.boxes[0]?.answer('Ada');
    expect(await answered).toBe('Ada');
  });

  it('elsewhere while the panel shows another session, and in the panel once it shows the one that asks', async () => {
    const desk = busyDesk();
    const [mine, other] = ['python', 'two'].map((session) => ({ title: '', evaluator: 'python', session }));
    if (!mine || !other) throw new Error('There are two.');
    desk.model.setStatus({ ...other, state: 'idle' });
    const answered = desk.ask();
    expect(desk.boxes).toHaveLength(1);
    desk.model.setStatus({ ...mine, state: 'busy' });
    expect(desk.boxes[0]?.request.signal.aborted).toBe(true);
    const [entry] = desk.model.entries();
    desk.model.answer(entry?.key ?? 0, desk.question ?? 0, 'in place');
    expect(await answered).toBe('in place');
  });

  it('no more when the request is withdrawn', async () => {
    const desk = busyDesk();
    desk.visible = false;
    const cancel = new AbortController();
    const answered = desk.ask(cancel.signal);
    cancel.abort();
    expect(await answered).toBeUndefined();
    expect(desk.question).toBeUndefined();
    expect(desk.boxes[0]?.request.signal.aborted).toBe(true);
  });

  it('elsewhere when no command runs under which the panel could ask', async () => {
    const desk = new Desk();
    const answered = desk.ask();
    desk.boxes[0]?.answer('from a thread');
    expect(await answered).toBe('from a thread');
  });
});
