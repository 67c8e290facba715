import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import { parser as javascript } from '@lezer/javascript';
import { parser as python } from '@lezer/python';
import { parseWithin } from '../protocol/parseWithin.js';
import { escaped } from './escaped.js';
import type { SheetLanguage } from './sheet.js';

const grammars = {
  python,
  javascript: javascript.configure({ dialect: 'jsx' }),
  typescript: javascript.configure({ dialect: 'jsx ts' }),
} as const;

/** The classes that the panel uses. */
const classes = tagHighlighter([
  { tag: [tags.controlKeyword, tags.moduleKeyword, tags.keyword], class: 'k' },
  { tag: [tags.definitionKeyword, tags.operatorKeyword, tags.bool, tags.null], class: 'd' },
  { tag: [tags.string, tags.special(tags.string)], class: 's' },
  { tag: tags.number, class: 'n' },
  { tag: tags.comment, class: 'c' },
]);

const LIMIT_MS = 1000;

/** Source as markup, in color if that does not take too long. */
export function highlight(source: string, language: SheetLanguage): string {
  const tree = parseWithin(LIMIT_MS, grammars[language], source);
  if (!tree) return escaped(source);
  let [markup, at] = ['', 0];
  highlightTree(tree, classes, (from, to, name) => {
    markup += escaped(source.slice(at, from));
    markup += `<span class="${name}">${escaped(source.slice(from, to))}</span>`;
    at = to;
  });
  return markup + escaped(source.slice(at));
}
