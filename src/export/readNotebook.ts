import * as v from 'valibot';
import { LATE_METADATA, type Sheet, type SheetCell, type SheetLanguage, type SheetOutput } from './sheet.js';

/** In bytes; the size of a notebook that is still opened. */
export const MOST_NOTEBOOK_BYTES = 100_000_000;
const MOST_CELLS = 20_000;
/** Of nested structures: more would overflow the stack of those that write them. */
const MOST_DEPTH = 200;

export type UnreadableNotebook =
  | { readonly kind: 'invalid' | 'tooLarge' | 'old' }
  | { readonly kind: 'otherLanguage'; readonly language: string };

const textSchema = v.union([
  v.string(),
  v.pipe(
    v.array(v.string()),
    v.transform((lines) => lines.join('')),
  ),
]);
const recordSchema = v.record(v.string(), v.unknown());
const outputSchema = v.variant('output_type', [
  v.object({ output_type: v.literal('stream'), name: v.picklist(['stdout', 'stderr']), text: textSchema }),
  v.object({
    output_type: v.picklist(['display_data', 'execute_result']),
    data: recordSchema,
    metadata: v.optional(recordSchema, {}),
  }),
  v.object({
    output_type: v.literal('error'),
    ename: v.string(),
    evalue: v.string(),
    traceback: v.array(v.string()),
  }),
]);
const cellBase = {
  id: v.optional(v.string()),
  metadata: v.optional(recordSchema, {}),
  source: textSchema,
  attachments: v.optional(recordSchema),
};
const notebookSchema = v.object({
  nbformat: v.literal(4),
  metadata: v.optional(recordSchema, {}),
  cells: v.pipe(
    v.array(
      v.variant('cell_type', [
        v.object({
          ...cellBase,
          cell_type: v.literal('code'),
          execution_count: v.nullish(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
          outputs: v.array(outputSchema),
        }),
        v.object({ ...cellBase, cell_type: v.picklist(['markdown', 'raw']) }),
      ]),
    ),
    v.maxLength(MOST_CELLS),
  ),
});
type NotebookCell = v.InferOutput<typeof notebookSchema>['cells'][number];
type NotebookOutput = v.InferOutput<typeof outputSchema>;

/** Reads a Jupyter notebook of any version 4, from anyone. */
export function readNotebook(text: string): Sheet | UnreadableNotebook {
  if (depthOf(text) > MOST_DEPTH) return { kind: 'tooLarge' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { kind: 'invalid' };
  }
  const result = v.safeParse(notebookSchema, parsed, { abortEarly: true });
  if (!result.success) return { kind: isOld(parsed) ? 'old' : 'invalid' };
  const { cells, metadata } = result.output;
  const name = languageName(metadata);
  const language = languages[name];
  return language ? { language, metadata, cells: cells.map(sheetCell) } : { kind: 'otherLanguage', language: name };
}

function sheetCell(cell: NotebookCell): SheetCell {
  const { cell_type: kind, id, source, attachments } = cell;
  const { [LATE_METADATA]: ours, ...metadata } = cell.metadata;
  const late = lateOutputs(ours);
  return {
    kind,
    source,
    ...(id === undefined ? {} : { id }),
    metadata,
    ...(attachments ? { attachments } : {}),
    ...(cell.cell_type === 'code' ? { number: cell.execution_count ?? 0 } : {}),
    outputs:
      cell.cell_type === 'code'
        ? cell.outputs.map((output, at) =>
            late.has(at) ? { ...sheetOutput(output), isLate: true } : sheetOutput(output),
          )
        : [],
  };
}

/** The positions of outputs that came after the end of the command, as `writeNotebook` notes them. */
function lateOutputs(metadata: unknown): ReadonlySet<unknown> {
  const positions = (metadata as { readonly lateOutputs?: unknown } | null | undefined)?.lateOutputs;
  return new Set(Array.isArray(positions) ? positions : []);
}

function sheetOutput(output: NotebookOutput): SheetOutput {
  switch (output.output_type) {
    case 'stream':
      return { type: 'stream', name: output.name, text: output.text };
    case 'error':
      return { type: 'error', name: output.ename, message: output.evalue, traceback: output.traceback.join('\n') };
    case 'display_data':
    case 'execute_result':
      return { type: output.output_type, data: joined(output.data), metadata: output.metadata };
  }
}

/** Text that comes as lines, as a whole. */
function joined(data: Record<string, unknown>): Record<string, unknown> {
  const whole = ([mime, value]: [string, unknown]): [string, unknown] => {
    const isLines = !mime.endsWith('json') && Array.isArray(value) && value.every((line) => typeof line === 'string');
    return [mime, isLines ? value.join('') : value];
  };
  return Object.fromEntries(Object.entries(data).map(whole));
}

const languages: Readonly<Partial<Record<string, SheetLanguage>>> = {
  python: 'python',
  javascript: 'javascript',
  typescript: 'typescript',
};

/** A notebook without metadata is in Python, as Jupyter treats it. */
function languageName({ kernelspec, language_info: info }: Readonly<Record<string, unknown>>): string {
  const names = [(info as { name?: unknown } | null)?.name, (kernelspec as { language?: unknown } | null)?.language];
  const name = names.find((each) => typeof each === 'string') ?? 'python';
  return name.toLowerCase().replace(/^(?:i?python[23]?)$/, 'python');
}

function isOld(parsed: unknown): boolean {
  const version = (parsed as { nbformat?: unknown } | null)?.nbformat;
  return typeof version === 'number' && version < 4;
}

/**
 * How deep the structures of a JSON text are nested. A pattern for strings would overflow the stack at a large picture.
 */
function depthOf(text: string): number {
  let [depth, most] = [0, 0];
  let isString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') isString = !isString;
    else if (isString && character === '\\') at++;
    else if (isString) continue;
    else if (character === '[' || character === '{') most = Math.max(most, ++depth);
    else if (character === ']' || character === '}') depth--;
  }
  return most;
}
