import * as l10n from '@vscode/l10n';
import {
  PDF_TYPE,
  PLOTLY_TYPE,
  type DrawnType,
  type Form,
  type FormAction,
  type Forms,
} from '../../../src/protocol/panelForms.js';
import { currentSettings } from '../currentSettings.js';
import { element, setText } from '../element.js';
import { drawForm } from './drawForm.js';
import { EmptyFormError } from './drawnForm.js';
import { FormFoot } from './formFoot.js';
import { formName, sizeText, type Shown } from './formName.js';
import { watchNearView } from './nearView.js';
import { inTurn } from './inTurn.js';
import { scrollByKeys } from './scrollByKeys.js';

export interface RichViewOptions {
  readonly forms: Forms;
  /** A description in words, for users who cannot see it. */
  readonly label: string;
  /** The number of lines of its text; without any, text is not offered. */
  readonly textLines: number;
  readonly drawText: () => HTMLElement;
  /** The form that the user chose before. */
  readonly chosen: string | undefined;
  readonly onChoose: (mime: Shown) => void;
  readonly onAct: (mime: DrawnType, action: FormAction) => void;
}

/** Data of this many characters is released when it is far from the view. */
const LARGE_DATA = 100_000;

/** A value in the richest form that can be drawn, or in the one that the user chose. */
export class RichView {
  readonly #options: RichViewOptions;

  readonly node: HTMLElement;
  readonly #place = element('div', { class: 'form' });
  readonly #note = element('div', { class: 'note', hidden: true });
  readonly #foot: FormFoot;
  readonly #failed = new Map<DrawnType, string>();
  #shown: Shown;
  #isChosen = false;
  #near = false;
  /** Counts requests, to recognize late answers. */
  #turn = 0;
  #state: 'empty' | 'waiting' | 'drawn' = 'empty';

