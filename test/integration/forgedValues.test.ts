import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pythonWith } from '../support/pythons.js';
import { Viewed } from '../support/viewedData.js';

const viewed = new Viewed();
const rich = pythonWith('numpy', 'pandas');

/** Classes that say they are a library's, and note what is called. */
const SETUP = `
import datetime, decimal, fractions, types
ran = []
def noisy(name, answer=None):
    def method(*arguments):
        ran.append(name)
        return answer
    return method
def forged(base, module, name, **body):
    return type(name, (base,), {'__module__': module, '__qualname__': name, '__str__': object.__str__,
                                '__repr__': noisy('__repr__', 'x'), **body})
def zone(module='datetime', **body):
    body = {'tzname': noisy('tzname', 'x'), 'dst': noisy('dst'), **body}
    return type('timezone', (datetime.tzinfo,), {'__module__': module, **body})()
class Text:
    __str__ = noisy('__str__', 'x')
named = types.ModuleType('m')
named.__name__ = Text()
`;

/** Everything that views ask about a value. */
async function look(made: string): Promise<void> {
  await viewed.run(`subject = ${made}\nwithin = [subject, subject]\nran.clear()`);
  await viewed.session.variables({ details: true });
  for (const name of ['subject', 'within']) {
    await viewed.session.parts([name], { asCode: true });
    await viewed.session.inspect(name, 1);
    const of = { name, path: [] };
    const { window } = await viewed.ask(of, { sort: [{ column: 0, descending: true }] });
    if (!window) continue;
    await viewed.ask(of, { ask: 'statistics', column: 0 });
    await viewed.ask(of, { ask: 'cell', row: 0, column: 0 });
  }
  expect(await viewed.session.evaluate('list(ran)')).toEqual([]);
}

async function summaryOf(made: string): Promise<string | undefined> {
  await viewed.run(`subject = ${made}`);
  const variables = await viewed.session.variables({ details: true });
  return variables.find(({ name }) => name === 'subject')?.summary;
}

describe('values that are not what they say', () => {
  beforeAll(async () => {
    await viewed.start({});
    await viewed.run(SETUP);
  });
  afterAll(() => viewed.session.exit());

  test.each([
    "forged(datetime.datetime, 'datetime', 'datetime')(2020, 1, 1)",
    "forged(decimal.Decimal, 'decimal', 'Decimal')(1)",
    "datetime.datetime(2020, 1, 1, tzinfo=zone(utcoffset=noisy('utcoffset')))",
    "datetime.datetime(2020, 1, 1, tzinfo=zone('pytz', utcoffset=noisy('utcoffset')))",
    'datetime.datetime(2020, 1, 1, tzinfo=zone(utcoffset=datetime.tzinfo.fromutc))',
    'datetime.datetime(2020, 1, 1, tzinfo=zone(utcoffset=object.__format__))',
    'named',
  ])('run nothing when they are listed: %s', async (made) => {
    await look(made);
  });

  test.each([
    ['range(10**5000)', 'range(0, <int of 16610 bits>, 1)'],
    ["decimal.Decimal('1' * 20_000_000)", undefined],
    ["[decimal.Decimal('1' * 20_000_000)]", '[<decimal.Decimal>]'],
    ["{'x' * 200_000_000: 1}", `{'${'x'.repeat(157)}…`],
  ])('are told at once, however large: %s', async (made, summary) => {
    expect(await summaryOf(made)).toBe(summary);
    await viewed.session.parts(['subject'], { asCode: true });
  });

  test('cells are bounded, and statistics know infinite numbers', async () => {
    await viewed.run(
      "large = [10**1_000_000, decimal.Decimal('1' * 1_000_000), fractions.Fraction(10**5000, 3)]\n" +
        "endless = [float('inf')] * 3",
    );
    expect((await viewed.window('large')).cells).toEqual([
      [
        ['n', '<int of 3321929 bits>'],
        ['o', 'decimal.Decimal'],
        ['o', 'fractions.Fraction'],
      ],
    ]);
    const { statistics } = await viewed.ask({ name: 'endless', path: [] }, { ask: 'statistics', column: 0 });
    expect(statistics).toMatchObject({ rows: 3, histogram: [] });
    expect(statistics?.facts).toContainEqual(['mean', 'inf']);
  });
});

describe.skipIf(!rich)('values that are not of the libraries that they say', () => {
  beforeAll(async () => {
    await viewed.start(rich ? { interpreter: rich.executable } : {});
    await viewed.run(`${SETUP}\nimport numpy as np, pandas as pd`);
  });
  afterAll(() => viewed.session.exit());

  test.each([
    "forged(np.float64, 'numpy', 'float64', dtype=property(noisy('dtype')))(1)",
    "pd.Series(forged(pd.arrays.IntegerArray, 'pandas.core.arrays', 'FloatingArray', __getitem__=noisy('__getitem__', 1))(np.array([1]), np.array([False])))",
  ])('run nothing when they are listed: %s', async (made) => {
    await look(made);
  });

  test('long texts of NumPy are cut before they are copied', async () => {
    expect(await summaryOf("np.str_('x' * 100_000_000)")).toBe('x'.repeat(160));
    expect(await summaryOf("np.array(['x' * 50_000_000] * 2)")).toBeUndefined();
  });
});
