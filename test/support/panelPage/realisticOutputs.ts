import type { HeavyOutput } from './heavyOutputs.js';

/** Each with a part that is only there when it is drawn: a selector of it, and how often it is found. */
export interface RealisticOutput extends HeavyOutput {
  readonly drawn: readonly [selector: string, count: number];
}

const each = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join('');

/** As pandas writes it. */
function frame(rows: number, columns: number): string {
  const head = each(columns, (column) => `      <th>column_${column}</th>\n`);
  const row = (index: number): string =>
    `    <tr>\n      <th>${index}</th>\n${each(columns, (column) => `      <td>${((index * 7919 + column * 104_729) % 10_000) / 100}</td>\n`)}    </tr>\n`;
  return `<div>
<style scoped>
    .dataframe tbody tr th:only-of-type {
        vertical-align: middle;
    }
    .dataframe thead th {
        text-align: right;
    }
</style>
<table border="1" class="dataframe">
  <thead>
    <tr style="text-align: right;">
      <th></th>
${head}    </tr>
  </thead>
  <tbody>
${each(rows, row)}  </tbody>
</table>
<p>${rows * 3} rows × ${columns} columns</p>
</div>`;
}

/** As Matplotlib writes it: letters and marks are defined once and used often. */
function matplotlib(marks: number): string {
  const letters = each(
    40,
    (index) =>
      `<path id="DejaVuSans-${index}" d="M 2034 4250 Q 1547 4250 1301 3770 Q 1056 3291 1056 2328 z" transform="scale(0.015625)"/>\n`,
  );
  const label = (index: number): string =>
    `<g id="text_${index}"><!-- ${index} --><g style="fill: #262626" transform="translate(${index * 9} 239.238437) scale(0.1 -0.1)">
<use xlink:href="#DejaVuSans-${index % 40}"/><use xlink:href="#DejaVuSans-${(index + 1) % 40}" transform="translate(63.623047 0)"/></g></g>\n`;
  const mark = (index: number): string =>
    `<use xlink:href="#m8e2c0f9a1b" x="${57.6 + (index % 300)}" y="${30 + ((index * 31) % 200)}" style="fill: #1f77b4; stroke: #1f77b4"/>\n`;
  return `<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="460.8pt" height="345.6pt" viewBox="0 0 460.8 345.6" xmlns="http://www.w3.org/2000/svg" version="1.1">
 <metadata><rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><dc:date>2026</dc:date></rdf:RDF></metadata>
 <defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>
 <g id="figure_1"><path d="M 0 345.6 L 460.8 345.6 L 460.8 0 z" style="fill: #ffffff"/>
<defs>${letters}<path id="m8e2c0f9a1b" d="M 0 3 C 0.795609 3 1.55874 2.683901 2.12132 2.12132 z" style="stroke: #1f77b4"/></defs>
<g clip-path="url(#pa1)">${each(marks, mark)}</g>${each(60, label)}
<path d="M 57.6 30 ${each(3000, (index) => `L ${57.6 + index / 10} ${30 + ((index * 31) % 200)} `)}" clip-path="url(#pa1)" style="fill: none; stroke: #ff7f0e; stroke-width: 1.5"/></g>
 <defs><clipPath id="pa1"><rect x="57.6" y="41.472" width="357.12" height="266.112"/></clipPath></defs>
</svg>`;
}

/** As scikit-learn writes a pipeline: a long style sheet, and nested parts that can be opened. */
function diagram(steps: number): string {
  const rules = each(
    60,
    (index) =>
      `#sk-1 div.sk-part${index} > label.sk-toggle:hover, #sk-1 div.sk-part${index} pre { color: black; margin: 0.2em ${index}px; }\n`,
  );
  const step = (index: number): string =>
    `<div class="sk-item"><div class="sk-estimator sk-part${index} sk-toggleable"><input class="sk-toggle" id="e${index}" type="checkbox"><label for="e${index}">Step${index}</label><div class="sk-toggleable__content"><pre>Step${index}()</pre></div></div></div>`;
  return `<style>#sk-1 {\n  --sklearn-color-text: #000;\n  color: var(--sklearn-color-text);\n}\n${rules}</style><div id="sk-1" class="sk-top-container"><div class="sk-text-repr-fallback"><pre>Pipeline()</pre></div><div class="sk-container" hidden>${each(steps, step)}</div></div>`;
}

/** About `size` characters of prose, lists, tables, code and formulas. */
function markdown(size: number): string {
  const part = (index: number): string => `## Part ${index}

Some *words* with **weight**, \`code_${index}\`, a [link](https://example.org/${index}) and $x_${index}^2 + y_1$; prices of $5 and $6.

- first item, with a_b_c and 2 * 3 * 4
  - nested item
- [x] done

| name | value |
| ---- | ----: |
| a    | ${index} |
| b    | 2.5 |

> A remark on part ${index}, and so on.

\`\`\`python
for x in range(${index}): print(x)
\`\`\`

`;
  const length = part(0).length;
  return each(Math.ceil(size / length), part);
}

const html = (name: string, markup: string, drawn: RealisticOutput['drawn']): RealisticOutput => ({
  name,
  bundle: { 'text/html': markup },
  drawn,
});

/** What libraries produce: all of it is drawn. */
export function realisticOutputs(): RealisticOutput[] {
  const long = markdown(30_000);
  return [
    html('a data frame', frame(60, 20), ['tbody td', 1200]),
    html('a long data frame', frame(300, 10), ['tbody td', 3000]),
    { name: 'a figure', bundle: { 'image/svg+xml': matplotlib(1600) }, drawn: ['img.image', 1] },
    html('a figure in HTML', `<figure>${matplotlib(1).replace(/^[^]*?(?=<svg)/, '')}</figure>`, ['svg', 1]),
    html(
      'a figure as an image in HTML',
      `<img alt="figure" src="data:image/svg+xml;base64,${btoa(matplotlib(1000))}">`,
      ['img', 1],
    ),
    html(
      'a chart without its script',
      `<div><div id="c1" class="plotly-graph-div" style="height:525px; width:100%;">chart</div></div>`,
      ['.plotly-graph-div', 1],
    ),
    html('a diagram', diagram(40), ['pre', 42]),
    html(
      'a diagram with descriptions',
      `<style>.s { display: inline-block }</style>${'<div>'.repeat(20)}<table class="s">${each(60, (index) => `<tr><td><a>p${index} <span>${'what it does '.repeat(60)}</span></a></td></tr>`)}</table>${'</div>'.repeat(20)}`,
      ['td', 60],
    ),
    { name: 'a long page', bundle: { 'text/markdown': long }, drawn: ['h2', long.split('## Part').length - 1] },
  ];
}