  constructor(options: RichViewOptions) {
    this.#options = options;
    const { drawn } = options.forms;
    const offered = [
      ...drawn.map(({ mime }) => mime).filter((mime) => mime !== PLOTLY_TYPE && mime !== PDF_TYPE),
      ...(options.textLines > 0 ? ['text/plain' as const] : []),
    ];
    this.#foot = new FormFoot({
      offered,
      withScripts: drawn.find(({ scripts }) => scripts)?.mime,
      onAct: options.onAct,
      onChoose: (mime) => {
        this.#isChosen = true;
        this.#show(mime);
        options.onChoose(mime);
      },
      onCopyFailed: () => {
        this.#say(l10n.t('The output could not be copied.'));
      },
    });
    this.node = element('div', { class: 'rich' }, this.#place, this.#note, this.#foot.node);
    const chosen = offered.find((mime) => mime === options.chosen);
    this.#isChosen = chosen !== undefined;
    this.#shown = chosen ?? this.#best;
    this.#show(this.#shown);
    watchNearView(this.node, (near) => {
      this.#near = near;
      if (near) this.#draw();
      else this.#release();
    });
  }

  /** The requested data; if absent, it is no longer kept. */
  receive(mime: DrawnType, data: string | undefined): void {
    if (mime !== this.#shown || this.#state !== 'waiting') return;
    if (data === undefined) this.#fail(mime, l10n.t('This output ({0}) was too large to keep.', formName(mime)));
    else void this.#drawData(this.#form(mime), data);
  }

  /** Applies changed settings: the form that is shown is another one, unless the user has chosen it. */
  restyle(): void {
    if (!this.#isChosen && this.#best !== this.#shown) this.#show(this.#best);
  }

  /** The text of the form that is drawn. */
  get drawn(): ParentNode | undefined {
    if (this.#shown !== 'text/plain' && this.#state !== 'drawn') return undefined;
    return this.#place.querySelector('.markup')?.shadowRoot ?? this.#place;
  }

  get #best(): Shown {
    return this.#options.forms.drawn.find((form) => this.#obstacle(form) === undefined)?.mime ?? 'text/plain';
  }

  #form(mime: Shown): Form | undefined {
    return this.#options.forms.drawn.find((form) => form.mime === mime);
  }

  #show(mime: Shown): void {
    this.#turn += 1;
    this.#shown = mime;
    this.#state = 'empty';
    this.#foot.show(mime, { drawn: undefined, standsFor: this.#standsFor(mime) });
    this.#say(this.#explanation());
    if (mime === 'text/plain') {
      this.#place.replaceChildren(...(this.#options.textLines > 0 ? [this.#options.drawText()] : []));
      this.#place.style.minHeight = '';
      return;
    }
    this.#hold(this.#guessedHeight(this.#form(mime)));
    if (this.#near) this.#draw();
  }

  /** The form that the text replaces. */
  #standsFor(mime: Shown): DrawnType | undefined {
    const [first] = this.#options.forms.drawn;
    return mime === 'text/plain' && first && !first.lost && this.#obstacle(first) !== undefined
      ? first.mime
      : undefined;
  }

  /** Why the user does not see what was sent. */
  #explanation(): string {
    const { drawn, undrawn } = this.#options.forms;
    const [first] = drawn;
    if (!first) return undrawn.length > 0 ? l10n.t('{0} cannot be shown here.', undrawn.join(', ')) : '';
    return this.#shown === first.mime ? '' : (this.#obstacle(first) ?? '');
  }

  /** Why a form cannot be drawn, as far as that is known. */
  #obstacle({ mime, size, lost, tooBig }: Form): string | undefined {
    if (mime === PLOTLY_TYPE && !lost) return l10n.t('Run scripts to draw this figure.');
    if (mime === PDF_TYPE && !lost) return l10n.t('PDF cannot be shown here. Open it or save it.');
    if (currentSettings().plotsElsewhere && mime.startsWith('image/')) return l10n.t('This plot is in the Plots view.');
    if (lost) return l10n.t('This output ({0}) was too large to keep.', formName(mime));
    if (!tooBig) return this.#failed.get(mime);
    return l10n.t('This output ({0}, {1}) is too large to show here.', formName(mime), sizeText(size, isBitmap(mime)));
  }

  #guessedHeight(form: Form | undefined): number {
    if (form?.height !== undefined && form.width !== undefined) {
      const width = this.#place.clientWidth || form.width;
      return Math.round(form.height * Math.min(1, width / form.width));
    }
    return form?.mime === 'text/html' ? Math.min(270, 20 * Math.max(1, this.#options.textLines)) : 20;
  }

  #draw(): void {
    const form = this.#form(this.#shown);
    if (!form || this.#state !== 'empty') return;
    this.#state = 'waiting';
    if (form.data !== undefined) void this.#drawData(form, form.data);
    else if (form.tooBig || form.lost) this.#fail(form.mime, this.#obstacle(form) ?? '');
    else this.#options.onAct(form.mime, 'load');
  }

  async #drawData(form: Form | undefined, data: string): Promise<void> {
    if (!form) return;
    const turn = ++this.#turn;
    try {
      const draw = (): Promise<void> => this.#placeDrawn(form, data, turn);
      // Bitmaps are decoded elsewhere, each in its own time.
      await (isBitmap(form.mime) ? draw() : inTurn(draw));
    } catch (error) {
      if (turn !== this.#turn) return;
      const reason =
        error instanceof EmptyFormError
          ? error.message
          : l10n.t('This output ({0}) cannot be shown here.', formName(form.mime));
      this.#fail(form.mime, reason);
    }
  }

  async #placeDrawn(form: Form, data: string, turn: number): Promise<void> {
    if (turn !== this.#turn) return;
    const drawn = await drawForm({ form, data, label: this.#options.label });
    if (turn !== this.#turn) return;
    if (drawn.check) {
      drawn.node.style.visibility = 'hidden';
      this.#place.replaceChildren(drawn.node);
      await drawn.check();
      if (turn !== this.#turn) return;
      drawn.node.style.visibility = '';
    } else this.#place.replaceChildren(drawn.node);
    this.#state = 'drawn';
    scrollByKeys(drawn.node, l10n.t('Output'));
    this.#place.style.minHeight = '';
    this.#foot.show(form.mime, { drawn, standsFor: undefined });
    if (!this.#near) this.#release(); // it went while it was drawn
  }

  /** Shows the next form instead of one that cannot be drawn, with the reason. */
  #fail(mime: DrawnType, reason: string): void {
    this.#failed.set(mime, reason);
    this.#show(this.#best);
    this.#say(reason);
  }

  /** Far from the view, only the space of a large form is kept. */
  #release(): void {
    const form = this.#form(this.#shown);
    if (this.#state !== 'drawn' || !form || form.size < LARGE_DATA || this.node.contains(document.activeElement))
      return;
    this.#turn += 1;
    this.#state = 'empty';
    this.#hold(this.#place.offsetHeight);
  }

  #hold(height: number): void {
    this.#place.replaceChildren();
    this.#place.style.minHeight = `min(${String(height)}px, var(--tallest))`;
  }

  #say(words: string): void {
    setText(this.#note, words);
    this.#note.hidden = words === '';
  }
}

function isBitmap(mime: DrawnType): boolean {
  return mime.startsWith('image/') && mime !== 'image/svg+xml';
}
