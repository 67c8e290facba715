import * as l10n from '@vscode/l10n';
import { closeBrackets, closeBracketsKeymap, completionStatus } from '@codemirror/autocomplete';
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentLess,
  indentMore,
  insertNewlineAndIndent,
} from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder, tooltips, type Command, type KeyBinding } from '@codemirror/view';
import { tokenClasses } from '../highlight.js';
import type { HistoryWalk } from './historyWalk.js';
import { inputLanguage, type InputLanguage } from './inputLanguages.js';
import { InputLists, type InputListsOptions } from './inputLists.js';
import { closeSignature, signatureTip } from './signatureTip.js';

export interface InputEditorOptions {
  readonly parent: HTMLElement;
  /** The element that contains the lists. */
  readonly surroundings: HTMLElement;
  readonly text: string;
  readonly evaluator: string;
  /** The history of the current language. */
  readonly walk: () => HistoryWalk;
  /** The element that describes the keys. */
  readonly describedBy: string;
  readonly complete: InputListsOptions['complete'];
  readonly signature: (source: string) => Promise<string | undefined>;
  readonly run: (source: string) => void;
  /** The user wants to move to the commands. */
  readonly leave: () => void;
}

/** The CodeMirror editor of the input line. It is large, so it is loaded after the page has been drawn. */
export class InputEditor {
  readonly #view: EditorView;
  readonly #options: InputEditorOptions;

  readonly #placeholder = new Compartment();
  readonly #languagePlace = new Compartment();
  #language: InputLanguage;
  readonly #lists: InputLists;

  constructor(options: InputEditorOptions) {
    this.#options = options;
    const { parent, text, walk, complete, evaluator } = options;
    this.#language = inputLanguage(evaluator);
    this.#lists = new InputLists({ complete, history: () => walk().entries });
    const selection = { anchor: text.length };
    this.#view = new EditorView({ doc: text, selection, extensions: this.#extensions(), parent });
    // VS Code also handles every key that reaches the page: it would undo twice, or open a list.
    parent.addEventListener('keydown', (event) => {
      if (event.defaultPrevented) event.stopPropagation();
    });
  }

  set placeholder(text: string) {
    this.#view.dispatch({ effects: this.#placeholder.reconfigure(placeholder(text)) });
  }

  /** Sets the language for what is typed from now on. */
  set evaluator(evaluator: string) {
    this.#language = inputLanguage(evaluator);
    this.#view.dispatch({ effects: this.#languagePlace.reconfigure(this.#language.extension) });
  }

  focus(): void {
    this.#view.focus();
  }

  insert(text: string): void {
    this.#view.dispatch(this.#view.state.replaceSelection(text), { scrollIntoView: true, userEvent: 'input.paste' });
  }

  #extensions(): Extension {
    const nonce = document.querySelector('meta[property="csp-nonce"]')?.getAttribute('content') ?? '';
    return [
      EditorView.cspNonce.of(nonce),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-describedby': this.#options.describedBy }),
      this.#placeholder.of([]),
      this.#languagePlace.of(this.#language.extension),
      syntaxHighlighting(tokenClasses),
      bracketMatching(),
      closeBrackets(),
      history(),
      EditorState.phrases.of({ Completions: l10n.t('Completions') }),
      // Not in the editor, which would clip them.
      tooltips({ parent: this.#options.surroundings }),
      Prec.highest(keymap.of(this.#keys())),
      this.#lists.extension,
      signatureTip(this.#options.signature),
      keymap.of([...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap]),
    ];
  }

  #keys(): KeyBinding[] {
    const { walk, leave } = this.#options;
    const unlessListed =
      (command: Command): Command =>
      (view) =>
        !this.#lists.holds(view) && command(view);
    return [
      { key: 'Enter', run: unlessListed((view) => this.#enter(view)) },
      ...['Shift-Enter', 'Mod-Enter'].map((key) => ({ key, run: (view: EditorView) => this.#run(view) })),
      { key: 'Alt-Enter', run: insertNewlineAndIndent },
      {
        key: 'ArrowUp',
        run: unlessListed((view) => atEdge(view, 'first') && replace(view, walk().older(textOf(view)))),
      },
      {
        key: 'ArrowDown',
        run: unlessListed((view) => atEdge(view, 'last') && replace(view, walk().newer(textOf(view)))),
      },
      { key: 'Ctrl-r', run: this.#lists.search },
      { key: 'Tab', run: (view) => this.#lists.take(view) || (isInIndent(view) && indentMore(view)) },
      { key: 'Shift-Tab', run: (view) => isInIndent(view) && indentLess(view) },
      {
        key: 'Escape',
        run: (view) => {
          if (completionStatus(view.state) === 'active') return false;
          if (!closeSignature(view)) leave();
          return true;
        },
      },
    ];
  }

  /**
   * Runs the text if it is complete and the cursor is at its end, or it has only one line. Otherwise, and between new
   * braces, starts another line.
   */
  #enter(view: EditorView): boolean {
    const { doc, selection } = view.state;
    const { head } = selection.main;
    const isInBraces = doc.sliceString(head - 1, head + 1) === '{}';
    const isWhole = !isInBraces && (doc.lines === 1 || doc.sliceString(head).trim() === '');
    return isWhole && this.#language.isComplete(textOf(view)) ? this.#run(view) : insertNewlineAndIndent(view);
  }

  #run(view: EditorView): boolean {
    const source = textOf(view).trimEnd();
    if (source.trim() === '') return true;
    this.#options.run(source);
    return replace(view, '');
  }
}

function textOf(view: EditorView): string {
  return view.state.doc.toString();
}

function replace(view: EditorView, text: string | undefined): boolean {
  if (text === undefined) return false;
  const changes = { from: 0, to: view.state.doc.length, insert: text };
  view.dispatch({ changes, selection: { anchor: text.length }, scrollIntoView: true, userEvent: 'input.replace' });
  return true;
}

function atEdge({ state }: EditorView, edge: 'first' | 'last'): boolean {
  const { main } = state.selection;
  return main.empty && state.doc.lineAt(main.head).number === (edge === 'first' ? 1 : state.doc.lines);
}

/**
 * Whether Tab indents: before the first character of a line, in a text that is not empty. Elsewhere, it moves the
 * focus.
 */
function isInIndent({ state }: EditorView): boolean {
  const { from, to, empty } = state.selection.main;
  if (!empty) return state.doc.lineAt(from).number !== state.doc.lineAt(to).number;
  const line = state.doc.lineAt(from);
  return state.doc.length > 0 && state.doc.lines > 1 && line.text.slice(0, from - line.from).trim() === '';
}
