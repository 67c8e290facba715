import * as l10n from '@vscode/l10n';
import type { Plot } from '../../../src/protocol/plots.js';
import { element, setText, textButton } from '../element.js';
import { EmptyFormError } from '../rich/drawnForm.js';
import { formName } from '../rich/formName.js';
import { imageForm } from '../rich/imageForm.js';
import { scrollByKeys } from '../rich/scrollByKeys.js';
import { obstacleText, plotLabel } from './plotWords.js';

const STEP = 1.25;
const SMALLEST = 0.05;
const LARGEST = 16;

/** The plot in front, and what can be done with how it is seen. */
export class PlotStage {
  readonly node: HTMLElement;
  readonly #place = element('div', { class: 'place' });
  readonly #tools: HTMLElement;
  readonly #facts = element('span', { class: 'facts' });
  readonly #said = element('span', { class: 'said', role: 'status' });
  readonly #run: (plot: Plot) => void;
  #position = '';
  #about = '';
  #image: HTMLImageElement | undefined;
  #copy: (() => Promise<void>) | undefined;
  /** Undefined while the plot fits. */
  #scale: number | undefined;
  /** Counts plots, to recognize late data. */
  #turn = 0;

  constructor(run: (plot: Plot) => void) {
    this.#run = run;
    this.#tools = element(
      'div',
      { class: 'tools', role: 'toolbar', 'aria-label': l10n.t('Plot') },
      this.#facts,
      this.#said,
      tool(l10n.t('Fit'), l10n.t('Fit to the view'), () => this.zoom(undefined)),
      tool('100 %', l10n.t('Show in actual size'), () => this.zoom(1)),
      tool('−', l10n.t('Zoom out'), () => this.zoomOut()),
      tool('+', l10n.t('Zoom in'), () => this.zoomIn()),
      tool(l10n.t('Copy'), l10n.t('Copy as image'), () => void this.copy()),
    );
    this.node = element('div', { class: 'stage' }, this.#tools, this.#place);
  }

  /** Which of the plots it is, such as '2 / 5'. */
  set position(position: string) {
    this.#position = position;
    this.#tellFacts();
  }

  /** Shows a plot as far as it is known, and returns the function that draws it. */
  show(plot: Plot): (data: string | undefined) => Promise<void> {
    const turn = ++this.#turn;
    this.#forget();
    this.#tools.hidden = false;
    const obstacle = obstacleText(plot);
    if (obstacle !== undefined) this.#say(plot, obstacle);
    return async (data) => {
      if (turn !== this.#turn) return;
      if (data === undefined) this.#say(plot, l10n.t('This output ({0}) was too large to keep.', formName(plot.mime)));
      else await this.#draw(plot, { data, turn });
    };
  }

  empty(): void {
    this.#turn += 1;
    this.#forget();
    this.#tools.hidden = true;
    this.#place.replaceChildren(element('p', {}, l10n.t('Plots that commands draw appear here.')));
  }

  /** @param scale 1 for the plot's own size; undefined to fit */
  zoom(scale: number | undefined): void {
    const image = this.#image;
    if (!image) return;
    this.#scale = scale === undefined ? undefined : Math.min(Math.max(scale, SMALLEST), LARGEST);
    this.#place.classList.toggle('is-zoomed', this.#scale !== undefined);
    image.style.width = this.#scale === undefined ? '' : `${String(Math.round(image.naturalWidth * this.#scale))}px`;
    if (this.#scale === undefined) this.#place.removeAttribute('tabindex');
    else scrollByKeys(this.#place, l10n.t('Plot'));
  }

  zoomIn(): void {
    this.#zoomBy(STEP);
  }

  zoomOut(): void {
    this.#zoomBy(1 / STEP);
  }

  #zoomBy(factor: number): void {
    const image = this.#image;
    if (image) this.zoom((this.#scale ?? image.clientWidth / image.naturalWidth) * factor);
  }

  async copy(): Promise<void> {
    if (!this.#copy) return;
    try {
      await this.#copy();
      setText(this.#said, l10n.t('Copied'));
    } catch (error) {
      reportError(error);
      setText(this.#said, l10n.t('The output could not be copied.'));
    }
  }

  async #draw(plot: Plot, { data, turn }: { data: string; turn: number }): Promise<void> {
    const { mime, size, width, height } = plot;
    const form = { mime, size, ...(width === undefined || height === undefined ? {} : { width, height }) };
    try {
      const { node, facts, copy } = await imageForm({ form, data, label: plotLabel(plot) });
      if (turn !== this.#turn) return;
      this.#about = facts;
      this.#tellFacts();
      this.#image = node.querySelector('img') ?? undefined;
      this.#copy = copy;
      this.#place.replaceChildren(...node.children);
    } catch (error) {
      if (turn !== this.#turn) return;
      const reason = error instanceof EmptyFormError ? error.message : undefined;
      this.#say(plot, reason ?? l10n.t('This output ({0}) cannot be shown here.', formName(mime)));
    }
  }

  #say(plot: Plot, words: string): void {
    const act =
      plot.obstacle === 'scripts' ? [textButton('tool link', l10n.t('Show Chart'), () => this.#run(plot))] : [];
    this.#place.replaceChildren(element('p', {}, words), ...act);
  }

  #tellFacts(): void {
    setText(this.#facts, [this.#position, this.#about].filter(Boolean).join(' · '));
  }

  #forget(): void {
    this.#about = '';
    this.#tellFacts();
    this.#image = undefined;
    this.#copy = undefined;
    this.#scale = undefined;
    setText(this.#said, '');
    this.#place.classList.remove('is-zoomed');
    this.#place.removeAttribute('tabindex');
    this.#place.replaceChildren();
  }
}

function tool(text: string, label: string, act: () => void): HTMLButtonElement {
  const button = textButton('tool', text, act);
  button.title = label;
  if (/^\W$/.test(text)) button.setAttribute('aria-label', label);
  return button;
}
