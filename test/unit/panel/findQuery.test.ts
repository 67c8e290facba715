import { describe, expect, it } from 'vitest';
import { findPattern, spansOf, type FindQuery } from '../../../src/protocol/findQuery.js';

function found(text: string, query: Partial<FindQuery>): string[] | undefined {
  const pattern = findPattern({ text: '', matchCase: false, wholeWord: false, regex: false, ...query });
  return pattern && [...spansOf(pattern, text)].map(({ from, to }) => text.slice(from, to));
}

describe('a query', () => {
  it('is plain text unless it is said to be a regular expression', () => {
    expect(found('a.b axb $^ [', { text: 'a.b' })).toEqual(['a.b']);
    expect(found('a.b axb', { text: 'a.b', regex: true })).toEqual(['a.b', 'axb']);
    expect(found('x-y/z{1}[2]$^', { text: '-y/z{1}[2]$^' })).toEqual(['-y/z{1}[2]$^']);
  });

  it('ignores case unless asked, in every script', () => {
    expect(found('Ärger ärger', { text: 'ÄRGER' })).toEqual(['Ärger', 'ärger']);
    expect(found('Ärger ärger', { text: 'Ärger', matchCase: true })).toEqual(['Ärger']);
  });

  it('finds whole words, also those that are no ASCII', () => {
    expect(found('df pdf df2 df.x _df größe', { text: 'df', wholeWord: true })).toEqual(['df', 'df']);
    expect(found('größe größer', { text: 'größe', wholeWord: true })).toEqual(['größe']);
  });

  it('is none when it is empty or broken, and matches of nothing do not count', () => {
    expect(found('text', { text: '' })).toBeUndefined();
    expect(found('text', { text: '(', regex: true })).toBeUndefined();
    expect(found('axa', { text: 'x*', regex: true })).toEqual(['x']);
  });
});
