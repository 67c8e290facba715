/** The buttons for an image and for sharing would start a download and an upload, which the page blocks. */
const DRAW = `<script>
const { data, layout, frames, config = {} } = JSON.parse(document.getElementById('data').textContent);
const figure = document.getElementById('figure');
const modeBarButtonsToRemove = ['toImage', 'sendChartToCloud', ...(config.modeBarButtonsToRemove ?? [])];
Plotly.newPlot(figure, data, layout, { responsive: true, ...config, modeBarButtonsToRemove })
  .then(() => frames && Plotly.addFrames(figure, frames))
  .catch((error) => { figure.textContent = String(error) });
</script>`;

/**
 * A Plotly figure as a page, which it fills unless its layout sets a size.
 *
 * @param figure as JSON: data, layout, and optionally frames and config
 * @param plotlyJs the text of the library
 */
export function plotlyMarkup(figure: string, plotlyJs: string): string {
  return [
    '<style>html, body, #figure { height: 100%; margin: 0 }</style><div id="figure"></div>',
    `<script type="application/json" id="data">${figure.replaceAll('<', '\\u003c')}</script>`,
    `<script>${plotlyJs.replaceAll('</script', '<\\/script')}</script>`,
    DRAW,
  ].join('\n');
}
