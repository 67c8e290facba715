import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ExtSession, type ExtResults, type MimeBundle, type Output } from '../../src/library.js';
import { pythonWith } from '../support/pythons.js';

let session: ExtSession | undefined;
afterEach(async () => {
  await session?.exit();
  session = undefined;
});

async function run(interpreter: string, source: string, env: Record<string, string> = {}): Promise<ExtResults> {
  session ??= await ExtSession.start({ interpreter, env });
  const results = session.execute(source);
  await results.wait({ timeoutMs: 60_000 });
  return results;
}

const bundles = (results: ExtResults): MimeBundle[] =>
  results.outputs.flatMap((output) => ('data' in output ? [output.data] : []));
const isPng = (data: MimeBundle | undefined): boolean => String(data?.['image/png']).startsWith('iVBORw0KGgo');
const kinds = (results: ExtResults): Output['type'][] => results.outputs.map(({ type }) => type);

/** Tests that need real packages: skipped, and said so, where no Python has them. */
function withPackages(packages: readonly string[], define: (python: string) => void): void {
  const python = pythonWith(...packages);
  if (python)
    describe(`${packages.join(' and ')} in Python ${python.version}`, { timeout: 60_000 }, () => {
      define(python.executable);
    });
  else {
    test(packages.join(' and '), (context) => {
      context.skip('no Python here has it');
    });
  }
}

withPackages(['matplotlib'], (python) => {
  test('shows figures at the end of their command, once, and closes them', async () => {
    const results = await run(
      python,
      "import matplotlib.pyplot as plt\nplt.plot([1, 2]);\nplt.figure(); plt.hist([1, 2, 2])\nprint('after')",
    );
    expect(kinds(results)).toEqual(['stream', 'display_data', 'display_data']);
    expect(bundles(results).map(isPng)).toEqual([true, true]);
    expect(bundles(results)[0]?.['text/plain']).toBe('<Figure size 640x480 with 1 Axes>');
    const next = await run(python, 'plt.get_fignums()');
    expect(next.outputs).toEqual([{ type: 'execute_result', data: { 'text/plain': '[]' } }]);
  });

  test('shows figures in place where show() is called', async () => {
    const results = await run(
      python,
      "import matplotlib.pyplot as plt\nprint('before')\nplt.plot([1, 2])\nplt.show()\nprint('after')\nfig, ax = plt.subplots(); ax.plot([1]); fig.show(); plt.close(fig)",
    );
    expect(kinds(results)).toEqual(['stream', 'display_data', 'stream', 'display_data']);
    expect(results.stderr).toBe('');
  });

  test('shows a figure that is the value of its command once', async () => {
    const results = await run(
      python,
      'import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\nfig',
    );
    expect(kinds(results)).toEqual(['execute_result']);
    expect(isPng(bundles(results)[0])).toBe(true);
    expect(kinds(await run(python, 'fig'))).toEqual(['execute_result']);
  });

  test('shows what was drawn before an error', async () => {
    const results = await run(python, 'import matplotlib.pyplot as plt\nplt.plot([1, 2])\n1 / 0');
    expect(kinds(results)).toEqual(['display_data', 'error']);
  });

  test.each([
    ['MPLBACKEND', { MPLBACKEND: 'svg' }, ''],
    ['use()', {}, "import matplotlib\nmatplotlib.use('svg')\n"],
  ])('leaves the backend that was chosen with %s', async (_how, env, choice) => {
    const source = `${choice}import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.get_backend()`;
    const results = await run(python, source, env);
    expect(results.outputs).toEqual([{ type: 'execute_result', data: { 'text/plain': "'svg'" } }]);
  });

  test("leaves the backend that the user's matplotlibrc names", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'extsession-test-'));
    try {
      writeFileSync(path.join(folder, 'matplotlibrc'), 'backend: svg\n');
      const results = await run(python, 'import matplotlib.pyplot as plt\nplt.get_backend()', { MATPLOTLIBRC: folder });
      expect(bundles(results)).toEqual([{ 'text/plain': "'svg'" }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is not imported unless it is used', async () => {
    const results = await run(python, "import sys\n[name for name in sys.modules if name.startswith('matplotlib')]");
    expect(bundles(results)).toEqual([{ 'text/plain': '[]' }]);
  });
});

withPackages(['pandas'], (python) => {
  test('a frame is a table, also with display()', async () => {
    const results = await run(python, "import pandas\nframe = pandas.DataFrame({'a': [1, 2]})\ndisplay(frame)\nframe");
    expect(kinds(results)).toEqual(['display_data', 'execute_result']);
    for (const bundle of bundles(results)) {
      expect(bundle['text/html']).toContain('<table border="1" class="dataframe">');
      expect(bundle['text/plain']).toBe('   a\n0  1\n1  2');
    }
  });
});

