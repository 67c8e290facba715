/** Thai, Lao, Burmese, Khmer and their neighbours are written without spaces. */
const spaceless = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf]/g;
const MOST_LOOKED_UP = 5000;

/** Whether a browser would look up so much text in a dictionary, to find its words, that the page stops responding. */
export function needsDictionary(text: string): boolean {
  let found = 0;
  for (const match of text.matchAll(spaceless)) {
    found += match.length;
    if (found > MOST_LOOKED_UP) return true;
  }
  return false;
}
