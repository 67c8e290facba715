import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';

let session: ExtSession;
beforeEach(async () => {
  session = await ExtSession.start({ evaluator: 'javascript' });
});
afterEach(async () => {
  await session.exit();
});

/** What a command showed, in order. */
async function shown(source: string): Promise<string[]> {
  const results = session.execute(source);
  await results.wait();
  return results.outputs.map((output) => {
    if (output.type === 'stream') return `${output.name}: ${output.text}`;
    if (output.type === 'error') return `${output.name}: ${output.message}`;
    return `${output.type}: ${JSON.stringify(output.data)}`;
  });
}

describe('display() in JavaScript', () => {
  test('shows a value at its place among the output', async () => {
    expect(await shown('console.log("before"); display([1, 2]); console.error("after"); display("x"); 7')).toEqual([
      'stdout: before\n',
      'display_data: {"text/plain":"[ 1, 2 ]"}',
      'stderr: after\n',
      `display_data: {"text/plain":"'x'"}`,
      'execute_result: {"text/plain":"7"}',
    ]);
  });

  test('shows the forms that the value offers, and those that come later when they come', async () => {
    session.execute(`
      const bold = { [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>x</b>', 'text/plain': 'x' }) };
      const late = { [Symbol.for('Jupyter.display')]: async () => ({ 'text/html': '<i>y</i>', 'text/plain': 'y' }) };`);
    expect(await shown('display(bold); await display(late); console.log("after")')).toEqual([
      'display_data: {"text/html":"<b>x</b>","text/plain":"x"}',
      'display_data: {"text/html":"<i>y</i>","text/plain":"y"}',
      'stdout: after\n',
    ]);
  });

  test('fails with the error of the value that cannot be shown', async () => {
    expect(
      await shown(`display({ [Symbol.for('Jupyter.display')]: () => { throw new TypeError('no picture'); } })`),
    ).toEqual(['TypeError: no picture']);
  });

  test('from a timer shows under the command that set it', async () => {
    const results = session.execute('setTimeout(() => display("late"), 30); undefined');
    await results.wait();
    expect(await shown('await new Promise((resolve) => setTimeout(resolve, 100)); display("mine")')).toEqual([
      `display_data: {"text/plain":"'mine'"}`,
    ]);
    expect(results.outputs.map((output) => ('data' in output ? output.data : output))).toEqual([
      { 'text/plain': "'late'" },
    ]);
  });
});
