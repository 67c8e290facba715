import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PanelFeed } from '../../../src/panel/panelFeed.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { parseHostMessage, parseIntent, type HostMessage } from '../../../src/protocol/panel.js';
import { scenes } from '../../support/panelPage/scenes.js';
import { usualSettings } from '../../support/panelPage/usualSettings.js';

describe('the panel protocol', () => {
  it('lets every intent through and nothing else', () => {
    expect(parseIntent({ type: 'ready' })).toEqual({ type: 'ready' });
    expect(parseIntent({ type: 'openFrame', key: 1, part: 2, frame: 3 })).toEqual({
      type: 'openFrame',
      key: 1,
      part: 2,
      frame: 3,
    });
    const query = { text: 'x', matchCase: false, wholeWord: false, regex: true };
    const place = { line: 4, column: 0, length: 2 };
    for (const intent of [
      { type: 'find', request: 1, query },
      { type: 'find', request: 2 },
      { type: 'openMatch', key: 1, place },
      { type: 'commandAction', key: 1, action: 'copyOutput' },
    ])
      expect(parseIntent(intent)).toEqual(intent);
    const wrong: unknown[] = [
      undefined,
      null,
      'ready',
      { type: 'run', source: ['import os'], evaluator: 'python' },
      { type: 'run', source: 'import os' },
      { type: 'run', source: 'import os', evaluator: 'python', uri: 'file:///etc/passwd' },
      { type: 'openFrame', key: 1, part: 2 },
      { type: 'openFrame', key: 1, part: 2, frame: 3, file: '/etc/passwd' },
      { type: 'find', query },
      { type: 'find', request: 1, query: { ...query, text: /x/ } },
      { type: 'openMatch', key: 1, place: { ...place, line: -1 } },
      { type: 'openMatch', key: 1, place: { ...place, uri: 'file:///etc/passwd' } },
      { type: 'commandAction', key: '1', action: 'runAgain' },
      { type: 'commandAction', key: -1, action: 'runAgain' },
      { type: 'commandAction', key: 1.5, action: 'runAgain' },
      { type: 'commandAction', key: 1, action: 'copyEverything' },
      { type: 'noticeAction', key: 1, action: NaN },
    ];
    for (const intent of wrong) expect(parseIntent(intent)).toBeUndefined();
  });

  it('drops whatever else arrives from the webview', () => {
    fc.assert(
      fc.property(fc.object(), (data) => {
        expect(parseIntent(data)).toBeUndefined();
      }),
    );
  });

  it('lets through what the host sends, as it was sent', () => {
    for (const scene of Object.values(scenes)) {
      const model = new PanelModel();
      scene(model);
      const sent: HostMessage[] = [];
      const feed = new PanelFeed({
        model,
        welcome: { title: 'a', detail: 'b', hints: [], actions: [] },
        history: () => [],
        settings: () => usualSettings,
        send: (message) => sent.push(message),
      });
      feed.start();
      feed.dispose();
      expect(sent.map((message) => parseHostMessage(structuredClone(message)))).toEqual(sent);
    }
  });

  it('drops a message whose text is not text', () => {
    const change = { type: 'text', key: 1, part: 0, total: 1, head: { from: 0, lines: ['fine'] } };
    const message = { type: 'update', seq: 1, changes: [change] };
    expect(parseHostMessage(message)).toEqual(message);
    for (const line of [5, null, { runs: [5] }, { runs: [['text']] }, { html: '<b>' }]) {
      const changes = [{ ...change, head: { from: 0, lines: [line] } }];
      expect(parseHostMessage({ type: 'update', seq: 1, changes })).toBeUndefined();
    }
  });
});
