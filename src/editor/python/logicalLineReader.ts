import type { LineKind, LogicalLine } from './logicalLine.js';
import { measureIndent } from './physicalLines.js';

const TAB = 9;
const FORM_FEED = 12;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const SINGLE_QUOTE = 39;
const OPEN_PARENTHESIS = 40;
const CLOSE_PARENTHESIS = 41;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const UNDERSCORE = 95;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** CPython's own limit ("too many nested parentheses"); beyond it, a bracket was left open. */
const MAX_DEPTH = 200;

/** Keywords that can start a line of code but cannot be inside brackets: a bracket before them was left open. */
const neverInBrackets =
  /(?:def|class|import|return|while|with|try|except|finally|raise|del|pass|break|continue|global|nonlocal|assert|elif)\b|from\s+[\w.]+\s+import\b/y;
const wordStart = /[A-Za-z_]/y;

/** The characters with a meaning outside strings and comments; all others are skipped. */
const special = new Set(Array.from(' \t\f#\'"\\()[]{}:', (char) => char.charCodeAt(0)));
const isSpecial = Uint8Array.from({ length: 128 }, (_, char) => (special.has(char) ? 1 : 0));

type Frame =
  | { readonly type: 'bracket' | 'field' | 'formatSpec'; readonly line: number }
  | {
      readonly type: 'string';
      readonly line: number;
      readonly quote: number;
      readonly long: boolean;
      readonly formatted: boolean;
    };

/**
 * Reads one logical line after the other. Everything that is open (strings, brackets, replacement fields) is on one
 * stack.
 */
export class LogicalLineReader {
  readonly #text: string;
  readonly #starts: readonly number[];
  readonly #ends: readonly number[];
  readonly #kinds: LineKind[];

  readonly #open: Frame[] = [];
  #bracket: Frame = { type: 'bracket', line: -1 };
  #lastChar = 0;
  #continues = false;
  /** The first line inside an open bracket that looks like a new statement; beyond the last line if there is none. */
  #likelyStatement = 0;

  constructor(text: string, starts: readonly number[], ends: readonly number[], kinds: LineKind[]) {
    this.#text = text;
    this.#starts = starts;
    this.#ends = ends;
    this.#kinds = kinds;
  }

  read(startLine: number, indentation: { end: number; column: number }): LogicalLine {
    this.#open.length = 0;
    this.#likelyStatement = this.#starts.length;
    this.#lastChar = 0;
    this.#kinds[startLine] = 'code';
    this.#scanPhysicalLine(startLine, indentation.end);
    let endLine = startLine;
    let lookedAt = startLine;
    for (let line = startLine + 1; this.#open.length > 0 || this.#continues; line++) {
      lookedAt = line;
      if (line >= this.#starts.length || this.#isBroken(line, indentation.column)) {
        endLine = this.#lastLineBefore(this.#restartLine(line), startLine);
        break;
      }
      this.#scanPhysicalLine(line, this.#starts[line] ?? 0);
      endLine = line;
    }
    return {
      startLine,
      endLine,
      lookedAt,
      indent: indentation.column,
      word: this.#wordAt(indentation.end),
      opensBlock: this.#lastChar === COLON,
    };
  }

