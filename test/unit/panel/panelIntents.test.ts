import { expect, it } from 'vitest';
import { commandActions } from '../../../src/panel/commandActions.js';
import { FormDrawings } from '../../../src/panel/formDrawings.js';
import { OutputSearch } from '../../../src/panel/find/outputSearch.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { PanelActions } from '../../../src/panel/panelActions.js';
import { PanelFeed } from '../../../src/panel/panelFeed.js';
import { panelIntents } from '../../../src/panel/panelIntents.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';

const welcome = { title: '', detail: '', hints: [], actions: [] };

it('the user is told of output that cannot be read: when it is copied, opened and searched', async () => {
  const model = new PanelModel();
  const { results } = new ScriptedSession(model).add('flood()').start().stdout('a line\n'.repeat(20_000)).ok();
  const failures: unknown[] = [];
  const copied: string[] = [];
  const fail = (error: unknown): unknown => failures.push(error);
  const handlers = panelIntents({
    model,
    feed: new PanelFeed({
      model,
      welcome,
      history: () => [],
      settings: () => {
        throw new Error('No page is open.');
      },
      send: () => undefined,
    }),
    actions: {} as PanelActions,
    welcome,
    commands: commandActions({
      model,
      copy: (text) => copied.push(text),
      actions: {} as PanelActions,
      openOutput: async (key) => {
        await Promise.resolve(model.output(key));
      },
      fail,
    }),
    copy: (text) => copied.push(text),
    openMatch: () => Promise.resolve(),
    search: new OutputSearch(model),
    drawings: new FormDrawings(),
    forms: { open: () => undefined, save: () => undefined, run: () => undefined },
    fail,
  });
  const key = model.keyOf(results) ?? 0;
  handlers.commandAction({ type: 'commandAction', key, action: 'copyOutput' });
  expect([copied.length, failures.length]).toEqual([1, 0]);
  results.dispose();
  handlers.commandAction({ type: 'commandAction', key, action: 'copyOutput' });
  handlers.commandAction({ type: 'commandAction', key, action: 'openOutput' });
  handlers.find({ type: 'find', request: 1, query: { text: 'a', matchCase: false, wholeWord: false, regex: false } });
  await expect.poll(() => failures.length, { timeout: 30_000 }).toBe(3);
  expect(failures).toMatchObject(Array.from({ length: 3 }, () => ({ code: 'RESULTS_DISPOSED' })));
  expect(copied.length).toBe(1);
  model.dispose();
});
