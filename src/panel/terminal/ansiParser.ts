import { isSafeLink, type TextStyle } from '../../protocol/panelEntries.js';

/** The operations in a stream of terminal text, in order. */
export interface AnsiSink {
  text(text: string, style: TextStyle): void;
  newLine(): void;
  carriageReturn(): void;
  backspace(): void;
  /** 0: from the cursor to the end, 1: from the start to the cursor, 2: the whole line. */
  eraseLine(mode: number): void;
  /** Erases from the cursor to the end. */
  eraseBelow(): void;
  /** Moves the cursor by lines, upwards if negative, in the same column, and only as far as there are lines. */
  moveLines(count: number): void;
}

type State = 'text' | 'escape' | 'charset' | 'csi' | 'osc' | 'oscEscape' | 'string' | 'stringEscape';

// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const special = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;
const LONGEST_PARAMETERS = 128;
const LONGEST_COMMAND = 4096;
const plain: TextStyle = Object.freeze({});

/**
 * Splits terminal text into text, line control and attributes. Keeps its state between chunks, which can be cut
 * anywhere.
 */
export class AnsiParser {
  #state: State = 'text';
  #parameters = '';
  #style: TextStyle = plain;

  write(chunk: string, sink: AnsiSink): void {
    let at = 0;
    while (at < chunk.length)
      at = this.#state === 'text' ? this.#text(chunk, at, sink) : this.#sequence(chunk, at, sink);
  }

  /** Whether a chunk without control characters would currently be plain text. */
  get inPlainText(): boolean {
    return this.#state === 'text' && this.#style === plain;
  }

  #text(chunk: string, from: number, sink: AnsiSink): number {
    special.lastIndex = from;
    const found = special.exec(chunk);
    const end = found ? found.index : chunk.length;
    if (end > from) sink.text(chunk.slice(from, end), this.#style);
    if (!found) return end;
    switch (found[0]) {
      case '\n':
        sink.newLine();
        break;
      case '\r':
        sink.carriageReturn();
        break;
      case '\b':
        sink.backspace();
        break;
      case '\x1b':
        this.#state = 'escape';
        break;
      case '\x9b':
        this.#begin('csi');
        break;
      default: // Other control characters are not visible.
    }
    return end + 1;
  }

  #sequence(chunk: string, at: number, sink: AnsiSink): number {
    const char = chunk.charAt(at);
    // A broken sequence must not swallow the rest of the output, so the end of a line always ends it.
    if (char === '\n' || char === '\r') {
      this.#state = 'text';
      return at;
    }
    switch (this.#state) {
      case 'escape':
        this.#escape(char);
        break;
      case 'csi':
        this.#csi(char, sink);
        break;
      case 'osc':
      case 'oscEscape':
        this.#osc(char);
        break;
      case 'string':
        if (char === '\x07' || char === '\x9c') this.#state = 'text';
        else if (char === '\x1b') this.#state = 'stringEscape';
        break;
      case 'stringEscape':
        this.#state = char === '\\' ? 'text' : 'string';
        break;
      case 'charset':
      case 'text':
        this.#state = 'text';
        break;
    }
    return at + 1;
  }

  #begin(state: State): void {
    this.#state = state;
    this.#parameters = '';
  }

  #escape(char: string): void {
    if (char === '[') this.#begin('csi');
    else if (char === ']') this.#begin('osc');
    else if ('PX^_'.includes(char)) this.#state = 'string';
    else if (char >= ' ' && char <= '/') this.#state = 'charset';
    else this.#state = char === '\x1b' ? 'escape' : 'text';
  }

  #csi(char: string, sink: AnsiSink): void {
    if (char === '\x1b') {
      this.#state = 'escape';
    } else if (char >= ' ' && char <= '?') {
      if (this.#parameters.length < LONGEST_PARAMETERS) this.#parameters += char;
    } else {
      this.#state = 'text';
      if (char === 'm') this.#style = restyled(this.#style, this.#parameters);
      else control(char, this.#parameters, sink);
    }
  }

  /** An operating system command, up to BEL or ST (ECMA-48 8.3.89). Only links (OSC 8) are supported. */
  #osc(char: string): void {
    const escaped = this.#state === 'oscEscape';
    if (char === '\x07' || char === '\x9c' || (escaped && char === '\\')) {
      this.#state = 'text';
      this.#style = linked(this.#style, this.#parameters);
      return;
    }
    this.#state = char === '\x1b' ? 'oscEscape' : 'osc';
    if (!escaped && char !== '\x1b' && this.#parameters.length <= LONGEST_COMMAND) this.#parameters += char;
  }
}

