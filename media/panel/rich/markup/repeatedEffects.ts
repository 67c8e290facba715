/** What they take is drawn from them, not computed by another effect. */
const sources = new Set([
  'SourceGraphic',
  'SourceAlpha',
  'BackgroundImage',
  'BackgroundAlpha',
  'FillPaint',
  'StrokePaint',
]);
const takeNothing = new Set(['feFlood', 'feTurbulence', 'feImage']);
const takeTwo = new Set(['feBlend', 'feComposite', 'feDisplacementMap', 'feDropShadow']);

/**
 * How often the effects of a filter are computed, on average: one whose result several others take is computed again
 * for each of them.
 */
export function repeatedEffects(filter: Element): number {
  const effects = [...filter.children];
  const inputs = inputsOf(effects);
  const times = effects.map(() => 0);
  for (let index = effects.length - 1; index >= 0; index--) {
    const own = Math.max(1, times[index] ?? 0);
    times[index] = own;
    for (const input of inputs[index] ?? []) times[input] = (times[input] ?? 0) + own;
  }
  return times.reduce((sum, one) => sum + one, 0) / Math.max(1, times.length);
}

/** The positions of the effects that each effect takes: by name, else the one before it. */
function inputsOf(effects: readonly Element[]): number[][] {
  const named = new Map<string, number>();
  return effects.map((effect, index) => {
    const positionOf = (name: string | null): number =>
      name !== null && sources.has(name) ? -1 : (named.get(name ?? '') ?? index - 1);
    const found = takersOf(effect).flatMap((taker) =>
      (takeTwo.has(taker.localName) ? ['in', 'in2'] : ['in']).map((name) => positionOf(taker.getAttribute(name))),
    );
    const result = effect.getAttribute('result');
    if (result !== null && result !== '') named.set(result, index);
    return found.filter((position) => position >= 0);
  });
}

function takersOf(effect: Element): readonly Element[] {
  if (takeNothing.has(effect.localName)) return [];
  return effect.localName === 'feMerge' ? [...effect.children] : [effect];
}