  #wordAt(start: number): string {
    let end = start;
    while (isWordCharacter(this.#text.charCodeAt(end))) end++;
    return this.#text.slice(start, Math.max(end, start + 1));
  }

  /** Sets the kind of the line, and returns whether the line shows that a bracket before it was left open. */
  #isBroken(line: number, indent: number): boolean {
    if (this.#open.some((frame) => frame.type === 'string' && (frame.formatted || frame === this.#open.at(-1)))) {
      this.#kinds[line] = 'string';
      if (this.#open.at(-1)?.type === 'string') return false;
    } else this.#kinds[line] = 'continuation';
    if (this.#open.length === 0) return false;
    if (this.#open.length > MAX_DEPTH) return true;
    const { end, column } = measureIndent(this.#text, this.#starts[line] ?? 0, this.#ends[line] ?? 0);
    if (column <= indent) {
      wordStart.lastIndex = end;
      if (wordStart.test(this.#text)) this.#likelyStatement = Math.min(this.#likelyStatement, line);
    }
    neverInBrackets.lastIndex = end;
    return neverInBrackets.test(this.#text);
  }

  /** The line to continue from after something was left open up to `line`. */
  #restartLine(line: number): number {
    const outermost = this.#open[0];
    if (outermost?.type === 'string' && outermost.long) return outermost.line + 1;
    const innermost = this.#open.at(-1);
    const openString = innermost?.type === 'string' ? innermost.line + 1 : line;
    return Math.min(this.#likelyStatement, line, openString);
  }

  #lastLineBefore(line: number, startLine: number): number {
    let last = line - 1;
    while (last > startLine && this.#isBlankOrComment(last)) last--;
    return last;
  }

  #isBlankOrComment(line: number): boolean {
    const { end } = measureIndent(this.#text, this.#starts[line] ?? 0, this.#ends[line] ?? 0);
    return end >= (this.#ends[line] ?? 0) || this.#text.charCodeAt(end) === HASH;
  }

  #scanPhysicalLine(line: number, start: number): void {
    const end = this.#ends[line] ?? 0;
    this.#continues = false;
    for (let position = start; position < end;) {
      const top = this.#open.at(-1);
      if (top?.type === 'string') position = this.#scanString(position, end, top, line);
      else if (top?.type === 'formatSpec') position = this.#scanFormatSpec(position, line);
      else position = this.#scanCode(position, end, line);
    }
    this.#closeShortString();
  }

  /** Reads code up to the end of the line, or up to something other than code. */
  #scanCode(start: number, end: number, line: number): number {
    for (let position = start; position < end; position++) {
      const char = this.#text.charCodeAt(position);
      if (isSpecial[char] !== 1) {
        this.#lastChar = char;
        continue;
      }
      switch (char) {
        case SPACE:
        case TAB:
        case FORM_FEED:
          continue;
        case HASH:
          return end;
        case SINGLE_QUOTE:
        case DOUBLE_QUOTE:
          this.#lastChar = char;
          return this.#openString(position, char, { line, end });
        case BACKSLASH:
          this.#continues = position + 1 === end;
          continue;
        case OPEN_PARENTHESIS:
        case OPEN_BRACKET:
        case OPEN_BRACE:
          this.#openBracket(line);
          break;
        case CLOSE_PARENTHESIS:
        case CLOSE_BRACKET:
        case CLOSE_BRACE:
          if (this.#open.at(-1)?.type === 'bracket') this.#open.pop();
          else if (this.#open.at(-1)?.type === 'field' && char === CLOSE_BRACE) {
            this.#open.pop();
            return position + 1;
          }
          break;
        case COLON:
          if (this.#open.at(-1)?.type !== 'field') break;
          this.#open.push({ type: 'formatSpec', line });
          return position + 1;
      }
      this.#lastChar = char;
    }
    return end;
  }

  /** Most brackets share their line with others, so they share one frame, which is on the stack as many times. */
  #openBracket(line: number): void {
    if (this.#bracket.line !== line) this.#bracket = { type: 'bracket', line };
    this.#open.push(this.#bracket);
  }

  #openString(position: number, quote: number, { line, end }: { line: number; end: number }): number {
    const long = this.#isLongQuote(position, quote);
    const formatted = this.#isFormatted(position);
    if (!long && !formatted) {
      const closed = this.#endOfShortString(position + 1, end, quote);
      if (closed > 0) return closed;
    }
    this.#open.push({ type: 'string', line, quote, long, formatted });
    return position + (long ? 3 : 1);
  }

  #isFormatted(quotePosition: number): boolean {
    let prefix = quotePosition;
    while (prefix > 0 && isAsciiLetter(this.#text.charCodeAt(prefix - 1)) && quotePosition - prefix < 3) prefix--;
    return prefix < quotePosition && /^(?:[ft]r?|r[ft])$/i.test(this.#text.slice(prefix, quotePosition));
  }

  /** The end of a string that only contains plain characters; 0 if it is not on the same line. */
  #endOfShortString(start: number, end: number, quote: number): number {
    for (let position = start; position < end; position++) {
      const char = this.#text.charCodeAt(position);
      if (char === quote) return position + 1;
      if (char === BACKSLASH) position++;
    }
    return 0;
  }

  #scanString(start: number, end: number, top: Frame & { type: 'string' }, line: number): number {
    for (let position = start; position < end; position++) {
      const char = this.#text.charCodeAt(position);
      if (char === BACKSLASH) {
        if (position + 1 === end) this.#continues = true;
        else if (!(top.formatted && this.#text.charCodeAt(position + 1) === OPEN_BRACE)) position++;
      } else if (char === top.quote && (!top.long || this.#isLongQuote(position, char))) {
        this.#open.pop();
        return position + (top.long ? 3 : 1);
      } else if (char === OPEN_BRACE && top.formatted) {
        if (this.#text.charCodeAt(position + 1) === OPEN_BRACE) position++;
        else {
          this.#open.push({ type: 'field', line });
          return position + 1;
        }
      }
    }
    return end;
  }

  #scanFormatSpec(position: number, line: number): number {
    const char = this.#text.charCodeAt(position);
    const string = this.#open.findLast((frame) => frame.type === 'string');
    if (char === CLOSE_BRACE) this.#open.splice(-2);
    else if (char === OPEN_BRACE) this.#open.push({ type: 'field', line });
    else if (char === string?.quote && !string.long) this.#open.length = this.#open.lastIndexOf(string);
    return position + 1;
  }

  /** A string in single quotes ends with its line, closed or not, unless a backslash joins the next line. */
  #closeShortString(): void {
    if (this.#continues) return;
    const top = this.#open.at(-1);
    if (top?.type !== 'string' && top?.type !== 'formatSpec') return;
    const string = this.#open.findLast((frame) => frame.type === 'string');
    if (string && !string.long) this.#open.length = this.#open.lastIndexOf(string);
  }

  #isLongQuote(position: number, quote: number): boolean {
    return this.#text.charCodeAt(position + 1) === quote && this.#text.charCodeAt(position + 2) === quote;
  }
}

function isAsciiLetter(char: number): boolean {
  return (char | 32) >= 97 && (char | 32) <= 122;
}

function isWordCharacter(char: number): boolean {
  return isAsciiLetter(char) || (char >= ZERO && char <= NINE) || char === UNDERSCORE || char > 127;
}
