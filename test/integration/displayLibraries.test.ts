import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bundles, endSessions, isPng, kinds, run, withPackages } from '../support/withPackages.js';

endSessions();

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

  test('a figure of a million points is data, too', async () => {
    const results = await run(
      python,
      `import plotly.graph_objects as go
numbers = [float(n) for n in range(1_000_000)]
times = ['2026-01-01T00:00:%09.6f' % (n / 1_000_000) for n in range(1_000_000)]
go.Figure(go.Scattergl(x=times, y=numbers))`,
    );
    expect(bundles(results)[0]).toHaveProperty(['application/vnd.plotly.v1+json']);
  });
});

withPackages(['plotly'], (python) => {
  test('a renderer of notebooks that the user chose shows the same data once, without packages of notebooks', async () => {
    const results = await run(
      python,
      `import plotly.graph_objects as go, plotly.io
for name in ('plotly_mimetype', 'notebook', 'plotly_mimetype+notebook_connected', 'vscode'):
    plotly.io.renderers.default = name
    plotly.io.show(go.Figure(go.Bar(y=[2, 3])))`,
    );
    expect(bundles(results)).toHaveLength(4);
    for (const bundle of bundles(results)) {
      const shown = { data: [{ y: [2, 3] }] };
      expect(bundle).toMatchObject({
        'application/vnd.plotly.v1+json': shown,
        'text/plain': expect.any(String) as string,
      });
      if (bundle['text/html'] === undefined) expect(bundle).toHaveProperty(['application/vnd.extsession.plotlyjs']);
    }
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

withPackages(['sympy', 'pandas'], (python) => {
  test('draws formulas and tables after init_printing, which is meant for terminals elsewhere', async () => {
    await run(python, 'import pandas, sympy\nx = sympy.Symbol("x")\nsympy.init_printing()');
    expect(bundles(await run(python, 'x ** 2'))[0]?.['text/latex']).toContain('x^{2}');
    expect(Object.keys(bundles(await run(python, 'pandas.DataFrame({"a": [1]})'))[0] ?? {})).toContain('text/html');
    expect(bundles(await run(python, '6 * 7'))).toEqual([{ 'text/plain': '42' }]);
  });
});

withPackages(['rich', 'pandas'], (python) => {
  test("shows tables in their richest form, also where rich's hook shows what is only text", async () => {
    await run(python, 'import pandas\nfrom rich import pretty\npretty.install()');
    expect((await run(python, '{"key": ["value"] * 40}')).stdout).toMatch(/^\{\n {4}'key': \[\n/);
    const [table] = bundles(await run(python, 'pandas.DataFrame({"a": [1]})'));
    expect(Object.keys(table ?? {})).toEqual(expect.arrayContaining(['text/html', 'text/plain']));
  });
});
