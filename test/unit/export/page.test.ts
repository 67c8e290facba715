import { expect, test } from 'vitest';
import type { Sheet } from '../../../src/export/sheet.js';
import { writePage } from '../../../src/export/writePage.js';

const bad = '<script>alert(1)</script><img src=x onerror=alert(1)>';

async function page(cells: Sheet['cells'], draw: (data: string) => string | undefined = () => undefined) {
  const options = { title: bad, detail: bad, draw: (_: string, data: string) => Promise.resolve(draw(data)) };
  return writePage({ language: 'python', cells }, options);
}

test('a page has no markup but its own and what the panel has sanitized', async () => {
  const outputs = [
    { type: 'stream', name: 'stdout', text: `${bad}\u001b]8;;javascript:alert(1)\u0007link\u001b]8;;\u0007` },
    { type: 'error', name: bad, message: bad, traceback: bad },
    { type: 'display_data', data: { 'text/html': bad, 'text/plain': bad } },
    { type: 'display_data', data: { 'image/svg+xml': `<svg>${bad}</svg>`, 'image/png': `"${bad}` } },
    { type: 'display_data', data: { 'image/png': `"${bad}` } },
    { type: 'execute_result', data: { 'application/json': { [bad]: bad } } },
  ] as const;
  const text = await page([
    { kind: 'markdown', source: bad, outputs: [] },
    { kind: 'raw', source: bad, outputs: [] },
    { kind: 'code', source: `"${bad}"\n# ${bad}`, outputs },
  ]);
  expect(text).not.toMatch(/<script|<img src=x|<svg|javascript:/);
  expect(text).toContain("content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline';");
});

test('a value is in the richest form of which something is left, then as text', async () => {
  const data = { 'text/html': 'needs scripts', 'text/markdown': 'fine', 'text/plain': 'plain' };
  const cell = { kind: 'code', source: '', outputs: [{ type: 'execute_result', data }] } as const;
  expect(await page([cell], (form) => (form === 'fine' ? '<em>drawn</em>' : undefined))).toContain('<em>drawn</em>');
  expect(await page([cell])).toContain('<pre class="value">plain</pre>');
  const document = { 'application/pdf': 'JVBERg==', 'text/plain': 'a document' };
  const other = { ...cell, outputs: [{ type: 'execute_result', data: document }] } as const;
  expect(await page([other], () => 'drawn')).toContain('<pre class="value">a document</pre>');
});

test('text has the colors that it had in the panel', async () => {
  const text = '\u001b[1;31mred\u001b[0m \u001b[38;5;196mbright\u001b[0m \u001b[38;5;244mgray\u001b[0m\n10%\r99%';
  const cell = { kind: 'code', source: 'x = 1', outputs: [{ type: 'stream', name: 'stderr', text }] } as const;
  const shown = await page([cell]);
  expect(shown).toContain('<span class="bold f1">red</span>');
  expect(shown).toContain('style="color:rgb(255,0,0)"');
  expect(shown).toContain('style="color:rgb(128,128,128)"');
  expect(shown).toMatch(/99%.*<\/pre>/);
  expect(shown).toContain('x = <span class="n">1</span>');
});
