/** A command with its output as Markdown, for use in an issue or a chat. */
export function commandMarkdown(source: string, languageId: string, output: string): string {
  const blocks = [fenced(source.trimEnd(), languageId)];
  const shown = output.trimEnd();
  if (shown !== '') blocks.push(fenced(shown, 'text'));
  return `${blocks.join('\n\n')}\n`;
}

/** The fence is longer than any run of backticks in the text. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
