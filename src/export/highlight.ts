import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import { parser as javascript } from '@lezer/javascript';
import { parser as python } from '@lezer/python';
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

/** Source as markup, in color. */
export function highlight(source: string, language: SheetLanguage): string {
  let [markup, at] = ['', 0];
  highlightTree(grammars[language].parse(source), classes, (from, to, name) => {
    markup += escaped(source.slice(at, from));
    markup += `<span class="${name}">${escaped(source.slice(from, to))}</span>`;
    at = to;
  });
  return markup + escaped(source.slice(at));
}
