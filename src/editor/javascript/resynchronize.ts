import { NodeType, Tree, TreeFragment, type SyntaxNode } from '@lezer/common';
import { lineAt } from '../python/physicalLines.js';
import { hasOpenBracket } from './brackets.js';
import { firstErrorFrom } from './syntaxErrors.js';
import type { SourceTree } from './sourceTree.js';

/** The maximum number of syntax errors per file that are prevented from spreading; each costs time at an edit. */
const MAX_CUTS = 10;

/** Where the statement with an error ends, and what is parsed again from there. */
interface Cut {
  readonly statement: SyntaxNode;
  /** The file or block that contains the statement. */
  readonly list: SyntaxNode;
  readonly offset: number;
}

type Parse = (text: string, known: readonly TreeFragment[]) => Tree;

/**
 * Prevents a syntax error from affecting the code after it. If a bracket or template is left open, the parser adds
 * everything up to the next bracket, or the whole rest of the file, to the statement. Instead, such a statement ends
 * before the next line that starts a statement and is not indented further; the code after it is parsed as if the error
 * did not exist.
 *
 * @param earlier the result for an earlier version of the text, for the parts that are the same
 */
export function resynchronize(source: SourceTree, parse: Parse, earlier: readonly TreeFragment[]): Tree {
  let { tree } = source;
  let known = earlier.length > 0 ? earlier : TreeFragment.addTree(tree);
  let position = 0;
  for (let cuts = 0; cuts < MAX_CUTS;) {
    const error = firstErrorFrom(tree, position);
    if (!error) break;
    const cut = cutAfter({ ...source, tree }, error, position);
    if (cut) {
      tree = divided(source.text, cut, (from, to) => {
        const removed = [
          { fromA: 0, toA: from, fromB: 0, toB: 0 },
          { fromA: to, toA: source.text.length, fromB: to - from, toB: to - from },
        ];
        return parse(source.text.slice(from, to), TreeFragment.applyChanges(known, removed));
      });
      known = TreeFragment.addTree(tree);
      cuts++;
    }
    position = cut?.offset ?? error.from + 1;
  }
  return tree;
}

/** Where the innermost statement around an error could end earlier than it does. */
function cutAfter(source: SourceTree, error: SyntaxNode, after: number): Cut | undefined {
  let cause = templateBefore(source, error) ?? error;
  for (let node = error.parent; node?.parent; node = node.parent) {
    if (cause === error && isLeftOpen(node)) cause = node;
    const list = node.parent;
    if (!node.type.is('Statement') || (list.name !== 'Script' && list.name !== 'Block')) continue;
    const offset = nextStart(source, node, cause);
    if (offset !== undefined && offset > after) return { statement: node, list, offset };
  }
  return undefined;
}

/**
 * A multi-line template that is directly followed by an error: an earlier template was left open and ended where this
 * one starts.
 */
function templateBefore({ tree, text }: SourceTree, error: SyntaxNode): SyntaxNode | undefined {
  const end = text.slice(0, error.from).trimEnd().length;
  const node = text[end - 1] === '`' ? tree.resolveInner(end, -1) : undefined;
  const isLong = node?.name === 'TemplateString' && /[\r\n]/.test(text.slice(node.from, end));
  return isLong ? node : undefined;
}

/**
 * The next line after an error that starts a statement, indented no further than the broken statement, including its
 * comments.
 */
function nextStart(source: SourceTree, statement: SyntaxNode, cause: SyntaxNode): number | undefined {
  const { text, starts, ends } = source;
  const first = lineAt(source, cause.from) + 1;
  const last = lineAt(source, statement.to);
  const column = statement.from - (starts[lineAt(source, statement.from)] ?? 0);
  for (let line = first; line <= last; line++) {
    const content = text.slice(starts[line], ends[line]);
    const indent = content.search(/\S/);
    const start = (starts[line] ?? 0) + indent;
    if (indent < 0 || indent > column || start >= statement.to) continue;
    if (!beginsStatement.test(content.slice(indent))) continue;
    const around = source.tree.resolveInner(start, 1);
    if (around.from !== cause.from && isInText(around, start)) continue;
    let top = line;
    while (top > first && /^\s*(?:\/\/.*)?$/.test(text.slice(starts[top - 1], ends[top - 1]))) top--;
    return starts[top];
  }
  return undefined;
}

/** A cell marker is never meant to be inside a broken statement. */
const beginsStatement =
  /^(?:\/\/\s*%%|(?!(?:as|case|catch|default|else|extends|finally|from|implements|in|instanceof|of|satisfies)\b)[\p{ID_Start}$_@])/u;

/** Whether a bracket or a template was never closed. */
function isLeftOpen(node: SyntaxNode): boolean {
  return node.name === 'TemplateString' ? (node.lastChild?.type.isError ?? false) : hasOpenBracket(node);
}

/** Whether a line starts in a closed template or comment, so that no statement starts there. */
function isInText(node: SyntaxNode, position: number): boolean {
  return (
    /^(?:BlockComment|JSXText|String|TemplateString)$/.test(node.name) && node.from < position && !isLeftOpen(node)
  );
}

/** The whole tree, with the statement list parsed again from where the statement was cut. */
function divided(text: string, { statement, list, offset }: Cut, parse: (from: number, to: number) => Tree): Tree {
  const end = list.lastChild?.name === '}' ? list.lastChild.from : list.to;
  const cutEnd = statement.from + text.slice(statement.from, offset).trimEnd().length;
  const isAround = (node: SyntaxNode) => node.to > statement.from && node.from < end;
  const parts = [
    ...placed(list, (child) => (isAround(child) ? undefined : child.toTree())),
    { tree: unnamed(parse(statement.from, cutEnd)), from: statement.from },
    { tree: unnamed(parse(offset, end)), from: offset },
  ].sort((a, b) => a.from - b.from);
  let tree = assembled(list, parts);
  for (let inner = list, node = list.parent; node; inner = node, node = node.parent) {
    const current = tree;
    tree = assembled(
      node,
      placed(node, (child) => (child.from === inner.from && child.to === inner.to ? current : child.toTree())),
    );
  }
  return tree;
}

interface Placed {
  readonly tree: Tree;
  readonly from: number;
}

function placed(node: SyntaxNode, treeOf: (child: SyntaxNode) => Tree | undefined): Placed[] {
  const parts: Placed[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const tree = treeOf(child);
    if (tree) parts.push({ tree, from: child.from });
  }
  return parts;
}

function assembled(node: SyntaxNode, parts: readonly Placed[]): Tree {
  const positions = parts.map(({ from }) => from - node.from);
  return new Tree(
    node.type,
    parts.map(({ tree }) => tree),
    positions,
    node.to - node.from,
  );
}

/** The content of a tree, to become part of another one. */
function unnamed({ children, positions, length }: Tree): Tree {
  return new Tree(NodeType.none, children, positions, length);
}
