import { syntaxTree, syntaxTreeAvailable } from '@codemirror/language';
import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { showTooltip, ViewPlugin, type PluginValue, type Tooltip, type ViewUpdate } from '@codemirror/view';
import { element } from '../element.js';

/** Asks the session for the signature of the call whose parenthesis was just opened at the end of a text. */
type Ask = (source: string) => Promise<string | undefined>;

const setTip = StateEffect.define<Tooltip | null>();

const tip = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, transaction) {
    for (const effect of transaction.effects) if (effect.is(setTip)) return effect.value;
    return shown && transaction.docChanged ? { ...shown, pos: transaction.changes.mapPos(shown.pos) } : shown;
  },
  provide: (field) => showTooltip.from(field),
});

/** Shows the signature of a call above the cursor while it is in the arguments. */
export function signatureTip(ask: Ask): Extension {
  return [tip, ViewPlugin.define((view) => new SignatureTip(view, ask))];
}

/** Closes the signature, and returns whether there was one. */
export function closeSignature(view: EditorView): boolean {
  const isShown = view.state.field(tip) !== null;
  if (isShown) view.dispatch({ effects: setTip.of(null) });
  return isShown;
}

class SignatureTip implements PluginValue {
  readonly #view: EditorView;
  readonly #ask: Ask;

  /** The text up to the open parenthesis of the last question. */
  #asked: string | undefined;

  constructor(view: EditorView, ask: Ask) {
    this.#view = view;
    this.#ask = ask;
  }

  update({ docChanged, selectionSet, startState, state }: ViewUpdate): void {
    if (!docChanged && !selectionSet && syntaxTree(startState) === syntaxTree(state)) return;
    // The parser was interrupted and continues later; until then, the current signature remains valid.
    if (!syntaxTreeAvailable(state, state.selection.main.head)) return;
    const start = argumentsStart(state);
    const source = start === undefined ? undefined : state.sliceDoc(0, start);
    if (source === this.#asked) return;
    this.#asked = source;
    // An update must not start another one.
    queueMicrotask(() => {
      void this.#show(source);
    });
  }

  async #show(source: string | undefined): Promise<void> {
    const text = source === undefined ? undefined : await this.#ask(source);
    if (source !== this.#asked || (text === undefined && this.#view.state.field(tip) === null)) return;
    const pos = (source ?? '').length;
    const shown: Tooltip | null =
      text === undefined
        ? null
        : { pos, above: true, create: () => ({ dom: element('div', { class: 'signature', role: 'status' }, text) }) };
    this.#view.dispatch({ effects: setTip.of(shown) });
  }
}

/** The start of the arguments of the innermost call around the cursor. */
function argumentsStart(state: EditorState): number | undefined {
  const { head, empty } = state.selection.main;
  if (!empty) return undefined;
  for (let node = syntaxTree(state).resolveInner(head, -1); ;) {
    const isInside =
      node.name === 'ArgList' &&
      node.from < head &&
      (node.to > head || !state.sliceDoc(node.from, node.to).endsWith(')'));
    if (isInside) return node.from + 1;
    if (!node.parent) return undefined;
    node = node.parent;
  }
}
