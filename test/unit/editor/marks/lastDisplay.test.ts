import { expect, test } from 'vitest';
import { followDisplays } from '../../../../src/editor/marks/lastDisplay.js';
import { Emitter } from '../../../../src/engine/emitter.js';
import type { Output } from '../../../../src/protocol/output.js';

test('what a command displayed last is known until it is cleared', () => {
  const received = new Emitter<Output>();
  const cleared = new Emitter<void>();
  const follow = () =>
    followDisplays({
      onDidReceiveOutput: (listener) => received.event(listener),
      onDidClear: (listener) => cleared.event(listener),
    });
  const shows = (text: string) => {
    received.fire({ type: 'display_data', data: { 'text/plain': text } });
  };
  const [kept, lost, none] = [follow(), follow(), follow()];
  expect(none()).toBeUndefined();
  shows('first');
  shows('Plotly figure (1 scatter trace)');
  received.fire({ type: 'stream', name: 'stdout', text: 'printed' });
  expect(kept()).toBe('Plotly figure (1 scatter trace)');
  cleared.fire();
  expect(lost()).toBeUndefined();
});
