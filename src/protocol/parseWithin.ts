interface Parser<Tree> {
  startParse(source: string): { advance(): Tree | null };
}

/** The tree of a source; undefined if that takes too long, as it does when long lines are no code of the language. */
export function parseWithin<Tree>(limitMs: number, parser: Parser<Tree>, source: string): Tree | undefined {
  const parse = parser.startParse(source);
  const end = Date.now() + limitMs;
  for (;;) {
    const tree = parse.advance();
    if (tree) return tree;
    if (Date.now() > end) return undefined;
  }
}
