import type { LanguageSessionOptions } from './languageSessionOptions.js';
import type { EvaluatorOptions, SessionFolder } from './placedSession.js';
import type { SessionBook } from './sessionBook.js';

/** What the sessions of a window have in common. */
export type WindowSessionsOptions = Omit<LanguageSessionOptions, keyof EvaluatorOptions | 'id' | 'title'> & {
  readonly book: SessionBook;
  /** The name of the first workspace folder, if there are several. */
  readonly firstFolder: () => string | undefined;
  /** The workspace folders with default sessions of their own: all but the first one. */
  readonly folders: () => readonly SessionFolder[];
  /** That of a file. */
  readonly folderOf: (uri: string) => SessionFolder | undefined;
  /** The path of a folder. */
  readonly pathOf: (uri: string) => string;
};
