import type { ExceptionInfo } from '../../protocol/output.js';

/** Of an exception, a function or a file: code can make it as long as it likes. */
const LONGEST_NAME = 200;
const LONGEST_MESSAGE = 4000;
const LONGEST_NOTES = 4000;

export function nameText(name: string): string {
  return clip(name, LONGEST_NAME);
}

export function messageText({ message }: ExceptionInfo): string {
  return clip(message, LONGEST_MESSAGE);
}

/** The notes of an exception, one per line, if there are any. */
export function notesText({ notes = [] }: ExceptionInfo): { readonly notes?: string } {
  const text = notes.join('\n');
  return text === '' ? {} : { notes: clip(text, LONGEST_NOTES) };
}

export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