withPackages(['polars'], (python) => {
  test('a frame is a table', async () => {
    const [bundle] = bundles(await run(python, "import polars\npolars.DataFrame({'a': [1, 2]})"));
    expect(bundle?.['text/html']).toContain('<table');
  });
});

withPackages(['sklearn'], (python) => {
  test('a model is fitted, and shown as a diagram', async () => {
    const results = await run(
      python,
      `from sklearn.ensemble import RandomForestClassifier
RandomForestClassifier(n_estimators=2).fit([[0], [1], [2], [3]], [0, 0, 1, 1])`,
    );
    expect(results.outcome).toMatchObject({ status: 'ok' });
    expect(bundles(results)[0]?.['text/html']).toContain('RandomForestClassifier');
    expect(bundles(results)[0]?.['text/plain']).toBe('RandomForestClassifier(n_estimators=2)');
  });
});

withPackages(['PIL'], (python) => {
  test('an image is an image', async () => {
    const [bundle] = bundles(await run(python, "from PIL import Image\nImage.new('RGB', (2, 2))"));
    expect(isPng(bundle)).toBe(true);
  });
});

withPackages(['sympy'], (python) => {
  test('an expression is a formula', async () => {
    const [bundle] = bundles(await run(python, "import sympy\nx = sympy.Symbol('x')\nx ** 2 / 2"));
    expect(bundle).toEqual({ 'text/latex': '$\\displaystyle \\frac{x^{2}}{2}$', 'text/plain': 'x**2/2' });
  });
});

withPackages(['rich'], (python) => {
  test('a table is marked up, and printing gives text', async () => {
    const results = await run(
      python,
      "import rich, rich.table\nrich.print('[bold]text[/bold]')\ntable = rich.table.Table('Head'); table.add_row('cell')\ntable",
    );
    expect(results.stdout).toBe('text\n');
    expect(bundles(results)[0]?.['text/html']).toContain('cell');
  });

  test('its own display hook is used', async () => {
    await run(python, 'import rich.pretty\nrich.pretty.install()');
    const results = await run(python, "{'a': 1}");
    expect(kinds(results)).toEqual(['stream']);
    expect(results.stdout).toBe("{'a': 1}\n");
  });
});

withPackages(['tqdm'], (python) => {
  test('a progress bar writes to stderr', async () => {
    const results = await run(python, 'from tqdm.auto import tqdm\nfor _ in tqdm(range(3)): pass');
    expect(results.stderr).toContain('100%');
    expect(results.stderr).toContain('3/3');
  });

  test('a bar for notebooks moves too, as text', async () => {
    const results = await run(
      python,
      `from tqdm.notebook import tqdm, trange, tqdm_notebook
bar = tqdm(range(3), desc='steps', mininterval=0)
for _ in bar: pass
for _ in trange(2): pass
list(tqdm(range(5), display=False))
print(isinstance(bar, tqdm_notebook), bar.n)`,
    );
    expect(kinds(results)).not.toContain('display_data');
    for (const step of ['0/3', '1/3', '3/3', '2/2']) expect(results.stderr).toContain(step);
    expect(results.stderr).not.toContain('/5');
    expect(results.stdout).toBe('True 3\n');
    expect(results.outcome).toMatchObject({ status: 'ok' });
  });
});

