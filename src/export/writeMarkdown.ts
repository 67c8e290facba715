import type { MimeBundle } from '../protocol/output.js';
import { fenced } from '../text/fenced.js';
import { lateText } from './lateText.js';
import { plainText } from './plainText.js';
import type { Sheet, SheetOutput } from './sheet.js';

/** A Markdown document: text as it is, code and outputs in fences, images within the document. */
export function writeMarkdown({ language, cells }: Sheet): string {
  const blocks = cells.flatMap(({ kind, source, outputs }) => [
    ...(source === '' ? [] : [kind === 'code' ? fenced(source.trimEnd(), language) : source]),
    ...outputs.flatMap((output, at) => {
      const block = outputBlock(output);
      const begins = output.isLate && !outputs[at - 1]?.isLate;
      return block === '' ? [] : begins ? [`*${lateText()}*`, block] : [block];
    }),
  ]);
  return `${blocks.join('\n\n')}\n`;
}

function outputBlock(output: SheetOutput): string {
  switch (output.type) {
    case 'stream':
      return textBlock(output.text);
    case 'error':
      return textBlock(output.traceback === '' ? `${output.name}: ${output.message}` : output.traceback);
    case 'display_data':
    case 'execute_result':
      return valueBlock(output.data);
  }
}

const images = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml'] as const;

/** The richest form that Markdown has. */
function valueBlock(data: MimeBundle): string {
  const text = data['text/plain'];
  const markdown = data['text/markdown'];
  if (typeof markdown === 'string') return markdown.trim();
  for (const mime of images) {
    const image = data[mime];
    if (typeof image !== 'string') continue;
    const base64 = mime === 'image/svg+xml' ? Buffer.from(image).toString('base64') : image.replace(/\s+/g, '');
    return `![](data:${mime};base64,${base64})`;
  }
  return typeof text === 'string' ? textBlock(text) : '';
}

function textBlock(text: string): string {
  const shown = plainText(text).trimEnd();
  return shown === '' ? '' : fenced(shown, 'text');
}
