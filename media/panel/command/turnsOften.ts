/** Text from right to left up to other letters or digits, and characters that change the direction. */
const turn =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[\0-\x2f\x3a-\x40\x5b-\x60\x7b-\xbf\u0590-\u08ff\ufb1d-\ufefc]|[\u2000-\u2bff])*|[\u202a-\u202e\u2066-\u2069]/g;
const MOST_TURNS = 100;

/** Whether the direction of a text changes so often that the browser would take long to put it in order. */
export function turnsOften(text: string): boolean {
  return (text.match(turn)?.length ?? 0) > MOST_TURNS;
}
