import { fenced } from '../text/fenced.js';

/** A command with its output as Markdown, for use in an issue or a chat. */
export function commandMarkdown(source: string, languageId: string, output: string): string {
  const blocks = [fenced(source.trimEnd(), languageId)];
  const shown = output.trimEnd();
  if (shown !== '') blocks.push(fenced(shown, 'text'));
  return `${blocks.join('\n\n')}\n`;
}
