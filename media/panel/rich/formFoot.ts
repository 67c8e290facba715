import * as l10n from '@vscode/l10n';
import { PDF_TYPE, type DrawnType, type FormAction } from '../../../src/protocol/panelForms.js';
import { element, leadsToEditor, setText, textButton } from '../element.js';
import type { DrawnForm } from './drawnForm.js';
import { formName, type Shown } from './formName.js';

export interface FormFootOptions {
  readonly offered: readonly Shown[];
  /** The form whose scripts a page of its own can run. */
  readonly withScripts: DrawnType | undefined;
  readonly onChoose: (mime: Shown) => void;
  readonly onAct: (mime: DrawnType, action: FormAction) => void;
  readonly onCopyFailed: () => void;
}

type LinkAction = 'open' | 'copy' | 'save';

export interface ShownForm {
  readonly drawn: DrawnForm | undefined;
  /** The form that the text replaces. */
  readonly standsFor: DrawnType | undefined;
}

/** The actions on a form: show another one, enlarge, open, copy, save. */
export class FormFoot {
  readonly #options: FormFootOptions;

  readonly node: HTMLElement;
  readonly #facts = element('span');
  readonly #choice: HTMLSelectElement;
  readonly #zoom: HTMLButtonElement;
  readonly #ofForms: readonly HTMLElement[];
  readonly #copy: HTMLElement;
  readonly #run: HTMLElement;
  /** The form that the links apply to. */
  #mime: DrawnType | undefined;
  #drawn: DrawnForm | undefined;

  constructor(options: FormFootOptions) {
    this.#options = options;
    const { offered } = options;
    this.#choice = element('select', { class: 'choice', 'aria-label': l10n.t('Show as'), hidden: offered.length < 2 });
    for (const mime of offered) this.#choice.append(element('option', { value: mime }, formName(mime)));
    this.#choice.addEventListener('change', () => {
      const chosen = offered.find((mime) => mime === this.#choice.value);
      if (chosen) options.onChoose(chosen);
    });
    // Here, arrow keys choose a form; elsewhere in the feed, they move between commands.
    this.#choice.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') event.stopPropagation();
    });
    this.#zoom = textButton('tb', l10n.t('Actual size'), () => {
      this.#drawZoom(this.#drawn?.zoom?.toggle() ?? false);
    });
    this.#copy = this.#link('copy');
    this.#ofForms = [leadsToEditor(this.#link('open')), this.#copy, this.#link('save')];
    this.#run = textButton('tb', l10n.t('Run scripts…'), () => {
      if (options.withScripts) options.onAct(options.withScripts, 'run');
    });
    this.#run.hidden = options.withScripts === undefined;
    this.node = element(
      'div',
      { class: 'foot quiet' },
      this.#facts,
      element('span', { class: 'links' }, this.#choice, this.#zoom, this.#run, ...this.#ofForms),
    );
    this.node.addEventListener('pointerenter', () => {
      this.#offerZoom();
    });
    this.node.addEventListener('focusin', () => {
      this.#offerZoom();
    });
  }

  show(mime: Shown, { drawn, standsFor }: ShownForm): void {
    this.#mime = mime === 'text/plain' ? standsFor : mime;
    this.#drawn = drawn;
    // Something is missing from what the user sees.
    this.node.classList.toggle('keep', standsFor !== undefined || this.#options.withScripts !== undefined);
    const facts = drawn?.facts ?? '';
    setText(this.#facts, facts);
    this.node.classList.toggle('bare', facts === '');
    this.#choice.value = mime;
    for (const link of this.#ofForms) link.hidden = this.#mime === undefined;
    if (this.#mime === PDF_TYPE) this.#copy.hidden = true; // no program takes its text
    this.#drawZoom(false);
    this.#zoom.hidden = true;
    // After the layout, which happens anyway.
    if (drawn?.zoom) requestAnimationFrame(() => this.#offerZoom());
  }

  /** Whether an image was scaled down depends on the width of the panel. */
  #offerZoom(): void {
    this.#zoom.hidden = !(this.#drawn?.zoom?.canZoom() ?? false);
  }

  #drawZoom(zoomed: boolean): void {
    setText(this.#zoom, zoomed ? l10n.t('Fit') : l10n.t('Actual size'));
  }

  #link(action: LinkAction): HTMLElement {
    return textButton('tb', actionLabel(action), () => {
      const { onAct } = this.#options;
      const mime = this.#mime;
      if (mime === undefined) return;
      // A page without a secure context has no clipboard; in that case, the host copies the source of the form.
      if (action !== 'copy' || !this.#drawn?.copy || !('clipboard' in navigator)) onAct(mime, action);
      else this.#drawn.copy().catch(this.#options.onCopyFailed);
    });
  }
}

function actionLabel(action: LinkAction): string {
  return {
    open: l10n.t('Open full output'),
    copy: l10n.t('Copy'),
    save: l10n.t('Save'),
  }[action];
}
