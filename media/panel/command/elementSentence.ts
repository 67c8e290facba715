/** A placeholder for the element, which does not occur in user text. */
const MARK = '\uE000';

/** A sentence that contains an element, at the position that the language requires. */
export function elementSentence(element: HTMLElement, sentence: (place: string) => string): (Node | string)[] {
  const text = sentence(MARK);
  const at = text.indexOf(MARK);
  return [text.slice(0, at), element, text.slice(at + MARK.length)].filter((piece) => piece !== '');
}
