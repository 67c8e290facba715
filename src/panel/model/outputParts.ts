import * as l10n from '@vscode/l10n';
import type { MimeBundle, Output, StreamName } from '../../protocol/output.js';
import { framesOf, hasCutLine, type ErrorPart, type Part, type TextPart } from '../../protocol/panelEntries.js';
import type { DrawnType } from '../../protocol/panelForms.js';
import { AnsiParser } from '../terminal/ansiParser.js';
import { OnTime, type TimedOutput } from '../terminal/onTime.js';
import { errorPart } from './errorPart.js';
import { movedFrames, type LineAfter, type LineNow } from './movedFrames.js';
import { TextScreen, type TextSince } from '../terminal/textScreen.js';
import type { Stretch } from '../terminal/unkeptLines.js';
import { isDrawn, ValueForms } from './valueForms.js';

/** A command that alternates between its streams creates many parts; this many of the first and the last are kept. */
export const partBounds = { head: 20, tail: 40 } as const;

interface TextRecord {
  readonly id: number;
  readonly type: TextPart['type'];
  readonly lateMs: number | undefined;
  /** The id of a display that can be updated. */
  readonly displayId?: string | undefined;
  readonly screen: TextScreen;
  /** The number of characters of a stream that have arrived. */
  received?: number;
  readonly forms?: ValueForms;
}
type PartRecord =
  | TextRecord
  | { readonly id: number; readonly type: 'error'; readonly part: ErrorPart; readonly characters: number };

type ValueOutput = Extract<Output, { type: 'display_data' | 'execute_result' }>;

/** How an output changed the parts: a new part, or a text changed from a line on. */
export interface PartChange {
  readonly part: number;
  readonly from?: number;
}

/** The output of a command as parts: adjacent text of one stream is one part. Bounded. */
export class OutputParts {
  readonly #lineNow: LineNow;

  readonly #parts: PartRecord[] = [];
  readonly #parsers: Record<StreamName, AnsiParser> = { stdout: new AnsiParser(), stderr: new AnsiParser() };
  /** The files in the frames of errors. */
  readonly #files = new Set<string>();
  #nextId = 0;
  #dropped = 0;
  /** The size of the output of the dropped parts. */
  #droppedFrom = { characters: 0, outputs: 0 };
  #settledCharacters = 0;
  readonly #onTime = new OnTime();

  /** `lineNow` maps the line in an error, as of when its code was submitted, to the current one. */
  constructor(lineNow: LineNow) {
    this.#lineNow = lineNow;
  }

  /** The size of what is kept, in characters. */
  get characters(): number {
    const last = this.#parts.at(-1);
    return this.#settledCharacters + (last ? charactersOf(last) : 0);
  }

  get dropped(): { count: number; after: number } | undefined {
    const after = this.#parts[partBounds.head]?.id;
    return this.#dropped > 0 && after !== undefined ? { count: this.#dropped, after } : undefined;
  }

