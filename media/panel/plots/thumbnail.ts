import type { Plot } from '../../../src/protocol/plots.js';
import { element } from '../element.js';
import { formName } from '../rich/formName.js';
import { imageForm } from '../rich/imageForm.js';
import { watchNearView } from '../rich/nearView.js';
import type { PlotData } from './plotData.js';

const WIDTH = 160;
const HEIGHT = 90;

/** A plot in the strip: a small picture, drawn when it is near the view, and the first line of the code. */
export function thumbnail(plot: Plot, data: PlotData): HTMLElement {
  const picture = element('div', { class: 'thumb', 'aria-hidden': 'true' }, formName(plot.mime));
  const option = element(
    'div',
    {
      class: 'plot',
      role: 'option',
      id: `plot-${plot.id}`,
      'aria-selected': 'false',
      'data-vscode-context': JSON.stringify({
        webviewSection: 'plot',
        plot: plot.id,
        preventDefaultContextMenuItems: true,
      }),
    },
    picture,
    element('div', { class: 'title' }, plot.title),
  );
  if (plot.obstacle) return option;
  let isAsked = false;
  watchNearView(option, (near) => {
    if (!near || isAsked) return;
    isAsked = true;
    data.load(plot, async (found) => {
      if (found !== undefined) picture.replaceChildren(await smallPicture(plot, found));
    });
  });
  return option;
}

/** Only the small picture is kept. */
async function smallPicture({ mime, size }: Plot, data: string): Promise<HTMLCanvasElement> {
  const { node } = await imageForm({ form: { mime, size }, data, label: '' });
  const image = node.querySelector('img');
  const [width, height] = [image?.naturalWidth ?? 0, image?.naturalHeight ?? 0];
  const scale = Math.min((2 * WIDTH) / width, (2 * HEIGHT) / height, 1);
  const canvas = element('canvas', { width: Math.round(width * scale), height: Math.round(height * scale) });
  if (image) canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}