withPackages(['ipywidgets'], (python) => {
  const texts = (results: ExtResults) => bundles(results).map((bundle) => String(bundle['text/plain']));

  test('bars move as text, also inside other widgets, in threads and in later commands', async () => {
    const results = await run(
      python,
      `import ipywidgets, threading
bar = ipywidgets.IntProgress(description='Load', max=4)
both = ipywidgets.HBox([ipywidgets.Label('loss 3'), bar])
def work():
    bar.value = 1
    both.children[0].value = 'loss 2'
both`,
    );
    expect(texts(results)).toEqual([`loss 3  Load:   0%|${' '.repeat(30)}| 0/4`]);
    await run(python, 'thread = threading.Thread(target=work); thread.start(); thread.join()');
    expect(texts(results)).toEqual([`loss 2  Load:  25%|${'█'.repeat(7)}▌${' '.repeat(22)}| 1/4`]);
    await run(python, 'for value in range(5): bar.value = value');
    expect(texts(results)).toEqual([`loss 2  Load: 100%|${'█'.repeat(30)}| 4/4`]);
  });

  test('others are shown by their labels and values, with one hint in a session', async () => {
    const first = await run(
      python,
      `import ipywidgets as w
w.VBox([w.IntSlider(description='x', value=3), w.Dropdown(options=[('One', 1)], description='pick'),
  w.Button(description='Go'), w.Checkbox(description='on', value=True), w.HTML('<b>bold</b> &amp; more'), w.Output()])`,
    );
    expect(texts(first)).toEqual(['x: 3\npick: One\nGo\n[x] on\nbold & more\n(Widgets are shown as text.)']);
    const second = await run(
      python,
      "display(w.Text('hi'), w.Tab([w.Label('a')], titles=['A']), w.FloatText(value=0.5))",
    );
    expect(texts(second)).toEqual(['hi', 'A: a', '0.5']);
    expect(Object.keys(bundles(second)[0] ?? {})).toEqual(['text/plain']);
  });

  test('what is written to an output widget, and by interact, is shown where it is written', async () => {
    const results = await run(
      python,
      `import ipywidgets
out = ipywidgets.Output()
print('before')
with out:
    print('inside')
    out.clear_output()
out.append_stdout('appended\\n')
out.append_display_data({'a': 1})
@ipywidgets.interact(x=10)
def twice(x):
    print('x is', x)
    return 2 * x
out`,
    );
    expect(results.stdout).toBe('before\ninside\nappended\nx is 10\n');
    expect(texts(results)).toEqual(["{'a': 1}", '20', 'x: 10\n(Widgets are shown as text.)']);
    expect(results.stderr).toBe('');
  });
});

withPackages(['plotly'], (python) => {
  test('a figure is data, as a value and with show(), and names the script that draws it', async () => {
    const results = await run(
      python,
      `import plotly.graph_objects as go
figure = go.Figure(go.Bar(y=[2, 3]), layout={'title': 'Two <b>bars</b>'})
figure.show(config={'scrollZoom': True})
print('shown')
figure`,
    );
    expect(kinds(results)).toEqual(['display_data', 'stream', 'display_data']);
    for (const bundle of bundles(results)) {
      expect(bundle['application/vnd.plotly.v1+json']).toMatchObject({ data: [{ type: 'bar', y: [2, 3] }] });
      expect(bundle['text/plain']).toBe('Plotly figure: Two bars (1 bar trace)');
      // Some distributions leave plotly.js out.
      const script = bundle['application/vnd.extsession.plotlyjs'] as string | undefined;
      if (script === undefined) expect(bundle['text/html']).toContain('Plotly.newPlot');
      else expect(statSync(script).size).toBeGreaterThan(1_000_000);
    }
    expect(bundles(results)[0]).toMatchObject({ 'application/vnd.plotly.v1+json': { config: { scrollZoom: true } } });
  });
});

withPackages(['plotly', 'IPython', 'nbformat'], (python) => {
  test('a renderer that the user chose finds the script that draws the figure too', async () => {
    const [bundle] = bundles(
      await run(
        python,
        `import plotly.graph_objects as go, plotly.io
plotly.io.renderers.default = 'plotly_mimetype'
go.Figure(go.Bar(y=[2, 3])).show()`,
      ),
    );
    expect(bundle).toMatchObject({ 'application/vnd.plotly.v1+json': { data: [{ y: [2, 3] }] } });
    if (bundle?.['text/html'] === undefined) expect(bundle).toHaveProperty(['application/vnd.extsession.plotlyjs']);
  });
});

withPackages(['altair', 'pandas'], (python) => {
  test('a chart is a page', async () => {
    const [bundle] = bundles(
      await run(python, "import altair, pandas\naltair.Chart(pandas.DataFrame({'a': [1]})).mark_bar().encode(x='a:Q')"),
    );
    expect(bundle?.['text/html']).toContain('vega');
  });
});

withPackages(['IPython'], (python) => {
  test('its display functions and objects work without its shell', async () => {
    const results = await run(
      python,
      `from IPython.display import HTML, Markdown, Image, clear_output, display, update_display
print('gone'); clear_output()
handle = display(HTML('<b>x</b>'), display_id='h'); handle.update(Markdown('**y**'))
display({'text/plain': 'raw'}, raw=True)
Image(data=b'\\x89PNG\\r\\n\\x1a\\n' + bytes(16), format='png')`,
    );
    expect(results.stdout).toBe('gone\n');
    expect(kinds(results)).toEqual(['display_data', 'display_data', 'execute_result']);
    const [updated, raw, image] = bundles(results);
    expect(updated).toMatchObject({ 'text/markdown': '**y**' });
    expect(raw).toEqual({ 'text/plain': 'raw' });
    expect(isPng(image)).toBe(true);
  });
});
