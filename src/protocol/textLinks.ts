import { isSafeLink, type Line, type Run } from './panelEntries.js';

/** A part of a text that leads to a web page, or to a line of a file. */
export type TextLink = { readonly from: number; readonly to: number } & (
  | { readonly href: string }
  | { readonly file: string; readonly line: number }
);

const fileTypes =
  'py|pyw|pyi|pyx|pxd|ipynb|js|mjs|cjs|jsx|ts|mts|cts|tsx|vue|svelte|c|cc|cpp|cxx|h|hh|hpp|cu|cs|rs|go|java|kt|scala|' +
  'swift|rb|php|lua|jl|r|R|Rmd|qmd|sh|sql|f90|md|rst|txt|log|csv|json|toml|yaml|yml|cfg|ini|xml|html|css|scss';
const drive = '(?:[A-Za-z]:)?';
/** As in the stacks of ES modules, or a whole file. */
const fileAddress = String.raw`\bfile:\/\/(?:localhost)?(?<fileA>\/[^\s<>"'\x60()\p{Cc}\p{Cf}]{1,1000}?)(?::(?<lineA>\d{1,7})(?!\w)|(?=[.,;:!?]?(?:[\s<>"'\x60()]|$)))`;
const address = String.raw`\b[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s<>"'\x60\p{Cc}\p{Cf}]{1,2000}`;
/** A path that begins the text, or stands in brackets as in stacks of Node.js, can have spaces. */
const leadingPlace = String.raw`^(?<fileB>${drive}[/\\][^:"<>|()\t]{1,1000}\.(?:${fileTypes})):(?<lineB>\d{1,7})(?=:[ \d]|$)`;
const bracketPlace = String.raw`(?<=\()(?<fileC>${drive}[/\\][^:"<>|()\t]{1,1000}\.(?:${fileTypes})):(?<lineC>\d{1,7})(?=(?::\d+)?\))`;
/** As in warnings, in the reports of pytest and compilers, and in pdb. */
const place = String.raw`(?<![\p{L}\p{N}_/\\.~@%+-])(?<fileD>${drive}[\p{L}\p{N}_/\\.~@+-]{1,1000}\.(?:${fileTypes}))(?::(?<lineD>\d{1,7})(?!\w)|\((?<lineE>\d{1,7})(?:, ?\d{1,7})?\)|,? line (?<lineF>\d{1,7}))`;
/** As in tracebacks. */
const frame = String.raw`(?<=File )(?:"(?<fileG>[^"<>\n]{1,1000})"|'(?<fileH>[^'<>\n]{1,1000})'), line (?<lineG>\d{1,7})`;
const link = new RegExp([fileAddress, address, leadingPlace, bracketPlace, place, frame].join('|'), 'gu');
/** Whether a text is worth a closer look. */
const promising = /:\/\/|[:(]\d|line \d/;
/** In characters. */
const LONGEST = 20_000;
const MOST = 100;

/** The links in a text, as a terminal finds them. */
export function textLinks(text: string): TextLink[] {
  if (!promising.test(text)) return [];
  const links: TextLink[] = [];
  for (const found of text.slice(0, LONGEST).matchAll(link)) {
    const [whole] = found;
    const from = found.index;
    const groups = found.groups ?? {};
    const named = groupOf(groups, 'file');
    const file = groups.fileA === undefined ? named : pathOf(groups.fileA);
    if (file !== undefined)
      links.push({ from, to: from + whole.length, file, line: Number(groupOf(groups, 'line') ?? 1) });
    else {
      const href = withoutPunctuation(whole);
      if (isSafeLink(href)) links.push({ from, to: from + href.length, href });
    }
    if (links.length === MOST) break;
  }
  return links;
}

function groupOf(groups: Readonly<Record<string, string | undefined>>, kind: 'file' | 'line'): string | undefined {
  return Object.entries(groups).find(([name, value]) => name.startsWith(kind) && value !== undefined)?.[1];
}

/** A link, or the part of one, in a run of a line. */
export interface RunLink {
  readonly from: number;
  readonly to: number;
  readonly link: TextLink;
  /** Whether it is the first part. */
  readonly isFirst: boolean;
}

/** The links in each run of a line: a change of color ends none. Runs that already are links have none. */
export function linksByRun(runs: readonly Run[]): RunLink[][] {
  const texts = runs.map((run) => (typeof run === 'string' ? run : run[0]));
  const isLink = (run: Run | undefined) =>
    run === undefined || (typeof run !== 'string' && run[1].href !== undefined && isSafeLink(run[1].href));
  const links: RunLink[][] = runs.map(() => []);
  for (let index = 0, first = 0; index <= runs.length; index++) {
    if (!isLink(runs[index])) continue;
    const found = textLinks(texts.slice(first, index).join(''));
    for (let offset = 0; first < index && found.length > 0; first++) {
      const end = offset + (texts[first]?.length ?? 0);
      links[first] = found.flatMap((each) => partWithin(each, offset, end));
      offset = end;
    }
    first = index + 1;
  }
  return links;
}

function partWithin(link: TextLink, start: number, end: number): RunLink[] {
  const [from, to] = [Math.max(link.from, start) - start, Math.min(link.to, end) - start];
  return from < to ? [{ from, to, link, isFirst: link.from >= start }] : [];
}

/** The files that a line of output names, in order. Runs that already are links are left out. */
export function placesIn(line: Line): { readonly file: string; readonly line: number }[] {
  const runs = typeof line === 'string' ? [line] : line.runs;
  return linksByRun(runs)
    .flat()
    .flatMap(({ link: found, isFirst }) => (isFirst && 'file' in found ? found : []));
}

function pathOf(address: string): string {
  const path = address.replace(/^\/(?=[A-Za-z]:)/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What ends a sentence is no part of an address, nor is a bracket that was opened before it. */
function withoutPunctuation(found: string): string {
  let end = found.length;
  for (; end > 0; end--) {
    const last = found[end - 1] ?? '';
    const opening = { ')': '(', ']': '[', '}': '{' }[last];
    const isInside = opening !== undefined && count(found, opening, end) >= count(found, last, end);
    if (opening === undefined ? !/[.,;:!?*…»”’]/.test(last) : isInside) break;
  }
  return found.slice(0, end);
}

function count(text: string, character: string, end: number): number {
  let total = 0;
  for (let at = text.indexOf(character); at >= 0 && at < end; at = text.indexOf(character, at + 1)) total++;
  return total;
}
