/** The arguments in a line, as a shell would split it: quotes and backslashes keep spaces. */
export function splitArguments(line: string): string[] {
  const words = line.match(/(?:\\.|"(?:\\.|[^"\\])*"?|'[^']*'?|[^\s"'\\]|\\$)+/g) ?? [];
  return words.map((word) =>
    word.replace(/"((?:\\.|[^"\\])*)"?|'([^']*)'?|\\(.)/g, (_, double?: string, single?: string, escaped?: string) => {
      return double?.replace(/\\(["\\])/g, '$1') ?? single ?? escaped ?? '';
    }),
  );
}
