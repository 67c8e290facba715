import type { ExceptionInfo } from '../../protocol/output.js';

const longestMessage = 4000;
const longestNotes = 4000;

export function messageText({ message }: ExceptionInfo): string {
  return clip(message, longestMessage);
}

/** What was added to an exception, a line each; nothing when nothing was. */
export function notesText({ notes = [] }: ExceptionInfo): { readonly notes?: string } {
  const text = notes.join('\n');
  return text === '' ? {} : { notes: clip(text, longestNotes) };
}

export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
