import { type Token, tokenizer, tokTypes as tt } from 'acorn';

/** An expression of names and literal keys, whose value can be determined without running anything. */
export interface Path {
  /** A global, or a built-in object with the same properties as a literal. */
  readonly root: { readonly name: string } | { readonly like: 'Array' | 'RegExp' | 'String' };
  readonly keys: readonly string[];
  /** Whether it is an instance of what the path leads to. */
  readonly isNew: boolean;
}

/** The text before the cursor: the start of a name, possibly after a dot. */
export interface Cursor {
  readonly prefix: string;
  readonly isMember: boolean;
  /** What comes before the dot, if it can be determined. */
  readonly holder: Path | undefined;
}

/** Undefined if no name can be written there: in a string, a comment, a number. */
export function cursorAt(text: string): Cursor | undefined {
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  const last = tokens.at(-1);
  const isTyping = last?.end === text.length && isWord(last);
  if (last?.end === text.length && last.type === tt.num) return undefined;
  const before = isTyping ? tokens.slice(0, -1) : tokens;
  const prefix = isTyping ? text.slice(last.start) : '';
  const isMember = isDot(before.at(-1));
  return { prefix, isMember, holder: isMember ? new Reader(before.slice(0, -1), text).read() : undefined };
}

/** Reads an expression from its end to its start. */
class Reader {
  readonly #tokens: Token[];
  readonly #text: string;

  readonly #keys: string[] = [];

  constructor(tokens: Token[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  read(): Path | undefined {
    const token = this.#tokens.pop();
    if (!token) return undefined;
    if (token.type === tt.string) return this.#like('String');
    if (token.type === tt.backQuote) return this.#like('String');
    if (token.type === tt.regexp) return this.#like('RegExp');
    if (token.type === tt.bracketR) return this.#brackets();
    if (token.type === tt.parenR) return this.#created();
    return isWord(token) ? this.#name(token) : undefined;
  }

  #like(name: 'Array' | 'RegExp' | 'String'): Path {
    return { root: { like: name }, keys: this.#keys, isNew: false };
  }

  #name(token: Token): Path | undefined {
    const name = this.#textOf(token);
    if (!isDot(this.#tokens.at(-1))) return { root: { name }, keys: this.#keys, isNew: false };
    this.#tokens.pop();
    this.#keys.unshift(name);
    return this.read();
  }

  /** An array, or a member named by a literal. */
  #brackets(): Path | undefined {
    const inside = this.#upTo(tt.bracketL, tt.bracketR);
    if (!inside) return undefined;
    const before = this.#tokens.at(-1);
    const isKey = before && (isWord(before) || before.type === tt.bracketR || before.type === tt.parenR);
    if (!isKey) return this.#like('Array');
    const [key] = inside;
    if (inside.length !== 1 || (key?.type !== tt.string && key?.type !== tt.num)) return undefined;
    this.#keys.unshift(String((key as Token & { value: unknown }).value));
    return this.read();
  }

  /** `new Name(…)`: the results of other calls are only known by making them. */
  #created(): Path | undefined {
    if (!this.#upTo(tt.parenL, tt.parenR) || this.#keys.length > 0) return undefined;
    const path = this.read();
    return path && this.#tokens.at(-1)?.type === tt._new ? { ...path, isNew: true } : undefined;
  }

  /** Takes the tokens back to the bracket that matches the last one. */
  #upTo(open: Token['type'], close: Token['type']): Token[] | undefined {
    const inside: Token[] = [];
    for (let depth = 1; ;) {
      const token = this.#tokens.pop();
      if (!token) return undefined;
      if (token.type === close) depth++;
      else if (token.type === open && --depth === 0) return inside;
      inside.unshift(token);
    }
  }

  #textOf({ start, end }: Token): string {
    return this.#text.slice(start, end);
  }
}

/** Undefined if the text ends inside a string, a template, a regular expression or a comment. */
function tokensOf(text: string): Token[] | undefined {
  let commentEnd = -1;
  try {
    const onComment = (_isBlock: boolean, _text: string, _start: number, end: number): number => (commentEnd = end);
    const tokens = [...tokenizer(text, { ecmaVersion: 'latest', allowHashBang: true, onComment })];
    return commentEnd === text.length && !text.endsWith('*/') ? undefined : tokens;
  } catch {
    return undefined;
  }
}

function isWord({ type }: Token): boolean {
  return type === tt.name || type.keyword !== undefined;
}

function isDot(token: Token | undefined): boolean {
  return token?.type === tt.dot || token?.type === tt.questionDot;
}
