/** Stands for the element; no text of a person's has it. */
const mark = '\uE000';

/** A sentence in which an element stands, wherever the language puts it. */
export function elementSentence(element: HTMLElement, sentence: (place: string) => string): (Node | string)[] {
  const text = sentence(mark);
  const at = text.indexOf(mark);
  return [text.slice(0, at), element, text.slice(at + mark.length)].filter((piece) => piece !== '');
}
