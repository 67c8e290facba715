import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { MarkerKind } from '../../src/engine/output/streamMarkerParser.js';
import { type Value, decodeValue } from '../../src/engine/values.js';
import { helloMessage, workerMessages } from '../../src/protocol/worker.js';
import { inRoot } from '../support/project.mjs';

const page = readFileSync(inRoot('docs', 'evaluator-protocol.md'), 'utf8');
/** What stands in code on the page, in blocks and in lines. */
const code = [...page.matchAll(/```[^]*?```|`[^`]+`/g)].join('\n');

/** The words that a schema has: names of fields, and what they may say. */
function wordsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { entries, options, wrapped, item, pipe, literal } = schema as Record<string, unknown>;
  const fields = typeof entries === 'object' && entries !== null ? Object.entries(entries) : [];
  const choices = [options, pipe].filter(Array.isArray).flat() as unknown[];
  return [
    ...fields.flatMap(([name, field]) => [name, ...wordsOf(field)]),
    ...[literal, ...choices].filter((word) => typeof word === 'string'),
    ...[...choices, wrapped, item].flatMap(wordsOf),
  ];
}

describe('the page on the evaluator protocol', () => {
  test.for([...new Set([...wordsOf(helloMessage), ...Object.values(workerMessages).flatMap(wordsOf)])])(
    'speaks of %s',
    (word) => {
      expect(code).toMatch(new RegExp(`\\b${word}\\b`));
    },
  );

  test.for(['S', 'D', 'L', 'E'] satisfies MarkerKind[])('tells what the marker %s is for', (kind) => {
    expect(page).toContain(`\n- \`${kind}\` and `);
  });

  test('names the arrays that the host can read', () => {
    const [, list = ''] = /A `dtype` is one of ([^]*?)\./.exec(page) ?? [];
    const dtypes = [...list.matchAll(/`(\w+)`/g)].map(([, dtype]) => dtype);
    const read = (dtype: unknown): Value => decodeValue({ $: 'ndarray', dtype, shape: [1], base64: 'AAAAAAAAAAA=' });
    expect(dtypes.map(read)).toEqual(dtypes.map((dtype) => expect.objectContaining({ dtype }) as unknown));
    expect(dtypes.length).toBeGreaterThan(0);
  });
});
