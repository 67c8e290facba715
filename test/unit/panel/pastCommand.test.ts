import { expect, test } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';

test('of a command from a notebook, the panel shows how it ended, but not how long it took', () => {
  const model = new PanelModel();
  const past = { source: '1 / 0', languageId: 'python', evaluator: 'python', number: 3 };
  const error = { name: 'ZeroDivisionError', message: 'division by zero', frames: [], traceback: 'ZeroDivisionError' };
  model.addPast({ ...past, outputs: [{ type: 'error', ...error }] });
  model.addPast({ ...past, source: '1', outputs: [] });
  const states = model.entries().map((entry) => entry.type === 'command' && entry.status.state);
  expect(states).toEqual([{ kind: 'failed' }, { kind: 'done' }]);
});
