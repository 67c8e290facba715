import { describe, expect, it } from 'vitest';
import { errorPart } from '../../../src/panel/model/errorPart.js';
import { frameOf } from '../../../src/panel/model/entryParts.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { restoreTranscript, saveTranscript } from '../../../src/panel/model/savedTranscript.js';
import type { ErrorPart } from '../../../src/protocol/panelEntries.js';
import type { ErrorInfo, ExceptionInfo } from '../../../src/protocol/output.js';
import { chainedError, groupError, javascriptError } from '../../support/panelPage/chainedErrors.js';
import { keyError } from '../../support/panelPage/scenes.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';

/** Each exception behind an error, on a line, indented by its groups. */
function lines({ related = [], relatedOmitted = 0 }: ErrorPart): string[] {
  const shown = related.map(({ kind, depth, place, name, frame }) => {
    const what = place ? `${String(place.index)} of ${String(place.of)}` : kind;
    return `${'  '.repeat(depth)}${[what, name, ...(frame ? [frame.label] : [])].join(' ')}`;
  });
  return relatedOmitted > 0 ? [...shown, `${String(relatedOmitted)} more`] : shown;
}

function chain(length: number): ExceptionInfo {
  let error: ExceptionInfo = { name: 'E0', message: '', frames: [] };
  for (let at = 1; at < length; at++) error = { name: `E${String(at)}`, message: '', frames: [], cause: error };
  return error;
}

const top: ErrorInfo = { name: 'Top', message: '', frames: [], traceback: '' };

describe('what is behind an error', () => {
  it('stands in the order of its chain, each with its own line and its notes', () => {
    const part = errorPart(0, chainedError);
    expect(part.notes).toBe('tables: zones, trips');
    expect(lines(part)).toEqual(['cause KeyError cache.py:9', 'context ConnectionResetError store.py:18']);
    expect(part.related?.[1]).toMatchObject({
      message: '[Errno 104] Connection reset by peer',
      notes: 'host: db.trips.example\nafter 3 attempts',
      frame: { source: 'return connection.read(query)', mark: { from: 7, to: 29 } },
    });
  });

  it('stands below the group that it is a member of, and what was raised before the group after that', () => {
    expect(lines(errorPart(0, groupError))).toEqual([
      '  1 of 3 ValueError etl.py:51',
      '  2 of 3 TimeoutError etl.py:52',
      '  3 of 3 ExceptionGroup',
      '    1 of 2 ValueError etl.py:53',
      '    2 of 2 ValueError etl.py:54',
      'context ConnectionResetError store.py:18',
    ]);
  });

  it("is shown of JavaScript's errors too, whose own words stay at hand", () => {
    const part = errorPart(0, javascriptError);
    expect(lines(part)).toEqual(['cause TypeError report.js:2']);
    expect(part.traceback).toContain('[cause]: TypeError');
  });

  it('is nothing for an error that has nothing behind it', () => {
    expect(Object.keys(errorPart(0, keyError))).not.toEqual(expect.arrayContaining(['related']));
  });

  it('is bounded, in number and in depth, and the rest is counted', () => {
    expect(lines(errorPart(0, { ...top, cause: chain(5000) })).slice(-2)).toEqual(['cause E4980', '4980 more']);
    const members = Array.from({ length: 30 }, () => chain(2));
    const group = lines(errorPart(0, { ...top, exceptions: members, cause: chain(1) }));
    expect(group.slice(-2)).toEqual(['  cause E0', '41 more']);
    let nested: ExceptionInfo = { name: 'Inner', message: '', frames: [] };
    for (let depth = 0; depth < 100; depth++) nested = { name: 'Group', message: '', frames: [], exceptions: [nested] };
    expect(lines(errorPart(0, { ...top, ...nested, traceback: '' }))).toEqual([
      '  1 of 1 Group',
      '    1 of 1 Group',
      '      1 of 1 Group',
      '97 more',
    ]);
    const long = errorPart(0, { ...top, cause: { ...chain(1), message: 'm'.repeat(1e6), notes: ['n'.repeat(1e6)] } });
    expect(JSON.stringify(long).length).toBeLessThan(10_000);
  });

  it('can be opened by its number, after the frames of the error itself, and after a window reload', () => {
    const model = new PanelModel();
    new ScriptedSession(model).add('load()').start().fails(chainedError);
    const next = new PanelModel();
    next.restore(restoreTranscript(saveTranscript(model.entries(), 0))?.entries ?? [], 0);
    for (const one of [model, next]) {
      const [key = 0] = one.keys();
      const files = [0, 1, 2, 3, 4].map((frame) => frameOf(one.entry(key), 0, frame)?.file);
      expect(files).toEqual([...['train', 'store', 'cache', 'store'].map((name) => `/home/ada/${name}.py`), undefined]);
    }
  });

  it('may be missing from a transcript of an earlier version', () => {
    const model = new PanelModel();
    new ScriptedSession(model).add('load()').start().fails(chainedError);
    const saved = JSON.parse(saveTranscript(model.entries(), 0)) as unknown;
    const earlier = JSON.stringify(saved, (name, value: unknown) =>
      /^(related|notes)$/.test(name) ? undefined : value,
    );
    expect(earlier).not.toContain('fares\'"');
    expect(restoreTranscript(earlier)?.entries).toHaveLength(1);
  });
});
