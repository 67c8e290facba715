import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { restoreTranscript, saveTranscript } from '../../../src/panel/model/savedTranscript.js';
import { busyScene, endedScene } from '../../support/panelPage/scenes.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';

function reloaded(model: PanelModel): PanelModel {
  const history = restoreTranscript(saveTranscript(model.entries(), model.older));
  const next = new PanelModel();
  if (history) next.restore(history.entries, history.older);
  return next;
}

describe('the transcript after a window reload', () => {
  it('comes back as it was, above a divider', () => {
    const model = new PanelModel();
    endedScene(model);
    const before = model.entries().filter(({ type }) => type === 'command');
    const after = reloaded(model).entries();
    expect(after.at(-1)).toMatchObject({ type: 'divider', kind: 'reloaded' });
    expect(after.filter(({ type }) => type === 'command').map((entry) => ({ ...entry, key: 0, status: 0 }))).toEqual(
      before.map((entry) => ({ ...entry, key: 0, status: 0 })),
    );
  });

  it('shows what ran as died with the window, and what waited as never run', () => {
    const model = new PanelModel();
    busyScene(model);
    const kinds = reloaded(model)
      .entries()
      .flatMap((entry) => (entry.type === 'command' ? [entry.status.state.kind] : []));
    expect(kinds.slice(-3)).toEqual(['died', 'cancelled', 'cancelled']);
  });

  it('can run its commands again and open their places, but no button of a notice', () => {
    const model = new PanelModel();
    endedScene(model);
    const next = reloaded(model);
    const [first] = next.entries();
    expect(next.command(first?.key ?? 0)).toEqual({
      source: 'import faiss, numpy as np',
      languageId: 'python',
      origin: { uri: 'file:///home/ada/index.py', firstLine: 0, lastLine: 0 },
    });
    const notice = next.entries().find(({ type }) => type === 'notice');
    expect(notice).toMatchObject({ actions: [] });
    expect(next.action(notice?.key ?? 0, 0)).toBeUndefined();
  });

  it('keeps its keys, so that what was folded is found again, below all new ones', () => {
    const model = new PanelModel({ now: () => 1000 });
    new ScriptedSession(model).ran('old');
    const { entries } = restoreTranscript(saveTranscript(model.entries(), 0)) ?? { entries: [] };
    for (const [now, kept] of [
      [2000, true],
      [1, false], // the clock was put back
    ] as const) {
      const next = new PanelModel({ now: () => now });
      new ScriptedSession(next).ran('new');
      next.restore(entries, 0);
      expect(next.keys()).toEqual(next.keys().toSorted((one, other) => one - other));
      expect(next.keys()[0] === model.keys()[0]).toBe(kept);
    }
  });

  it('stands above what already ran in the new window', () => {
    const model = new PanelModel();
    endedScene(model);
    const history = restoreTranscript(saveTranscript(model.entries(), 7));
    const next = new PanelModel();
    new ScriptedSession(next).ran('new');
    next.restore(history?.entries ?? [], history?.older ?? 0);
    expect(next.entries().at(-1)).toMatchObject({ source: 'new' });
    expect(next.older).toBe(7);
  });

  it('is bounded, however much was written', () => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    for (let index = 0; index < 300; index++) session.add('flood()').start().stdout('some text\n'.repeat(5000)).ok();
    const saved = saveTranscript(model.entries(), model.older);
    expect(saved.length).toBeLessThan(1_100_000);
    const restored = restoreTranscript(saved);
    expect((restored?.entries.length ?? 0) + (restored?.older ?? 0)).toBe(300);
  });

  it('is nothing when the file is not one of ours', () => {
    for (const text of [
      '',
      'null',
      '{}',
      '{"version":2,"older":0,"entries":[]}',
      '{"version":1,"older":0,"entries":[{"type":"command"}]}',
    ])
      expect(restoreTranscript(text)).toBeUndefined();
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(restoreTranscript(text)).toBeUndefined();
      }),
    );
  });
});
