import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { plotsMessageSchema, type Plot, type PlotsIntent, type PlotsMessage } from '../../../src/protocol/plots.js';
import { element } from '../element.js';
import { listenToHost } from '../ownOriginMessages.js';
import { loadTranslations } from '../translations.js';
import { PlotData } from './plotData.js';
import { PlotStage } from './plotStage.js';
import { PlotStrip } from './plotStrip.js';
import { renderedPlot } from './renderedPlot.js';

declare function acquireVsCodeApi(): { postMessage(intent: PlotsIntent): void };

loadTranslations();
const api = acquireVsCodeApi();
const send = (intent: PlotsIntent): void => {
  api.postMessage(intent);
};
const data = new PlotData((id) => {
  send({ type: 'load', id });
});
const strip = new PlotStrip(data, select);
const stage = new PlotStage(({ id }) => {
  send({ type: 'run', id });
});
let plots: readonly Plot[] = [];
let current: Plot | undefined;

function draw(message: Extract<PlotsMessage, { type: 'plots' }>): void {
  plots = message.plots;
  strip.node.hidden = plots.length < 2;
  strip.draw(plots);
  show(message.current);
}

function select(id: string): void {
  send({ type: 'select', id });
  show(id);
}

function show(id: string | undefined): void {
  const index = plots.findIndex((each) => each.id === id);
  const plot = plots[index];
  strip.select(plot?.id);
  if (!plot) stage.empty();
  else if (plot.id !== current?.id) {
    const receive = stage.show(plot);
    if (!plot.obstacle) data.load(plot, receive, true);
  }
  stage.position = `${String(index + 1)} / ${String(plots.length)}`;
  current = plot;
}

function step(by: number): void {
  const next = plots[plots.findIndex(({ id }) => id === current?.id) + by];
  if (next) select(next.id);
}

function render(id: string): void {
  const plot = plots.find((each) => each.id === id);
  if (!plot) send({ type: 'rendered', id });
  else
    data.load(
      plot,
      async (found) => {
        const png = found === undefined ? undefined : await renderedPlot(plot, found);
        send({ type: 'rendered', id, ...(png === undefined ? {} : { png }) });
      },
      true,
    );
}

/** The keys of the list. Those that scroll belong to a plot that is larger than the view while it has the focus. */
const listKeys: Readonly<Record<string, () => void>> = {
  ArrowLeft: () => step(-1),
  ArrowUp: () => step(-1),
  ArrowRight: () => step(1),
  ArrowDown: () => step(1),
  Home: () => step(-plots.findIndex(({ id }) => id === current?.id)),
  End: () => step(plots.length - 1 - plots.findIndex(({ id }) => id === current?.id)),
  Delete: () => {
    if (current) send({ type: 'delete', id: current.id });
  },
};
const zoomKeys: Readonly<Record<string, () => void>> = {
  '+': () => stage.zoomIn(),
  '=': () => stage.zoomIn(),
  '-': () => stage.zoomOut(),
  '0': () => stage.zoom(undefined),
  '1': () => stage.zoom(1),
};

document.addEventListener('keydown', (event) => {
  const isCopy =
    (event.ctrlKey || event.metaKey) && event.key === 'c' && document.getSelection()?.isCollapsed !== false;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const inList = event.target instanceof Node && strip.node.contains(event.target);
  const act = isCopy
    ? () => void stage.copy()
    : isPlain
      ? (zoomKeys[event.key] ?? (inList && listKeys[event.key]))
      : undefined;
  if (!act) return;
  event.preventDefault();
  event.stopPropagation(); // otherwise, VS Code would handle it too
  act();
});
listenToHost((received) => {
  const message = v.safeParse(plotsMessageSchema, received, { abortEarly: true });
  if (!message.success) reportError(new Error('A message to the Plots view that is none of its host was dropped.'));
  else if (message.output.type === 'plots') draw(message.output);
  else if (message.output.type === 'render') render(message.output.id);
  else void data.receive(message.output.id, message.output.data);
});
document.body.append(
  element('main', { class: 'plots' }, element('h1', { class: 'sr' }, l10n.t('Plots')), stage.node, strip.node),
);
send({ type: 'ready' });
