import {
  acceptCompletion,
  autocompletion,
  completionStatus,
  selectedCompletionIndex,
  setSelectedCompletion,
  startCompletion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { EditorView, type Command } from '@codemirror/view';
import type { Completions } from '../../../src/protocol/output.js';

export interface InputListsOptions {
  readonly complete: (source: string, offset: number) => Promise<Completions | undefined>;
  /** Oldest first. */
  readonly history: () => readonly string[];
}

const MOST_FOUND = 200;
/** A word, or what follows a dot: where a list opens while somebody types. */
const begun = /(?:[\p{L}_][\p{L}\p{N}_]*|[\p{L}\p{N}_)\]"']\.)$/u;

/**
 * The two lists above the input line: what the session knows, and what was typed before. Nothing is chosen in the first
 * until a person moves into it, so that Enter goes on running what is typed.
 */
export class InputLists {
  readonly #options: InputListsOptions;

  readonly extension: Extension;
  #searching = false;

  constructor(options: InputListsOptions) {
    this.#options = options;
    this.extension = [
      autocompletion({
        override: [(context) => (this.#searching ? this.#found(context) : this.#offered(context))],
        aboveCursor: true,
        selectOnOpen: false,
        // Nobody takes by chance what has to be chosen first.
        interactionDelay: 0,
        icons: false,
        tooltipClass: () => 'suggest',
      }),
      EditorView.updateListener.of(({ view, state }) => {
        if (!this.#searching) return;
        const status = completionStatus(state);
        if (status === null) this.#searching = false;
        else if (status === 'active' && selectedCompletionIndex(state) === null)
          queueMicrotask(() => {
            view.dispatch({ effects: setSelectedCompletion(0) });
          });
      }),
    ];
  }

  /** Lists what was typed before and has the present text in it. */
  readonly search: Command = (view) => {
    // A list that the session is still asked for is given up: this one would wait for it.
    view.dispatch({ selection: view.state.selection });
    this.#searching = true;
    return startCompletion(view);
  };

  /** Takes what is chosen, or else the first; asks for a list where a word has begun. */
  readonly take: Command = (view) => {
    if (completionStatus(view.state) === 'active') {
      if (selectedCompletionIndex(view.state) === null) view.dispatch({ effects: setSelectedCompletion(0) });
      return acceptCompletion(view);
    }
    const { head, empty } = view.state.selection.main;
    const line = view.state.doc.lineAt(head);
    return empty && begun.test(line.text.slice(0, head - line.from)) && startCompletion(view);
  };

  /** Whether the keys belong to a list now. */
  holds(view: EditorView): boolean {
    return completionStatus(view.state) === 'active' && selectedCompletionIndex(view.state) !== null;
  }

  async #offered(context: CompletionContext): Promise<CompletionResult | null> {
    if (!context.explicit && !context.matchBefore(begun)) return null;
    const answer = await this.#options.complete(context.state.doc.toString(), context.pos);
    if (!answer || context.aborted || answer.items.length === 0) return null;
    const { start: from, end: to, items, isIncomplete } = answer;
    const options = items.map(({ text, kind, type }) => ({
      label: text,
      type: kind,
      ...(type ? { detail: type } : {}),
    }));
    return { from, to, options, ...(isIncomplete ? {} : { validFor: /^[\p{L}\p{N}_]*$/u }) };
  }

  #found({ state }: CompletionContext): CompletionResult | null {
    const wanted = state.doc.toString().trim().toLowerCase();
    const found = this.#options
      .history()
      .filter((entry) => entry.toLowerCase().includes(wanted))
      .slice(-MOST_FOUND)
      .reverse();
    if (found.length === 0) return null;
    const options = found.map((entry) => ({ label: entry, displayLabel: entry.replaceAll('\n', ' ⏎ ') }));
    return { from: 0, to: state.doc.length, options, filter: false };
  }
}
