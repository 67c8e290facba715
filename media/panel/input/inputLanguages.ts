import { typescriptLanguage } from '@codemirror/lang-javascript';
import { pythonLanguage } from '@codemirror/lang-python';
import { indentUnit } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { isCompleteJavaScript } from './javascriptInput.js';
import { languageName } from '../languageName.js';
import { isCompletePython } from './pythonInput.js';

/** How a language is typed. */
export interface InputLanguage {
  readonly extension: Extension;
  /** Whether Enter runs a text instead of starting another line. */
  readonly isComplete: (source: string) => boolean;
}

const grammars: ReadonlyMap<string, InputLanguage> = new Map([
  ['python', { extension: [pythonLanguage, indentUnit.of('    ')], isComplete: isCompletePython }],
  // These sessions also run TypeScript.
  ['javascript', { extension: [typescriptLanguage, indentUnit.of('  ')], isComplete: isCompleteJavaScript }],
]);

/** A language without a grammar is typed as plain text, and each line is run. */
export function inputLanguage(evaluator: string): InputLanguage {
  const { extension, isComplete } = grammars.get(evaluator) ?? { extension: [], isComplete: () => true };
  const name = EditorView.contentAttributes.of({ 'aria-label': languageName(evaluator) });
  return { extension: [extension, name], isComplete };
}
