import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession } from '../../src/library.js';

const REACT = 'var React = { createElement: (type, props, ...children) => ({ type, props, children }) };';

describe('JSX in a JavaScript session', () => {
  let session: ExtSession;
  beforeAll(async () => {
    session = await ExtSession.start({ evaluator: 'javascript' });
    await session.execute(REACT).wait();
  });
  afterAll(async () => {
    await session.exit();
  });

  test.each([
    ['a .jsx file', 'view.jsx', 'const a = 1; <b id="x">{a}</b>'],
    ['a .tsx file', 'view.tsx', 'const a: number = 1; <b id="x">{a as number}</b>'],
    ['a .js file', 'view.js', 'const a = 1; <b id="x">{a}</b>'],
    ['a file without a name, with types', 'untitled:Untitled-1', 'const a: number = 1; <b id="x">{a}</b>'],
  ])('runs in %s', async (_, filename, source) => {
    const outcome = await session.execute(source, { filename }).wait();
    expect(outcome).toMatchObject({ status: 'ok' });
    const value = outcome.status === 'ok' ? outcome.result?.['text/plain'] : undefined;
    expect(value).toBe("{ type: 'b', props: { id: 'x' }, children: [ 1 ] }");
  });

  test('leaves type assertions in angle brackets to files that can have them', async () => {
    const outcome = await session.execute('const n = <number>7; n', { filename: 'view.ts' }).wait();
    expect(outcome).toMatchObject({ status: 'ok', result: { 'text/plain': '7' } });
  });

  test('names the mistake where it is', async () => {
    const outcome = await session.execute('1;\n<b>{</b>', { filename: 'view.jsx', firstLine: 5 }).wait();
    expect(outcome).toMatchObject({ status: 'error', error: { name: 'SyntaxError', frames: [{ line: 6 }] } });
  });
});
