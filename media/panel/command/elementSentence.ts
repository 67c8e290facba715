/** Stands for the element; no text of a person's has it. */
const MARK = '\uE000';

/** A sentence in which an element stands, wherever the language puts it. */
export function elementSentence(element: HTMLElement, sentence: (place: string) => string): (Node | string)[] {
  const text = sentence(MARK);
  const at = text.indexOf(MARK);
  return [text.slice(0, at), element, text.slice(at + MARK.length)].filter((piece) => piece !== '');
}