  /**
   * `lateMs` is how long after the end of the command the output came; absent while it runs. An update can change
   * several parts or none.
   */
  receive(output: Output, lateMs?: number): PartChange[] {
    if (lateMs === undefined) this.#onTime.add(output);
    if (output.type !== 'display_data') return [this.#append(output, lateMs)];
    if (output.update && output.displayId !== undefined) return this.#update(output.displayId, output.data);
    return [{ part: this.#addValue(output, lateMs) }];
  }

  /** The command cleared all its output. */
  clear(): void {
    this.#onTime.clear();
    this.#parts.length = 0;
    this.#files.clear();
    this.#dropped = this.#settledCharacters = 0;
    this.#droppedFrom = { characters: 0, outputs: 0 };
  }

  /** Marks those that were received late among all outputs of the command. */
  timed(outputs: Iterable<Output>): Iterable<TimedOutput> {
    return this.#onTime.marked(outputs);
  }

  /** Updates the frames of errors in a file after its edits. */
  followFile(file: string, lineAfter: LineAfter): PartChange[] {
    if (!this.#files.has(file)) return [];
    const lineNow: LineNow = (frame) => (frame.file === file ? lineAfter(frame.line) : frame.line);
    const changes: PartChange[] = [];
    for (const [index, record] of this.#parts.entries()) {
      const part = record.type === 'error' ? movedFrames(record.part, lineNow) : undefined;
      if (record.type !== 'error' || !part) continue;
      this.#parts[index] = { ...record, part };
      changes.push({ part: record.id });
    }
    return changes;
  }

  /** All parts. Forms of values include data of up to `longestData` characters. */
  all(longestData?: number): Part[] {
    return this.#parts.map((record) => toPart(record, longestData));
  }

  /** The user's answer, which is kept separate from the output of the command. */
  addInput(text: string): PartChange {
    const record = this.#addText('input', undefined);
    record.screen.write(text, new AnsiParser());
    return { part: record.id };
  }

  /** The outputs so far, in order, by how much of them the parts keep. */
  stretches(): Stretch[] {
    const stretches = this.#parts.map(stretchOf);
    if (this.#dropped > 0)
      stretches.splice(partBounds.head, 0, { ...this.#droppedFrom, head: 0, tail: Infinity, isWhole: false });
    return stretches;
  }

  part(id: number): Part | undefined {
    const record = this.#find(id);
    return record && toPart(record);
  }

  since(id: number, from: number): TextSince | undefined {
    const record = this.#find(id);
    return record && record.type !== 'error' ? record.screen.since(from) : undefined;
  }

  /** The data of a value in one form. */
  form(id: number, mime: DrawnType): string | undefined {
    const record = this.#find(id);
    return record && record.type !== 'error' ? record.forms?.data(mime) : undefined;
  }

  #append(output: Exclude<Output, { type: 'display_data' }>, lateMs: number | undefined): PartChange {
    switch (output.type) {
      case 'stream': {
        const last = this.#parts.at(-1);
        const continues = last?.type === output.name && (last.lateMs === undefined) === (lateMs === undefined);
        const record = continues ? last : this.#addText(output.name, lateMs);
        record.received = (record.received ?? 0) + output.text.length;
        const from = record.screen.write(output.text, this.#parsers[output.name]);
        return continues ? { part: record.id, from } : { part: record.id };
      }
      case 'error': {
        const id = this.#nextId;
        const told = { ...errorPart(id, output), ...(lateMs === undefined ? {} : { lateMs }) };
        const part = movedFrames(told, this.#lineNow) ?? told;
        this.#add({ id, type: 'error', part, characters: JSON.stringify(part).length });
        for (const frame of framesOf(part)) if (frame) this.#files.add(frame.file);
        return { part: id };
      }
      case 'execute_result':
        return { part: this.#addValue(output, lateMs) };
    }
  }

  /** Replaces the data of what is shown with that id, as far as it is still kept. */
  #update(displayId: string, data: MimeBundle): PartChange[] {
    const changes: PartChange[] = [];
    for (const [index, before] of this.#parts.entries()) {
      if (before.type === 'error' || before.displayId !== displayId) continue;
      const record = valueRecord({ ...before, data });
      this.#parts[index] = record;
      if (index < this.#parts.length - 1) this.#settledCharacters += charactersOf(record) - charactersOf(before);
      changes.push({ part: before.id });
    }
    return changes;
  }

  #addValue(output: ValueOutput, lateMs: number | undefined): number {
    const type = output.type === 'display_data' ? 'display' : 'value';
    const record = valueRecord({ ...output, id: this.#nextId, type, lateMs });
    this.#add(record);
    return record.id;
  }

  #find(id: number): PartRecord | undefined {
    return this.#parts.findLast((record) => record.id === id);
  }

  #addText(type: TextPart['type'], lateMs: number | undefined): TextRecord {
    const record: TextRecord = { id: this.#nextId, type, lateMs, screen: new TextScreen() };
    this.#add(record);
    return record;
  }

  #add(record: PartRecord): void {
    const last = this.#parts.at(-1);
    if (last) this.#settledCharacters += charactersOf(last);
    this.#nextId += 1;
    this.#parts.push(record);
    if (this.#parts.length <= partBounds.head + partBounds.tail) return;
    const [dropped] = this.#parts.splice(partBounds.head, 1);
    if (dropped) {
      this.#settledCharacters -= charactersOf(dropped);
      const { characters, outputs } = madeFrom(dropped);
      this.#droppedFrom.characters += characters;
      this.#droppedFrom.outputs += outputs;
    }
    this.#dropped += 1;
  }
}

function charactersOf(record: PartRecord): number {
  return record.type === 'error' ? record.characters : record.screen.characters + (record.forms?.characters ?? 0);
}

/** How much output a part represents; the answer of a user is not output. */
function madeFrom(record: PartRecord): Pick<Stretch, 'characters' | 'outputs'> {
  if (record.type === 'stdout' || record.type === 'stderr') return { characters: record.received ?? 0, outputs: 0 };
  return { characters: 0, outputs: record.type === 'input' ? 0 : 1 };
}

function stretchOf(record: PartRecord): Stretch {
  if (record.type === 'error') return { ...madeFrom(record), head: Infinity, tail: Infinity, isWhole: true };
  const text = record.screen.block();
  const head = text.head.length;
  const tail = text.total - text.tail.length;
  return { ...madeFrom(record), head, tail, isWhole: head === tail && !hasCutLine(text) };
}

type Value = Omit<TextRecord, 'screen' | 'forms'> & { readonly data: MimeBundle };

function valueRecord({ id, type, lateMs, displayId, data }: Value): TextRecord {
  const screen = new TextScreen();
  screen.write(plainText(data), new AnsiParser());
  return { id, type, lateMs, displayId, screen, forms: new ValueForms(data) };
}

function toPart(record: PartRecord, longestData?: number): Part {
  if (record.type === 'error') return record.part;
  const { id, type, lateMs, screen } = record;
  const forms = record.forms?.block(longestData);
  return { id, type, ...(lateMs === undefined ? {} : { lateMs }), text: screen.block(), ...(forms ? { forms } : {}) };
}

/** A bundle without text has none, unless it has nothing else that the panel can show. */
function plainText(data: MimeBundle): string {
  const text = data['text/plain'];
  if (typeof text === 'string') return text;
  if (Array.isArray(text)) return text.join('');
  const types = Object.keys(data);
  if (types.some(isDrawn)) return '';
  return types.length > 0 ? `(${types.join(', ')})` : l10n.t('(no value)');
}