/** Cursor movements and erasures that progress bars use (ECMA-48 8.3). */
function control(final: string, parameters: string, sink: AnsiSink): void {
  const number = Number(parameters) || 0;
  const count = Math.max(1, number);
  if (final === 'K') sink.eraseLine(number);
  else if (final === 'J' && number === 0) sink.eraseBelow();
  else if (final === 'A' || final === 'F') sink.moveLines(-count);
  else if (final === 'B' || final === 'E') sink.moveLines(count);
  if (final === 'E' || final === 'F') sink.carriageReturn();
}

/** The style after an operating system command: `8;parameters;link` starts a link, or ends it if `link` is empty. */
function linked(before: TextStyle, command: string): TextStyle {
  const [, href] = /^8;[^;]*;(.*)$/s.exec(command) ?? [];
  if (href === undefined) return before;
  const style = { ...before };
  if (isSafeLink(href)) return { ...style, href };
  delete (style as { href?: string }).href;
  return Object.keys(style).length === 0 ? plain : style;
}

const switches = new Map<number, readonly [Exclude<keyof TextStyle, 'href'>, true | undefined]>([
  [1, ['bold', true]],
  [2, ['dim', true]],
  [3, ['italic', true]],
  [4, ['underline', true]],
  [7, ['inverse', true]],
  [9, ['strike', true]],
  [23, ['italic', undefined]],
  [24, ['underline', undefined]],
  [27, ['inverse', undefined]],
  [29, ['strike', undefined]],
  [39, ['fg', undefined]],
  [49, ['bg', undefined]],
]);

/** The style after 'select graphic rendition' with these parameters (ECMA-48 8.3.117). */
function restyled(before: TextStyle, parameters: string): TextStyle {
  if (/[^0-9;:]/.test(parameters)) return before;
  const codes = parameters.split(';').flatMap(codesOf);
  let style: { -readonly [Name in keyof TextStyle]: TextStyle[Name] } = { ...before };
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    const change = switches.get(code);
    if (change) set(style, change[0], change[1]);
    else if (code === 0) style = before.href === undefined ? {} : { href: before.href };
    else if (code === 22) for (const name of ['bold', 'dim'] as const) set(style, name, undefined);
    else if (code >= 30 && code <= 37) style.fg = code - 30;
    else if (code >= 40 && code <= 47) style.bg = code - 40;
    else if (code >= 90 && code <= 97) style.fg = code - 82;
    else if (code >= 100 && code <= 107) style.bg = code - 92;
    else if (code === 38 || code === 48) {
      const { color, used } = extendedColor(codes.slice(at + 1));
      if (color !== undefined) style[code === 38 ? 'fg' : 'bg'] = color;
      at += used;
    }
  }
  return Object.keys(style).length === 0 ? plain : style;
}

/** A parameter with its colon-separated parts (ITU-T T.416): a color, or a kind of underline. */
function codesOf(parameter: string): readonly number[] {
  const [first = '', ...rest] = parameter.split(':');
  const code = Number(first);
  if (rest.length === 0) return [code];
  if (code === 4) return [rest[0] === '0' ? 24 : 4];
  const parts = rest.filter((part) => part !== '').map(Number);
  return code === 38 || code === 48 ? [code, parts[0] ?? 0, ...parts.slice(parts[0] === 2 ? -3 : 1)] : [code];
}

function set(style: Record<string, unknown>, name: keyof TextStyle, value: true | undefined): void {
  if (value === undefined) Reflect.deleteProperty(style, name);
  else style[name] = value;
}

/** `5;n` is a palette color, `2;r;g;b` a true color, which becomes the nearest of the palette's 6 x 6 x 6 cube. */
function extendedColor(codes: readonly number[]): { readonly color?: number; readonly used: number } {
  const [kind, first = 0, green = 0, blue = 0] = codes;
  if (kind === 5) return first <= 255 ? { color: first, used: 2 } : { used: 2 };
  if (kind !== 2) return { used: codes.length };
  const step = (level: number): number => Math.round((Math.min(255, level) / 255) * 5);
  return { color: 16 + 36 * step(first) + 6 * step(green) + step(blue), used: 4 };
}
