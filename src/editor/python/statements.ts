import { lastIndex } from '../lastIndex.js';
import type { LogicalLine } from './logicalLine.js';

/** A header line with the statements below it; a simple statement is one clause without any. */
export interface Clause {
  readonly header: LogicalLine;
  readonly body: readonly Statement[];
}

/** A Python statement with its decorators, its clauses and its whole block. Lines count from 0, both ends included. */
export interface Statement {
  readonly startLine: number;
  readonly endLine: number;
  readonly clauses: readonly Clause[];
}

const compound = new Set([
  'async',
  'class',
  'def',
  'elif',
  'else',
  'except',
  'finally',
  'for',
  'if',
  'try',
  'while',
  'with',
]);
const continuing = new Set(['elif', 'else', 'except', 'finally']);

/**
 * Builds statements from indentation, as Python's tokenizer does. A line that fits nowhere is a statement of its own.
 */
export function buildStatements(lines: readonly LogicalLine[]): Statement[] {
  let next = 0;

  /** The statements that are indented further than `parent`. */
  function block(parent: number): Statement[] {
    const statements: Statement[] = [];
    for (let line = lines[next]; line && line.indent > parent; line = lines[next]) statements.push(statement(line));
    return statements;
  }

  function statement(first: LogicalLine): Statement {
    const decorators: Clause[] = [];
    let line: LogicalLine | undefined = first;
    for (; line?.word === '@' && line.indent === first.indent; line = lines[next]) {
      decorators.push({ header: line, body: [] });
      next++;
    }
    const clauses = line?.indent === first.indent && isDecorable(line, decorators) ? readClauses(line) : [];
    return endingWithItsClauses(decorators.length > 0 ? [...decorators, ...clauses] : clauses);
  }

  function readClauses(first: LogicalLine): Clause[] {
    const clauses: Clause[] = [];
    let line: LogicalLine | undefined = first;
    do {
      next++;
      const opens = line.opensBlock || compound.has(line.word);
      if (line.word === 'match' && line.opensBlock) clauses.push({ header: line, body: [] }, ...readCases(line.indent));
      else clauses.push({ header: line, body: opens ? block(line.indent) : [] });
      line = lines[next];
    } while (line && compound.has(first.word) && continuing.has(line.word) && line.indent === first.indent);
    return clauses;
  }

  /** Each `case` is a clause of its `match`, although it is indented, because it cannot run alone. */
  function readCases(parent: number): Clause[] {
    const clauses: Clause[] = [];
    for (let line = lines[next]; line && line.indent > parent; line = lines[next]) {
      next++;
      clauses.push({ header: line, body: block(line.indent) });
    }
    return clauses;
  }

  return block(-1);
}

/**
 * The statement that starts on, spans or contains `line`, with the statements around it, outermost first. Empty between
 * statements.
 */
export function statementsAt(statements: readonly Statement[], line: number): Statement[] {
  const statement = statements[lastIndex(statements, (each) => each.startLine <= line)];
  if (!statement || statement.endLine < line) return [];
  const clause = statement.clauses.findLast((each) => each.header.startLine <= line);
  return [statement, ...(clause ? statementsAt(clause.body, line) : [])];
}

/** The siblings of `statement`, given the statements around it. */
export function siblingsOf(
  statement: Statement,
  parent: Statement | undefined,
  statements: readonly Statement[],
): readonly Statement[] {
  return parent?.clauses.find((clause) => clause.body.includes(statement))?.body ?? statements;
}

function isDecorable(line: LogicalLine, decorators: readonly Clause[]): boolean {
  return decorators.length === 0 || ['def', 'class', 'async'].includes(line.word);
}

function endingWithItsClauses(clauses: readonly Clause[]): Statement {
  const last = clauses.at(-1);
  const endLine = last?.body.at(-1)?.endLine ?? last?.header.endLine ?? 0;
  return { startLine: clauses[0]?.header.startLine ?? 0, endLine, clauses };
}
