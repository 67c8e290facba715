import type { Part, TextBlock } from '../../protocol/panelEntries.js';
import type { TimedOutput } from '../terminal/onTime.js';
import { plainLine } from '../../protocol/plainLine.js';

/** The outputs that parts were made of, as far as the parts keep them. */
export function* partOutputs(parts: readonly Part[], gapText: (lines: number) => string): Generator<TimedOutput> {
  for (const part of parts) {
    const late = part.lateMs === undefined ? {} : ({ isLate: true } as const);
    if (part.type === 'error') {
      const { name, message, traceback = `${name}: ${message}` } = part;
      yield { type: 'error', name, message, traceback, frames: [], ...late };
    } else if (part.type === 'stdout' || part.type === 'stderr') {
      yield { type: 'stream', name: part.type, text: `${textOf(part.text, gapText)}\n`, ...late };
    } else if (part.type !== 'input') {
      const text = textOf(part.text, gapText);
      const data: Record<string, unknown> = text === '' ? {} : { 'text/plain': text };
      for (const form of part.forms?.drawn ?? [])
        if (form.data !== undefined) data[form.mime] = form.mime.endsWith('json') ? JSON.parse(form.data) : form.data;
      yield { type: part.type === 'value' ? 'execute_result' : 'display_data', data, ...late };
    }
  }
}

/** The lines of a text without their styles. */
export function textOf({ head, tail, total }: TextBlock, gapText: (lines: number) => string): string {
  const omitted = total - head.length - tail.length;
  const lines = [...head, ...tail].map(plainLine);
  if (omitted > 0) lines.splice(head.length, 0, gapText(omitted));
  return lines.join('\n');
}
