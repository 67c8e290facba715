import type { CommandEntry } from '../protocol/panelEntries.js';
import type { TimedOutput } from '../panel/terminal/onTime.js';
import type { TranscriptReader } from '../panel/model/transcriptReader.js';
import { commentSign } from './writeScript.js';
import { sheetLanguage, type Sheet, type SheetCell, type SheetLanguage, type SheetOutput } from './sheet.js';

/** In characters, of a stream of one command and of all values of an export. */
const MOST_STREAM = 4_000_000;
const MOST_VALUES = 64_000_000;

/** Commands of the transcript as cells, each with its outputs so far. */
export function commandSheet(model: TranscriptReader, keys: readonly number[]): Sheet | undefined {
  const entries = keys.flatMap((key) => {
    const entry = model.entry(key, 0);
    return entry?.type === 'command' ? [entry] : [];
  });
  const known = entries.flatMap(({ languageId }) => sheetLanguage(languageId) ?? []);
  const language = known.includes('typescript')
    ? 'typescript'
    : (known[0] ?? sheetLanguage(entries[0]?.evaluator ?? ''));
  if (!language) return undefined;
  const outputs = new OutputCollector(model);
  return { language, cells: entries.flatMap((entry) => commandCell(entry, language, outputs)) };
}

function commandCell(entry: CommandEntry, language: SheetLanguage, outputs: OutputCollector): SheetCell[] {
  const { key, number, source, isRun, isText } = entry;
  if (isText) return [{ kind: 'markdown', source: outputs.text(key), outputs: [] }];
  const shown = isRun ? `${commentSign(language)} ${source}` : (outputs.source(key) ?? source);
  const collected = outputs.of(key);
  if (shown === '' && collected.length === 0) return [];
  return [{ kind: 'code', source: shown, number, outputs: collected }];
}

/** Reads outputs of commands, within bounds. */
export class OutputCollector {
  readonly #model: TranscriptReader;
  #left = MOST_VALUES;

  constructor(model: TranscriptReader) {
    this.#model = model;
  }

  source(key: number): string | undefined {
    return this.#model.command(key)?.source;
  }

  text(key: number): string {
    return (this.#model.output(key) ?? '').trimEnd();
  }

  of(key: number): SheetOutput[] {
    const collected: SheetOutput[] = [];
    for (const output of this.#model.outputs(key)) this.#add(collected, output);
    return collected;
  }

  #add(collected: SheetOutput[], output: TimedOutput): void {
    const last = collected.at(-1);
    const late = output.isLate ? { isLate: output.isLate } : {};
    switch (output.type) {
      case 'stream':
        if (last?.type !== 'stream' || last.name !== output.name || last.isLate !== output.isLate)
          collected.push({ ...output });
        else if (last.text.length < MOST_STREAM)
          collected[collected.length - 1] = { ...last, text: last.text + output.text };
        return;
      case 'error': {
        const { type, name, message, traceback } = output;
        collected.push({ type, name, message, traceback, ...late });
        return;
      }
      case 'display_data':
      case 'execute_result':
        this.#left -= JSON.stringify(output.data).length;
        collected.push({ type: output.type, data: this.#left >= 0 ? output.data : textOnly(output.data), ...late });
    }
  }
}

function textOnly(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return 'text/plain' in data ? { 'text/plain': data['text/plain'] } : {};
}
