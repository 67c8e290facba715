import type { MimeBundle, StreamName } from '../protocol/output.js';

/** What came of a cell, with the names of nbformat; late if it came after the end of the command. */
export type SheetOutput = { readonly isLate?: true } & (
  | { readonly type: 'stream'; readonly name: StreamName; readonly text: string }
  | {
      readonly type: 'display_data' | 'execute_result';
      readonly data: MimeBundle;
      /** Of an imported notebook. */
      readonly metadata?: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'error'; readonly name: string; readonly message: string; readonly traceback: string }
);

/** The name of the metadata of a notebook's cell that tells which of its outputs came late. */
export const LATE_METADATA = 'extsession';

export interface SheetCell {
  readonly kind: 'code' | 'markdown' | 'raw';
  /** Without a line ending after the last line. */
  readonly source: string;
  /** Of a notebook's cell. */
  readonly id?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Pictures in the text of a notebook's cell. */
  readonly attachments?: Readonly<Record<string, unknown>>;
  /** The number of the command that ran it last. */
  readonly number?: number;
  readonly outputs: readonly SheetOutput[];
}

export type SheetLanguage = 'python' | 'javascript' | 'typescript';

/** Code, text and outputs in order: what a transcript, a file with cells and a notebook have in common. */
export interface Sheet {
  readonly language: SheetLanguage;
  /** Of a notebook: its kernel, for example. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly cells: readonly SheetCell[];
}

/** Source with the line endings of notebooks, whatever those of its editor are. */
export function withPlainEnds(source: string): string {
  return source.replace(/\r\n?/g, '\n');
}

export function withoutOutputs(sheet: Sheet): Sheet {
  return { ...sheet, cells: sheet.cells.map((cell) => ({ ...cell, number: 0, outputs: [] })) };
}

/** The language of a document; undefined if no session can run it. */
export function sheetLanguage(languageId: string): SheetLanguage | undefined {
  return languages[languageId];
}

const languages: Readonly<Partial<Record<string, SheetLanguage>>> = {
  python: 'python',
  javascript: 'javascript',
  javascriptreact: 'javascript',
  typescript: 'typescript',
  typescriptreact: 'typescript',
};
