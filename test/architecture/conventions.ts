import ts from 'typescript';

const LONGEST_LINE = 120;

/** What the linter has no rule for: names of constants, how members are private, how tests wait, and long comments. */
export function breaches(fileName: string, contents: string): string[] {
  const file = ts.createSourceFile(fileName, contents, ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const breach = ofMember(node) ?? ofWait(node, fileName) ?? ofMock(node, fileName);
    if (breach !== undefined) found.push(at(file, node, breach));
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const statement of file.statements.filter(ts.isVariableStatement)) {
    for (const declaration of statement.declarationList.declarations) {
      const breach = ofConstant(declaration);
      if (breach !== undefined) found.push(at(file, declaration, breach));
    }
  }
  return [...found, ...longComments(fileName, contents)];
}

/** The formatter leaves comments as long as they are. */
function longComments(fileName: string, contents: string): string[] {
  return contents
    .split('\n')
    .flatMap((line, index) =>
      line.length > LONGEST_LINE && /^\s*(\/\/|\/?\*)/.test(line) && !/oxlint|https?:/.test(line)
        ? [`${fileName}:${String(index + 1)}: break the comment`]
        : [],
    );
}

/** Private members are also private at run time. */
function ofMember(node: ts.Node): string | undefined {
  const isMember = ts.isPropertyDeclaration(node) || ts.isMethodDeclaration(node) || ts.isAccessor(node);
  if (!isMember && !ts.isParameter(node)) return undefined;
  const isPrivate = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
  return isPrivate === true ? 'use a #private member' : undefined;
}

/** Vitest itself waits for a second, which is too short on a busy machine. */
function ofWait(node: ts.Node, fileName: string): string | undefined {
  if (!ts.isPropertyAccessExpression(node) || !/(^|[/\\])test[/\\]/.test(fileName)) return undefined;
  const isOwn = fileName.endsWith('eventually.ts');
  const isWait = ts.isIdentifier(node.expression) && node.expression.text === 'vi' && node.name.text.startsWith('wait');
  return isWait && !isOwn ? 'wait with eventually()' : undefined;
}

/** Most tests share the modules that are loaded, also one that is replaced. */
function ofMock(node: ts.Node, fileName: string): string | undefined {
  if (!ts.isPropertyAccessExpression(node) || fileName.endsWith('.mocked.test.ts')) return undefined;
  const isMock =
    ts.isIdentifier(node.expression) && node.expression.text === 'vi' && /^(do)?mock$/i.test(node.name.text);
  return isMock ? 'name the file .mocked.test.ts' : undefined;
}

/** Constants that are numbers, strings or flags are in capitals or camel case; everything else is in camel case. */
function ofConstant({ name, initializer }: ts.VariableDeclaration): string | undefined {
  if (!ts.isIdentifier(name) || initializer === undefined) return undefined;
  const written = name.text;
  if (isPlain(initializer)) {
    return /^([A-Z][A-Z\d_]*|[a-z][a-zA-Z\d]*)$/.test(written)
      ? undefined
      : `${written}: a plain value is CAPITALS or camelCase`;
  }
  return isStructure(initializer) && written.includes('_') ? `${written}: a structure is camelCase` : undefined;
}

function isPlain(node: ts.Expression): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isNumericLiteral(node) ||
    ts.isTemplateExpression(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword
  );
}

function isStructure(node: ts.Expression): boolean {
  const value = ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ? node.expression : node;
  return (
    ts.isObjectLiteralExpression(value) ||
    ts.isArrayLiteralExpression(value) ||
    ts.isNewExpression(value) ||
    ts.isArrowFunction(value)
  );
}

function at(file: ts.SourceFile, node: ts.Node, breach: string): string {
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return `${file.fileName}:${String(line + 1)}: ${breach}`;
}
