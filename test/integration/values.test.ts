import { inspect, isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EvaluationError, ExtSession, type RemoteValue, type Value } from '../../src/library.js';
import { testPythons } from '../support/pythons.js';

/** A Python expression, and what it is here. */
interface Sample {
  readonly python: string;
  readonly here: Value;
}

const quoted = (text: string): string =>
  `"${Array.from(text, (c) => `\\U${(c.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`).join('')}"`;
const float = (number: number): string =>
  Number.isFinite(number)
    ? `float.fromhex("${Object.is(number, -0) ? '-0' : hexOf(number)}")`
    : `float("${String(number).replace('Infinity', 'inf')}")`;
/** Exact, unlike digits that another program reads. */
const hexOf = (number: number): string => {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, number);
  const exponent = (bits.getUint16(0) >> 4) & 0x7ff;
  const fraction = (bits.getBigUint64(0) & 0xfffffffffffffn).toString(16).padStart(13, '0');
  const sign = number < 0 ? '-' : '';
  return exponent === 0 ? `${sign}0x0.${fraction}p-1022` : `${sign}0x1.${fraction}p${String(exponent - 1023)}`;
};
const integer = (value: bigint): Value =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
const bytes = (value: Uint8Array): string => `bytes([${value.join(', ')}])`;

const scalar: fc.Arbitrary<Sample> = fc.oneof(
  fc.constantFrom<Sample>(
    { python: 'None', here: null },
    { python: 'True', here: true },
    { python: 'False', here: false },
  ),
  fc.string({ unit: 'binary' }).map((text) => ({ python: quoted(text), here: text })),
  fc
    .string({ unit: fc.constantFrom('$', '"', '\\', '\0', '\ud800', '\udfff', '\u2028', '__proto__') })
    .map((text) => ({ python: quoted(text), here: text })),
  fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }).map((value) => ({ python: String(value), here: integer(value) })),
  fc.integer().map((value) => ({ python: `(${String(value)})`, here: value })),
  fc.double().map((value) => ({ python: float(value), here: value })),
  fc.uint8Array().map((value) => ({ python: bytes(value), here: value })),
  fc.uint8Array().map((value) => ({ python: `bytearray(${bytes(value)})`, here: value })),
);

const { value: anyValue } = fc.letrec<{ value: Sample }>((tie) => {
  const items = fc.array(tie('value'), { maxLength: 5 });
  const list = (samples: readonly Sample[]): string => samples.map(({ python }) => python).join(', ');
  const dict = fc.dictionary(
    fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '$', 'length')),
    tie('value'),
    { maxKeys: 5, noNullPrototype: true },
  );
  return {
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      items.map((all) => ({ python: `[${list(all)}]`, here: all.map(({ here }) => here) })),
      items.map((all) => ({ python: `tuple([${list(all)}])`, here: all.map(({ here }) => here) })),
      fc
        .uniqueArray(fc.integer(), { maxLength: 5 })
        .map((all) => ({ python: `set([${all.join(', ')}])`, here: new Set(all) })),
      dict.map((all) => ({
        python: `{${Object.entries(all)
          .map(([key, { python }]) => `${quoted(key)}: ${python}`)
          .join(', ')}}`,
        here: Object.assign(
          Object.create(null) as object,
          ...Object.entries(all).map(([key, { here }]) => ({ [key]: here })),
        ) as Value,
      })),
      fc
        .uniqueArray(fc.tuple(fc.integer(), tie('value')), { selector: ([key]) => key, minLength: 1, maxLength: 5 })
        .map((all) => ({
          python: `{${all.map(([key, { python }]) => `(${String(key)}): ${python}`).join(', ')}}`,
          here: new Map(all.map(([key, { here }]) => [key, here])),
        })),
    ),
  };
});

