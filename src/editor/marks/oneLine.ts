import { stripVTControlCharacters } from 'node:util';

const ELLIPSIS = ' …';

/** A text on one line of at most `length` characters, for places that foreign text must not break out of. */
export function oneLine(text: string, length = 120): string {
  const [first = '', ...rest] = stripVTControlCharacters(text)
    .trim()
    .split(/\r\n|\r|\n/);
  const shown = first.replace(unseen, ' ').trimEnd();
  const cut = Array.from(shown).slice(0, length).join('');
  return rest.length > 0 || cut.length < shown.length ? cut.trimEnd() + ELLIPSIS : cut;
}

/** Control characters, and characters that change the direction of the text after them. */
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
