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
/** A word, or what follows a dot: a list opens here while the user types. */
const begun = /(?:[\p{L}_][\p{L}\p{N}_]*|[\p{L}\p{N}_)\]"']\.)$/u;

/**
 * The two lists above the input line: completions from the session, and the history. In the first, nothing is selected
 * until the user moves into it, so that Enter still runs what is typed.
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
        // Items have to be selected first, so they are not accepted by accident.
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

  /** Lists the history entries that contain the current text. */
  readonly search: Command = (view) => {
    // Cancels a list that the session has not answered yet, because this one would wait for it.
    view.dispatch({ selection: view.state.selection });
    this.#searching = true;
    return startCompletion(view);
  };

  /** Accepts the selected item, or else the first one; after the start of a word, requests a list. */
  readonly take: Command = (view) => {
    if (completionStatus(view.state) === 'active') {
      if (selectedCompletionIndex(view.state) === null) view.dispatch({ effects: setSelectedCompletion(0) });
      return acceptCompletion(view);
    }
    const { head, empty } = view.state.selection.main;
    const line = view.state.doc.lineAt(head);
    return empty && begun.test(line.text.slice(0, head - line.from)) && startCompletion(view);
  };

  /** Whether a list currently handles the keys. */
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
