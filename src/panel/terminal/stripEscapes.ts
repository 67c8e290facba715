/** Removes escape sequences from text for an editor or the clipboard. */
export function stripEscapes(text: string): string {
  // oxlint-disable-next-line no-control-regex -- escape sequences are what this is about
  return text.replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[ -/]*[0-~])/g, '');
}
