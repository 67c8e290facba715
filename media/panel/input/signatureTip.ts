import { syntaxTree, syntaxTreeAvailable } from '@codemirror/language';
import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { showTooltip, ViewPlugin, type PluginValue, type Tooltip, type ViewUpdate } from '@codemirror/view';
import { element } from '../element.js';

/** What the session says of the call whose parenthesis has just been opened at the end of a text. */
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

/** While the cursor is among the arguments of a call, its signature stands above it. */
export function signatureTip(ask: Ask): Extension {
  return [tip, ViewPlugin.define((view) => new SignatureTip(view, ask))];
}

/** Whether there was one. */
export function closeSignature(view: EditorView): boolean {
  const isShown = view.state.field(tip) !== null;
  if (isShown) view.dispatch({ effects: setTip.of(null) });
  return isShown;
}

class SignatureTip implements PluginValue {
  readonly #view: EditorView;
  readonly #ask: Ask;

  /** The text up to the open parenthesis that was asked about. */
  #asked: string | undefined;

  constructor(view: EditorView, ask: Ask) {
    this.#view = view;
    this.#ask = ask;
  }

  update({ docChanged, selectionSet, startState, state }: ViewUpdate): void {
    if (!docChanged && !selectionSet && syntaxTree(startState) === syntaxTree(state)) return;
    // Where the parser was interrupted it goes on a little later; until then what is shown holds.
    if (!syntaxTreeAvailable(state, state.selection.main.head)) return;
    const start = argumentsStart(state);
    const source = start === undefined ? undefined : state.sliceDoc(0, start);
    if (source === this.#asked) return;
    this.#asked = source;
    // An update must not begin another one.
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

/** Where the arguments begin of the innermost call that the cursor is in. */
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
