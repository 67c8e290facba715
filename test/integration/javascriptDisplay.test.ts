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
    await results.closed;
    expect(results.outputs.map((output) => ('data' in output ? output.data : output))).toEqual([
      { 'text/plain': "'late'" },
    ]);
  });
});

describe('Values of libraries for pages, in JavaScript', () => {
  const PAGE = `
    class Node { get nodeType() { return 1; } }
    class Element extends Node {
      constructor(space, markup) { super(); this.namespaceURI = space; this.markup = markup; }
      get outerHTML() { return this.markup; }
    }
    class Canvas { getContext() {} toDataURL(type) { return 'data:' + type + ';base64,AAAA'; } }`;

  test.each([
    ['an element', 'new Element("http://www.w3.org/1999/xhtml", "<p>hi</p>")', { 'text/html': '<p>hi</p>' }],
    ['a drawing', 'new Element("http://www.w3.org/2000/svg", "<svg/>")', { 'image/svg+xml': '<svg/>' }],
    ['a canvas', 'new Canvas()', { 'image/png': 'AAAA' }],
    ['the bytes of a picture', 'Buffer.from([0xff, 0xd8, 0xff, 0])', { 'image/jpeg': '/9j/AA==' }],
  ])('are shown as what they are: %s', async (_, source, form) => {
    const outcome = await session.execute(`${PAGE}\n${source}`).wait();
    expect(outcome).toMatchObject({ status: 'ok', result: form });
  });

  test.each([
    ['an element that cannot be read', '({ nodeType: 1, get outerHTML() { throw new Error("no"); } })'],
    ['what only has the name', '({ nodeType: 1, outerHTML: 5 })'],
    ['a proxy', 'new Proxy({}, { get: () => { throw new Error("asked"); } })'],
    ['other bytes', 'new Uint8Array([0xff, 0xd8])'],
  ])('are text otherwise: %s', async (_, source) => {
    const outcome = await session.execute(source).wait();
    expect(outcome.status === 'ok' ? Object.keys(outcome.result ?? {}) : outcome).toEqual(['text/plain']);
  });
});
