import { readFileSync } from 'node:fs';

/** A block of code in a page, and the block of text below it that shows what the program prints. */
export interface MarkdownExample {
  readonly language: 'js' | 'ts';
  readonly source: string;
  /** Undefined when the page shows no output. */
  readonly output: string | undefined;
  /** Of the fence, counting from 1. */
  readonly line: number;
}

const example = /^```(js|ts)\n([^]*?)^```\n(?:\n```text\n([^]*?)^```\n)?/gm;

export function markdownExamples(file: string): MarkdownExample[] {
  const page = readFileSync(file, 'utf8');
  return [...page.matchAll(example)].map(({ 1: language, 2: source = '', 3: output, index }) => ({
    language: language === 'ts' ? 'ts' : 'js',
    source,
    output,
    line: page.slice(0, index).split('\n').length,
  }));
}
