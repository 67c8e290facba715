const names: ReadonlyMap<string, string> = new Map([
  ['python', 'Python'],
  ['javascript', 'JavaScript'],
]);

/** The display name of what an evaluator runs. */
export function languageName(evaluator: string): string {
  return names.get(evaluator) ?? evaluator;
}
