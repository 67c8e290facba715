import { createHash } from 'node:crypto';
import type { MimeBundle } from '../protocol/output.js';
import { FIGURE_TYPE, PLOTLY_SCRIPT_TYPE } from '../protocol/panelForms.js';
import {
  LATE_METADATA,
  withPlainEnds,
  type Sheet,
  type SheetCell,
  type SheetLanguage,
  type SheetOutput,
} from './sheet.js';

/** The text of a Jupyter notebook, in nbformat 4.5 (https://nbformat.readthedocs.io), as Jupyter lays it out. */
export function writeNotebook(sheet: Sheet): string {
  const ids = new CellIds();
  const notebook = {
    cells: sheet.cells.map((cell) => notebookCell(cell, ids)),
    metadata: { ...kernels[sheet.language], ...sheet.metadata },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, wellFormed, 1)}\n`;
}

/** Half of a character, as in names of files that are no UTF-8, would keep Jupyter from saving the notebook. */
function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\u{fffd}') : value;
}

const kernels: Readonly<Record<SheetLanguage, object>> = {
  python: {
    kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
    language_info: { file_extension: '.py', mimetype: 'text/x-python', name: 'python' },
  },
  javascript: {
    kernelspec: { display_name: 'JavaScript (Node.js)', language: 'javascript', name: 'javascript' },
    language_info: { file_extension: '.js', mimetype: 'application/javascript', name: 'javascript' },
  },
  typescript: {
    kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'typescript' },
    language_info: { file_extension: '.ts', mimetype: 'text/x-typescript', name: 'typescript' },
  },
};

function notebookCell(cell: SheetCell, ids: CellIds): object {
  const { kind, source, metadata = {}, attachments, number = 0, outputs } = cell;
  const late = lateMetadata(outputs);
  const common = {
    id: ids.of(cell),
    metadata: { ...validMetadata(metadata), ...late },
    source: lines(withPlainEnds(source)),
  };
  if (kind !== 'code') return { cell_type: kind, ...(attachments ? { attachments } : {}), ...common };
  const count = number > 0 ? number : null;
  return {
    cell_type: 'code',
    execution_count: count,
    ...common,
    outputs: outputs.map((output) => notebookOutput(output, count)),
  };
}

/** Without what nbformat has other types for: a marker in a file can say anything. */
function validMetadata(metadata: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(metadata).filter(([name, value]) => checks[name]?.(value) ?? true));
}

const checks: Readonly<Partial<Record<string, (value: unknown) => boolean>>> = {
  tags: (value) => Array.isArray(value) && new Set(value).size === value.length && value.every(isTag),
  name: (value) => typeof value === 'string' && value !== '',
  format: (value) => typeof value === 'string',
  collapsed: (value) => typeof value === 'boolean',
  scrolled: (value) => typeof value === 'boolean' || value === 'auto',
  jupyter: isObject,
  execution: isObject,
};

function isTag(value: unknown): boolean {
  return typeof value === 'string' && /^[^,]+$/.test(value);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** nbformat has no metadata for text, so the cell says which of its outputs came after the end of the command. */
function lateMetadata(outputs: readonly SheetOutput[]): object {
  const lateOutputs = outputs.flatMap(({ isLate }, index) => (isLate ? [index] : []));
  return lateOutputs.length > 0 ? { [LATE_METADATA]: { lateOutputs } } : {};
}

class CellIds {
  readonly #ids = new Set<string>();
  /** How many identifiers each cell has been given so far, by what is in it. */
  readonly #attempts = new Map<string, number>();

  /** That of the cell, or one that is the same in each export of the same cells. */
  of({ id = '', kind, source }: SheetCell): string {
    let found = /^[\w-]{1,64}$/.test(id) ? id : '';
    const content = `${kind}\n${source}`;
    let attempt = this.#attempts.get(content) ?? 0;
    for (; found === '' || this.#ids.has(found); attempt++)
      found = createHash('sha256')
        .update(`${content}\n${String(attempt)}`)
        .digest('hex')
        .slice(0, 8);
    this.#attempts.set(content, attempt);
    this.#ids.add(found);
    return found;
  }
}

function notebookOutput(output: SheetOutput, count: number | null): object {
  switch (output.type) {
    case 'stream':
      return { name: output.name, output_type: 'stream', text: lines(output.text) };
    case 'error':
      return {
        ename: output.name,
        evalue: output.message,
        output_type: 'error',
        traceback: output.traceback.trimEnd().split('\n'),
      };
    case 'display_data':
    case 'execute_result': {
      const [data, metadata] = [notebookData(output.data), output.metadata ?? {}];
      const common = { data, metadata, output_type: output.type };
      return output.type === 'execute_result' ? { ...common, execution_count: count } : common;
    }
  }
}

/** Text as lines, JSON as structures; nbformat knows nothing else. */
function notebookData(bundle: MimeBundle): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const [mime, value] of Object.entries(bundle)) {
    if (mime === PLOTLY_SCRIPT_TYPE || mime === FIGURE_TYPE) continue; // they mean nothing elsewhere
    if (/^application\/(?:.*\+)?json$/.test(mime)) data[mime] = value;
    else if (typeof value === 'string') data[mime] = isText(mime) ? lines(value) : value;
    else if (Array.isArray(value) && value.every((line) => typeof line === 'string')) data[mime] = value;
  }
  return data;
}

function isText(mime: string): boolean {
  return mime.startsWith('text/') || mime === 'image/svg+xml' || mime === 'application/javascript';
}

function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
