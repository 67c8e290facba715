import type { Completions, FileText, MimeBundle, Variable, VariableParts } from '../../../../protocol/output.js';
import type { Question } from '../../../../protocol/worker.js';
import { fileText } from './fileText.js';
import { complete, describeAt } from './completion.js';
import { scope } from '../globalScope.js';
import { codeOf } from './literals.js';
import { Listing, type ListingAnswer } from './listing.js';
import { bytesOf, follow, lengthOf, partsOf } from './parts.js';
import { descriptorOf } from './plainReads.js';
import { summaryOf } from './summary.js';
import { isClass, typeOf } from './typeOf.js';

const MOST_PARTS = 1000;

export interface Answer extends ListingAnswer {
  readonly parts?: VariableParts;
  readonly completions?: Completions;
  readonly data?: MimeBundle;
  readonly file?: FileText;
}

/** What is asked about the namespace. */
type Asked = Exclude<Question, { t: 'stack' | 'pause' }>;

/** The contents of the global scope. Runs no code of the user: accessors and proxies are named, not read. */
export class Namespace {
  readonly #listing = new Listing();

  /** Tells the answer: at once, or for variables in pieces, between which the user's code goes on. */
  ask(question: Asked & { readonly request: number }, tell: (answer: Answer) => void): void {
    if (question.t === 'variables') this.#listing.ask(question, question.details ? detailed : describe, tell);
    else tell(answered(question));
  }
}

function answered(question: Exclude<Asked, { t: 'variables' }>): Answer {
  switch (question.t) {
    case 'parts':
      return partsAt(question);
    case 'complete':
      return { completions: complete(question.source, question.offset) };
    case 'inspect': {
      const text = describeAt(question.source, question.offset);
      return text === undefined ? {} : { data: { 'text/plain': text } };
    }
    case 'file':
      return { file: fileText(question.path) };
    case 'digests':
    case 'save':
      return {}; // only Python files are sent to other machines
    case 'grid':
      return {}; // code that has stopped answers nothing
  }
}

function describe(name: string, value: unknown): Variable {
  const size = lengthOf(value);
  return {
    name,
    type: typeOf(value),
    summary: summaryOf(value),
    ...(size === undefined ? {} : { size: String(size) }),
  };
}

export function detailed(name: string, value: unknown): Variable {
  const parts = partsOf(value, summaryOf).total;
  const bytes = bytesOf(value);
  return {
    ...describe(name, value),
    ...(typeof value === 'function' ? { kind: isClass(value) ? 'class' : 'function' } : {}),
    ...(bytes === undefined ? {} : { bytes }),
    ...(parts > 0 ? { parts } : {}),
  };
}

function partsAt({ name, path, start, count, asCode }: Extract<Question, { t: 'parts' }>): Answer {
  const found = follow(descriptorOf(scope, name), path, summaryOf);
  if (!found) return { error: 'there is no such part' };
  const parts = partsOf(found.value, summaryOf);
  const items = parts.read(start, start + Math.min(count, MOST_PARTS)).map(({ label, code, property }) => ({
    ...('value' in property ? detailed(label, property.value) : { name: label, type: 'accessor' }),
    ...(code === undefined ? {} : { code }),
  }));
  const code = asCode ? codeOf(found.value) : undefined;
  return { parts: { total: parts.total, items, ...(code === undefined ? {} : { code }) } };
}
