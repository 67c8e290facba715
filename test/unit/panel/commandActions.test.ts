import { beforeEach, describe, expect, it } from 'vitest';
import { type CommandActions, commandActions } from '../../../src/panel/commandActions.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { commandActions as names } from '../../../src/protocol/commandAction.js';
import { originAt, ScriptedSession } from '../../support/panelPage/scriptedSession.js';

describe('the actions on a command of the panel', () => {
  let model: PanelModel;
  let calls: unknown[][];
  let actions: CommandActions;

  beforeEach(() => {
    model = new PanelModel();
    calls = [];
    const note =
      (name: string) =>
      (...args: readonly unknown[]): void => {
        calls.push([name, ...args]);
      };
    actions = commandActions({
      model,
      copy: note('copy'),
      actions: { runAgain: note('runAgain'), debugError: note('debugError'), openOrigin: note('openOrigin') },
      openOutput: (key) => {
        calls.push(['openOutput', key]);
        return Promise.resolve();
      },
      fail: note('fail'),
    });
  });

  it('copy, run, open and delete the command with that key', () => {
    const origin = originAt('a.py:3');
    new ScriptedSession(model).add('f(1)', origin).start().stdout('\u001b[31mred\u001b[0m\n').ok().close();
    const [key = 0] = model.keys();
    for (const name of names) actions[name](key);
    const command = { source: 'f(1)', languageId: 'python', origin };
    expect(calls).toEqual([
      ['copy', 'f(1)'],
      ['copy', 'red\n'],
      ['copy', '```python\nf(1)\n```\n\n```text\nred\n```\n'],
      ['runAgain', command],
      ['debugError', key],
      ['openOrigin', origin],
      ['openOutput', key],
    ]);
    expect(model.keys()).toEqual([]);
  });

  it('do nothing for a key without a command', () => {
    model.notify({ kind: 'info', title: 'A notice', detail: '', actions: [] });
    const [notice = 0] = model.keys();
    for (const name of names.filter((one) => one !== 'openOutput' && one !== 'delete')) {
      actions[name](notice);
      actions[name](-1);
    }
    expect(calls).toEqual([]);
  });
});
