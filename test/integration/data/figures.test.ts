import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIGURE_TYPE, PDF_TYPE } from '../../../src/protocol/panelForms.js';
import type { MimeBundle } from '../../../src/library.js';
import { pythonWith } from '../../support/pythons.js';
import { Viewed } from '../../support/viewedData.js';
import { bundles } from '../../support/withPackages.js';

const python = pythonWith('matplotlib');
const viewed = new Viewed();
beforeAll(() => viewed.start(python ? { interpreter: python.executable } : {}));
afterAll(() => viewed.session.exit());

async function shown(source: string): Promise<MimeBundle> {
  const results = viewed.session.execute(source);
  await results.wait({ timeoutMs: 60_000 });
  const [bundle] = bundles(results);
  if (!bundle) throw new Error(results.stderr);
  return bundle;
}

async function drawn(bundle: MimeBundle, format: string): Promise<string> {
  const of = { kept: 0 };
  const { file, size, problem } = await viewed.ask(of, { ask: 'figure', figure: bundle[FIGURE_TYPE], format });
  expect(problem).toBeUndefined();
  const { piece = '' } = await viewed.ask(of, { ask: 'piece', file, offset: 0 });
  const bytes = Buffer.from(piece, 'base64');
  expect(bytes.length).toBe(size);
  return bytes.toString('latin1');
}

const isThere = async (bundle: MimeBundle): Promise<boolean> =>
  (await viewed.ask({ kept: 0 }, { ask: 'figure', figure: bundle[FIGURE_TYPE] })).problem === undefined;

test.skipIf(!python)('a figure that the code still holds is drawn as PDF and SVG, as it is now', async () => {
  const bundle = await shown(`
import matplotlib.pyplot as plt
plt.rcParams['svg.fonttype'] = 'none'
figure, axes = plt.subplots()
axes.plot([1, 2])`);
  await viewed.run('before = figure.canvas');
  expect(await isThere(bundle)).toBe(true);
  expect(await drawn(bundle, 'pdf')).toMatch(/^%PDF-/);
  expect(await drawn(bundle, 'svg')).not.toContain('Set later');
  await viewed.run("axes.set_title('Set later'); None");
  expect(await drawn(bundle, 'svg')).toContain('Set later');
  expect(await viewed.session.evaluate('[plt.get_fignums(), figure.canvas is before]')).toEqual([[], true]);
});

test.skipIf(!python)('nothing keeps a figure that the code has let go', async () => {
  const bundle = await shown('import gc\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);');
  await viewed.run('gc.collect(); None');
  expect(await isThere(bundle)).toBe(false);
  expect(await viewed.ask({ kept: 0 }, { ask: 'figure', figure: 'one of another session', format: 'pdf' })).toEqual({
    problem: 'gone',
  });
});

test.skipIf(!python)('the error of an artist that cannot be drawn again is told, and the session goes on', async () => {
  const bundle = await shown(`
from matplotlib.lines import Line2D
class Odd(Line2D):
    fails = False
    def draw(self, renderer):
        if self.fails: raise ValueError('not again')
        super().draw(renderer)
odd = plt.figure(); odd.add_artist(Odd([0, 1], [0, 1]))`);
  await viewed.run('Odd.fails = True');
  const asked = viewed.ask({ kept: 0 }, { ask: 'figure', figure: bundle[FIGURE_TYPE], format: 'pdf' });
  await expect(asked).rejects.toThrow('not again');
  expect(await viewed.session.evaluate('1 + 1')).toBe(2);
});

const notebookPython = pythonWith('matplotlib', 'IPython');
test.skipIf(!notebookPython || notebookPython.executable !== python?.executable)(
  'figures are shown in the formats that IPython is told',
  async () => {
    const types = async (source: string): Promise<string[]> =>
      Object.keys(await shown(`${source}\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);`)).sort();
    const others = [FIGURE_TYPE, 'text/plain'];
    expect(await types("%config InlineBackend.figure_formats = ['png', 'pdf']")).toEqual(
      ['image/png', PDF_TYPE, ...others].sort(),
    );
    expect(await types("%config InlineBackend.figure_format = 'svg'")).toEqual(['image/svg+xml', ...others].sort());
    expect(await types("%config InlineBackend.figure_format = 'retina'")).toEqual(['image/png', ...others].sort());
  },
);