describe.each(testPythons())('values of Python $version', ({ executable }) => {
  let session: ExtSession;
  beforeAll(async () => {
    session = await ExtSession.start({ interpreter: executable });
  });
  afterAll(async () => {
    await session.exit();
  });

  const define = async (source: string): Promise<void> => {
    const outcome = await session.execute(source).wait();
    expect(outcome, source).toMatchObject({ status: 'ok' });
  };
  const errorOf = async (expression: string): Promise<unknown> => {
    const error = await session.evaluate(expression).catch((reason: unknown) => reason);
    return error instanceof EvaluationError ? error.error : error;
  };

  test('arrive as what the table says, however they are nested', async () => {
    await fc.assert(
      fc.asyncProperty(anyValue, async ({ python, here }) => {
        const found = await session.evaluate(python);
        expect(isDeepStrictEqual(found, here), inspect(found)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('that Python makes at random arrive whole: what is sent back is equal there', async () => {
    await define(`
import random
def make(random, depth=0):
    kind = random.randrange(9 if depth < 5 else 5)
    some = range(random.randrange(4))
    if kind == 0: return random.choice([None, True, False, "", b"", 0, -0.0, float("inf")])
    if kind == 1: return random.randrange(-2**80, 2**80)
    if kind == 2: return random.uniform(-1e300, 1e300)
    if kind == 3: return "".join(chr(random.randrange(0x110000)) for _ in some)
    if kind == 4: return bytes(random.randrange(256) for _ in some)
    if kind == 5: return [make(random, depth + 1) for _ in some]
    if kind == 6: return {chr(random.randrange(0x110000)): make(random, depth + 1) for _ in some}
    if kind == 7: return {random.randrange(10): make(random, depth + 1) for _ in range(1 + len(some))}
    return [{"$": "int", "hex": "zz"}, {"items": make(random, depth + 1), "$": "set"}]`);
    for (let seed = 0; seed < 150; seed++) {
      const value = await session.evaluate(`make(random.Random(${String(seed)}))`);
      expect(await session.evaluate(`make(random.Random(${String(seed)})) == ${toPython(value)}`), String(seed)).toBe(
        true,
      );
    }
  });

  test('may share parts, and may not contain themselves', async () => {
    await define('part = [1]\nshared = [part, part]\ncycle = {"a": []}\ncycle["a"].append(cycle)');
    expect(await session.get('shared')).toEqual([[1], [1]]);
    expect(await errorOf('cycle')).toMatchObject({
      name: 'ValueError',
      message: expect.stringContaining('contains itself') as string,
    });
  });

  test('that are shared so often that they would not fit are refused, and soon', async () => {
    await define('bomb = [0] * 100\nfor _ in range(20): bomb = [bomb] * 100');
    const start = performance.now();
    expect(await errorOf('bomb')).toMatchObject({
      name: 'ValueError',
      message: expect.stringContaining('items') as string,
    });
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test.each([
    ['100 levels', 'nest(100)', true],
    ['101 levels', 'nest(101)', false],
    ['a million levels', 'nest(1000000)', false],
    ['two million items', '[0] * 1999999', true],
    ['more items', '[0] * 2000000', false],
    ['257 MB of bytes', 'bytes(257 << 20)', false],
    ['text that is too large for one answer', '"\\0" * (250 << 20)', false],
    ['257 MB of text', '"é" * (129 << 20)', false],
    ['an integer of 40,000 digits', '10 ** 40000', true],
  ])('are bounded: %s', { timeout: 60_000 }, async (_what, expression, fits) => {
    await define('def nest(depth):\n  value = []\n  for _ in range(depth - 1): value = [value]\n  return value');
    const found = await errorOf(expression);
    if (fits) expect(found).not.toHaveProperty('name', 'ValueError');
    else
      expect(found).toMatchObject({
        name: 'ValueError',
        message: expect.stringMatching(/the (value|answer) .*in parts/) as string,
      });
    expect(await session.evaluate('"still here"')).toBe('still here');
  });

  test('of classes that fight do no harm, and run nothing in the host', async () => {
    await define(`
class Bad:
    def __repr__(self): raise RuntimeError("no repr")
    def __reduce_ex__(self, protocol): raise RuntimeError("no pickle")
    def __getattribute__(self, name): raise RuntimeError("no " + name)
class Liar(dict):
    def items(self): raise RuntimeError
    def __iter__(self): raise RuntimeError
class Text(str):
    def __str__(self): raise RuntimeError
class NotText:
    def __repr__(self): return 5
class Meta(type):
    def __getattribute__(cls, name): raise RuntimeError("meta " + name)
    def __repr__(cls): raise RuntimeError
class Hidden(metaclass=Meta): pass
class Comparing(type):
    def __eq__(cls, other):
        while True: pass
class Slow(metaclass=Comparing): pass
class Leaver:
    def __repr__(self): raise SystemExit
    def __reduce__(self): raise SystemExit
class Endless:
    def __repr__(self): return repr(self)
class Odd: pass
Odd.__module__ = 5
Odd.__qualname__ = "o\\ud800"`);
    for (const name of ['Bad', 'Liar', 'Text', 'NotText', 'Hidden', 'Leaver', 'Endless', 'Odd', 'Slow']) {
      const value = (await session.evaluate(`[${name}()]`)) as RemoteValue[];
      expect([typeof value[0]?.type, typeof value[0]?.repr], name).toEqual(['string', 'string']);
    }
    expect(await session.evaluate('[Hidden, Odd, Bad, len, session if "session" in globals() else 0]')).toHaveLength(5);
    expect(await session.evaluate('1')).toBe(1);
  });

  test('of other types come with their type, repr and pickle, which loads where it came from', async () => {
    const value = (await session.evaluate('__import__("fractions").Fraction(1, 3)')) as RemoteValue;
    expect(value).toMatchObject({ type: 'fractions.Fraction', repr: 'Fraction(1, 3)' });
    const loaded = `__import__("pickle").loads(bytes([${value.pickle?.join(', ') ?? ''}])) + 1`;
    expect(await session.evaluate(`str(${loaded})`)).toBe('4/3');
    expect(await session.evaluate('(lambda: 0)')).not.toHaveProperty('pickle');
  });

  test('that change while they are read do no harm', async () => {
    await define(`
import threading
moving, stop = {}, []
def change():
    n = 0
    while not stop:
        n += 1
        moving[n % 1000] = n
        moving.pop((n * 7) % 1000, None)
thread = threading.Thread(target=change, daemon=True)
thread.start()`);
    for (let round = 0; round < 20; round++) {
      const found = await session.get('moving').catch((error: unknown) => error);
      if (!(found instanceof Map)) expect(found).toBeInstanceOf(EvaluationError);
    }
    await define('stop.append(1)\nthread.join()');
  });
});

/** A value as a Python expression; the inverse of the table for what the generator makes. */
function toPython(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint') return `(${String(value)})`;
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? `(${String(value)})` : float(value);
  if (value instanceof Uint8Array) return bytes(value);
  if (Array.isArray(value)) return `[${(value as Value[]).map(toPython).join(', ')}]`;
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return `{${(entries as [Value, Value][]).map(([key, item]) => `${toPython(key)}: ${toPython(item)}`).join(', ')}}`;
}
