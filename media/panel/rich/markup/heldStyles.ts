/** Where inline declarations wait until they are checked: the policy blocks the style attribute, and says so each time. */
export const HELD_ATTRIBUTE = 'data-parked-style';

export interface HeldMarkup {
  readonly parked: string;
  /** What stood in its style sheets. */
  readonly rules: string;
}

/*
 * Each expression matches from where the one before ended, so that no input makes them try the same text twice: the
 * markup may come from somebody who would like the panel to hang.
 */
const tagStart = /<[a-z][^\s/>]*/gi;
const attribute = /[\s/]*([^\s=>"'/][^\s=>/]*)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?/y;
const sheetEnd = /<\/style[^>]*>/gi;

/**
 * Markup without style sheets and with its style attributes renamed, and the rules that stood in the sheets. This is no
 * part of making markup safe: it is done to text, before anything parses it, and what it overlooks is only not styled.
 */
export function holdStyles(markup: string): HeldMarkup {
  let parked = '';
  let rules = '';
  let copied = 0;
  tagStart.lastIndex = 0;
  for (let tag = tagStart.exec(markup); tag; tag = tagStart.exec(markup)) {
    let at = tagStart.lastIndex;
    if (/^<style$/i.test(tag[0])) {
      const from = markup.indexOf('>', at);
      sheetEnd.lastIndex = from;
      const end = from < 0 ? null : sheetEnd.exec(markup);
      if (!end) break;
      rules += `${markup.slice(from + 1, end.index)}\n`;
      parked += markup.slice(copied, tag.index);
      copied = tagStart.lastIndex = sheetEnd.lastIndex;
      continue;
    }
    attribute.lastIndex = at;
    for (let found = attribute.exec(markup); found; found = attribute.exec(markup)) {
      const [whole, name = ''] = found;
      at = attribute.lastIndex;
      if (!/^style$/i.test(name)) continue;
      const from = found.index + whole.indexOf(name);
      parked += `${markup.slice(copied, from)}${HELD_ATTRIBUTE}`;
      copied = from + name.length;
    }
    tagStart.lastIndex = at;
  }
  return { parked: parked + markup.slice(copied), rules };
}
