import type { PanelModel } from '../../../src/panel/model/panelModel.js';
import { png } from './png.js';
import { originAt, ScriptedSession } from './scriptedSession.js';

/** As pandas writes a data frame, style sheet and all. */
export const dataFrame = `<div>
<style scoped>
    .dataframe tbody tr th:only-of-type { vertical-align: middle; }
    .dataframe tbody tr th { vertical-align: top; }
    .dataframe thead th { text-align: right; }
</style>
<table border="1" class="dataframe">
  <thead><tr style="text-align: right;"><th></th><th>pickup</th><th>zone</th><th>distance</th><th>fare</th><th>tip</th></tr></thead>
  <tbody>
${[
  ['2024-03-01 00:02', 'Midtown Center', '1.72', '10.70', '3.00'],
  ['2024-03-01 00:02', 'JFK Airport', '17.31', '70.00', '0.00'],
  ['2024-03-01 00:03', 'East Village', '2.05', '13.50', '2.84'],
  ['2024-03-01 00:03', 'Astoria', 'NaN', '28.90', 'NaN'],
  ['2024-03-01 00:04', 'Upper West Side South', '0.94', '7.90', '2.38'],
]
  .map((cells, row) => `<tr><th>${String(row)}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
  .join('\n')}
  </tbody>
</table>
<p>3401977 rows × 5 columns</p>
</div>`;

/** As pandas' Styler does: a sheet of rules by id. */
export const STYLED_FRAME = `<style type="text/css">
#T_1_row0_col0 { background-color: #f7fbff; color: #000000; }
#T_1_row0_col1 { background-color: #08306b; color: #f1f1f1; }
#T_1_row1_col0 { background-color: yellow; }
#T_1_row1_col1 { color: red; font-weight: bold; position: fixed; }
</style><table id="T_1"><thead><tr><th class="blank level0">&nbsp;</th><th>weekday</th><th>weekend</th></tr></thead>
<tbody><tr><th>am</th><td id="T_1_row0_col0">8.10</td><td id="T_1_row0_col1">12.75</td></tr>
<tr><th>pm</th><td id="T_1_row1_col0">14.20</td><td id="T_1_row1_col1">-1.00</td></tr></tbody></table>`;

export const CHART = `<svg width="420pt" height="168pt" viewBox="0 0 560 224">
<rect width="560" height="224" fill="white"/><path d="M44 188H508M44 104H508M44 20H508" stroke="#ddd"/>
<polyline fill="none" stroke="#1f77b4" stroke-width="2" points="44,103 84,122 124,155 165,143 205,96 246,96 286,98 327,95 367,74 407,51 447,63 488,89 508,96"/>
<text x="44" y="212" font-size="12">00</text><text x="490" y="212" font-size="12">23</text></svg>`;

const run = {
  model: 'fare-mlp',
  metrics: { mae: 1.84, r2: 0.917, converged: true },
  layers: Array.from({ length: 250 }, (_, index) => ({ name: `dense_${String(index)}`, units: 128 })),
  parent: null,
};

const REPORT = `## Findings
Fares rise at **night**, see [the report](https://example.org/fares).

| hour | fare |
| ---- | ---: |
| 18   | 14.2 |
| 19   | 15.9 |

- \`tip\` is missing where the fare was paid in cash
- two zones have no trips`;

/** Values in every form that the panel draws. */
export function richScene(model: PanelModel): void {
  const session = new ScriptedSession(model);
  session.restart(11);
  const text = '                pickup  ...   tip\n0 2024-03-01 00:02  ...  3.00\n\n[3401977 rows x 5 columns]';
  session.add('df', originAt('eda.py:8')).start().returns({ 'text/plain': text, 'text/html': dataFrame }, 6).close();
  session
    .add('by_hour.plot(title="Median fare by hour")', originAt('eda.py:14'))
    .start()
    .display({ 'text/plain': '<Figure size 640x480 with 1 Axes>', 'image/svg+xml': CHART, 'image/png': png(560, 224) })
    .returns({ 'text/plain': "<Axes: title='Median fare by hour'>" }, 12)
    .close();
  session
    .add('client.get("/runs/07").json()', originAt('eda.py:19'))
    .start()
    .returns({ 'text/plain': '<IPython.core.display.JSON object>', 'application/json': run }, 184)
    .close();
  session
    .add('heatmap', originAt('eda.py:21'))
    .start()
    .returns({ 'text/plain': '<pandas.io.formats.style.Styler>', 'text/html': STYLED_FRAME })
    .close();
  session
    .add('Markdown(report)', originAt('eda.py:22'))
    .start()
    .returns({ 'text/plain': '<IPython.core.display.Markdown object>', 'text/markdown': REPORT })
    .close();
  session
    .add('sympy.Integral(exp(-x**2), (x, -oo, oo))', originAt('eda.py:25'))
    .start()
    .returns({
      'text/plain': 'Integral(exp(-x**2), (x, -oo, oo))',
      'text/latex': '$\\displaystyle \\int\\limits_{-\\infty}^{\\infty} e^{- x^{2}}\\, dx = \\sqrt{\\pi}$',
    })
    .close();
  session
    .add('Image("faces.png")', originAt('eda.py:27'))
    .start()
    .returns({ 'text/plain': '<IPython.core.display.Image object>', 'image/png': png(1200, 300) })
    .close();
  session
    .add('fig.show()', originAt('eda.py:30'))
    .start()
    .display({
      'text/plain': 'Figure({...})',
      'application/vnd.plotly.v1+json': { data: [] },
      'text/html': '<div id="p"></div><script>Plotly.newPlot("p", [])</script>',
    })
    .ok(90)
    .close();
  model.setStatus({ title: 'trips', evaluator: 'python', interpreterLabel: 'Python 3.12 · .venv', state: 'idle' });
}
