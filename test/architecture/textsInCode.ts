import ts from 'typescript';

/** What takes texts that are not for users: translations themselves, the log, and errors for programs. */
const takers = /\bl10n\.t$|\blog\??\.\w+$|Error$/;

/** A literal of two words or more that is not passed to one of the takers. */
export interface LooseText {
  readonly line: number;
  readonly text: string;
}

/** Finds what may be a text that users read and translators do not. Single words cannot be told from identifiers. */
export function looseTexts(fileName: string, contents: string): LooseText[] {
  const file = ts.createSourceFile(fileName, contents, ts.ScriptTarget.Latest, true);
  const found: LooseText[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isThrowStatement(node)) return;
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && takers.test(node.expression.getText(file))) return;
    const text = textOf(node);
    if (text !== undefined && /[a-z]{2,}[,;:]? [a-z]{2,}/i.test(text)) {
      found.push({ line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The calls that translate, as they are written, outermost first. */
export function translations(fileName: string, contents: string): string[] {
  const file = ts.createSourceFile(fileName, contents, ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /\bl10n\.t$/.test(node.expression.getText(file))) found.push(node.getText(file));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('{}');
}
