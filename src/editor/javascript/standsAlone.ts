import type { SyntaxNode } from '@lezer/common';

/** What surrounds a piece of code, as far as code can depend on it. */
interface Surroundings {
  readonly function: boolean;
  readonly generator: boolean;
  readonly newTarget: boolean;
  readonly super: boolean;
  readonly loop: boolean;
  readonly switch: boolean;
  /** The private names of classes, and labels. */
  readonly names: ReadonlySet<string>;
}

const noSurroundings: Surroundings = {
  function: false,
  generator: false,
  newTarget: false,
  super: false,
  loop: false,
  switch: false,
  names: new Set(),
};
const inFunction = { function: true, generator: true, newTarget: true, super: true, loop: false, switch: false };
const loops = new Set(['DoStatement', 'ForStatement', 'WhileStatement']);

/** Code without any of these words needs nothing around it. Most code has none and is not examined further. */
const mayNeedSurroundings = /#[\p{ID_Start}$_\\]|\b(?:break|continue|return|super|target|yield)\b/u;

/**
 * Whether code can run without the code around it: a `return` needs its function, a `break` its loop, and `#x` the
 * class that declares it.
 *
 * @param text the text that contains the node
 */
export function standsAlone(text: string, node: SyntaxNode): boolean {
  return hasWhatItNeeds(text, node, noSurroundings);
}

function hasWhatItNeeds(text: string, node: SyntaxNode, within: Surroundings): boolean {
  if (!isProvided(text, node, within)) return false;
  const inside = surround(text, node, within);
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const mayNeed = !child.firstChild || mayNeedSurroundings.test(text.slice(child.from, child.to));
    if (mayNeed && !hasWhatItNeeds(text, child, inside)) return false;
  }
  return true;
}

function isProvided(text: string, node: SyntaxNode, within: Surroundings): boolean {
  switch (node.name) {
    case 'ReturnStatement':
      return within.function;
    case 'yield':
      return within.generator;
    // To the parser, a `yield` without a value is a name.
    case 'VariableName':
      return within.generator || text.slice(node.from, node.to) !== 'yield';
    case 'NewTarget':
      return within.newTarget;
    case 'super':
      return within.super;
    case 'PrivatePropertyName':
      return within.names.has(text.slice(node.from, node.to));
    case 'BreakStatement':
    case 'ContinueStatement': {
      const label = node.getChild('Label');
      if (label) return within.names.has(text.slice(label.from, label.to));
      return within.loop || (within.switch && node.name === 'BreakStatement');
    }
    default:
      return true;
  }
}

function surround(text: string, node: SyntaxNode, within: Surroundings): Surroundings {
  switch (node.name) {
    // An arrow function takes everything except `return` from the code around it.
    case 'ArrowFunction':
      return { ...within, function: true, loop: false, switch: false };
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'MethodDeclaration':
      return { ...within, ...inFunction };
    // A method of an object.
    case 'Property':
      return node.getChild('Block') ? { ...within, ...inFunction } : within;
    case 'ClassBody':
      return { ...within, super: true, newTarget: true, names: withNames(text, within, privateNamesOf(node)) };
    case 'LabeledStatement':
      return { ...within, names: withNames(text, within, node.getChildren('Label')) };
    case 'SwitchStatement':
      return { ...within, switch: true };
    default:
      return loops.has(node.name) ? { ...within, loop: true } : within;
  }
}

function privateNamesOf(body: SyntaxNode): SyntaxNode[] {
  const members = [...body.getChildren('PropertyDeclaration'), ...body.getChildren('MethodDeclaration')];
  return members.flatMap((member) => member.getChildren('PrivatePropertyDefinition'));
}

function withNames(text: string, { names }: Surroundings, more: readonly SyntaxNode[]): ReadonlySet<string> {
  return new Set([...names, ...more.map(({ from, to }) => text.slice(from, to))]);
}
