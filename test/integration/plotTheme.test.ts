import { expect, onTestFinished, test } from 'vitest';
import { ExtSession, type ExecuteOptions } from '../../src/library.js';
import { withPackages } from '../support/withPackages.js';

type PlotTheme = ExecuteOptions['plotTheme'];

withPackages(['matplotlib'], (python) => {
  /** Shows in which colors a figure is drawn after some code. */
  async function drawing(): Promise<(source: string, plotTheme?: PlotTheme) => Promise<unknown>> {
    const session = await ExtSession.start({ interpreter: python });
    onTestFinished(async () => void (await session.exit()));
    return async (source, plotTheme) => {
      const colors = `${source}
import matplotlib.pyplot as plt
_figure, _axes = plt.subplots()
colors = [_figure.get_facecolor()[0], plt.rcParams["text.color"], plt.rcParams["axes.facecolor"]]
plt.close(_figure)`;
      const outcome = await session.execute(colors, plotTheme ? { plotTheme } : {}).wait({ timeoutMs: 60_000 });
      expect(outcome).toMatchObject({ status: 'ok' });
      return session.evaluate('colors');
    };
  }
  const usual = [1, 'black', 'white'];

  test('a figure is drawn for a dark editor, a light one, and as usual', async () => {
    const colors = await drawing();
    const dark = [0, 'white', 'black'];
    expect(await colors('', 'dark')).toEqual(dark);
    expect(await colors('', 'light')).toEqual(usual);
    expect(await colors('', 'dark')).toEqual(dark);
    expect(await colors('')).toEqual(usual);
  });

  test('Matplotlib may have been imported before', async () => {
    const colors = await drawing();
    expect(await colors('')).toEqual(usual);
    expect(await colors('', 'dark')).toEqual([0, 'white', 'black']);
  });

  test('colors that code sets itself stay', async () => {
    const colors = await drawing();
    expect(await colors('')).toEqual(usual);
    expect(await colors('plt.rcParams["axes.facecolor"] = "gray"', 'dark')).toEqual([0, 'white', 'gray']);
    expect(await colors('plt.rcParams["text.color"] = "red"', 'dark')).toEqual([0, 'red', 'gray']);
    expect(await colors('', 'light')).toEqual([1, 'red', 'gray']);
  });

  test('Matplotlib is not imported for it', async () => {
    const session = await ExtSession.start({ interpreter: python });
    onTestFinished(async () => void (await session.exit()));
    await session.execute('import sys', { plotTheme: 'dark' }).wait();
    expect(await session.evaluate('"matplotlib" in sys.modules')).toBe(false);
  });
});
