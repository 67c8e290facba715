/** Holds inline declarations until they are checked: the policy blocks the style attribute, and reports each one. */
export const HELD_ATTRIBUTE = 'data-held-style';

export interface HeldMarkup {
  readonly held: string;
  /** The contents of the style sheets. */
  readonly rules: string;
  /** The number of start tags, and the largest number of attributes in one. */
  readonly tags: number;
  readonly attributes: number;
}

/*
 * Each expression continues where the previous one ended, so that no input is matched twice: the markup might be meant
 * to block the panel.
 */
const tagStart = /<[a-z][^\s/>]*/gi;
const attribute = /[\s/]*([^\s=>"'/][^\s=>/]*)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?/y;
const sheetEnd = /<\/style(?=[\s/>])/gi;

/**
 * Markup without style sheets and with renamed style attributes, and the rules of the sheets. This does not make markup
 * safe: it works on text, before anything parses it, and what it misses is only left without styles.
 */
export function holdStyles(markup: string): HeldMarkup {
  let held = '';
  let rules = '';
  let copied = 0;
  let tags = 0;
  let attributes = 0;
  tagStart.lastIndex = 0;
  for (let tag = tagStart.exec(markup); tag; tag = tagStart.exec(markup)) {
    let at = tagStart.lastIndex;
    tags += 1;
    if (/^<style$/i.test(tag[0])) {
      const from = markup.indexOf('>', at);
      sheetEnd.lastIndex = from;
      const end = from < 0 ? null : sheetEnd.exec(markup);
      const past = end ? markup.indexOf('>', sheetEnd.lastIndex) + 1 : 0;
      if (!end || past === 0) break;
      rules += `${markup.slice(from + 1, end.index)}\n`;
      held += markup.slice(copied, tag.index);
      copied = tagStart.lastIndex = past;
      continue;
    }
    attribute.lastIndex = at;
    let count = 0;
    for (let found = attribute.exec(markup); found; found = attribute.exec(markup)) {
      const [whole, name = ''] = found;
      at = attribute.lastIndex;
      count += 1;
      if (!/^style$/i.test(name)) continue;
      const from = found.index + whole.indexOf(name);
      held += `${markup.slice(copied, from)}${HELD_ATTRIBUTE}`;
      copied = from + name.length;
    }
    attributes = Math.max(attributes, count);
    tagStart.lastIndex = at;
  }
  return { held: held + markup.slice(copied), rules, tags, attributes };
}
