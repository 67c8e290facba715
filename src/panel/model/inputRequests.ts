import * as l10n from '@vscode/l10n';
import type { InputRequest } from '../../engine/worker/standardInput.js';
import type { Question } from '../../protocol/panelEntries.js';

/** A request for a line. The first answer counts, and there is none after the request was withdrawn. */
export interface OpenInputRequest {
  readonly answered: Promise<string | undefined>;
  /** Undefined means the end of input. */
  answer(text: string | undefined): void;
}

interface Listener {
  /** Called when a different question is to be shown, or none. */
  onChange(): void;
  /** As a terminal would show it. */
  onAnswer(shown: string): void;
}

/** The questions of a command: usually one at a time, more if its threads ask too. The oldest is shown. */
export class InputRequests {
  readonly #listener: Listener;

  readonly #open = new Map<number, OpenInputRequest & { readonly shown: Question }>();
  #lastId = 0;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  get shown(): Question | undefined {
    for (const { shown } of this.#open.values()) return shown;
    return undefined;
  }

  ask({ prompt, password, signal }: InputRequest): OpenInputRequest {
    const shown = { id: ++this.#lastId, prompt: prompt.slice(-LONGEST_PROMPT), password };
    const { promise: answered, resolve } = withResolvers<string | undefined>();
    const close = (text: string | undefined): boolean => {
      const wasOpen = this.#open.delete(shown.id);
      resolve(text);
      if (wasOpen) this.#listener.onChange();
      return wasOpen;
    };
    const answer = (text: string | undefined): void => {
      if (close(text)) this.#listener.onAnswer(shownAnswer(text, password));
    };
    this.#open.set(shown.id, { shown, answered, answer });
    if (signal.aborted) close(undefined);
    else signal.addEventListener('abort', () => close(undefined), { once: true });
    this.#listener.onChange();
    return { answered, answer };
  }

  answer(id: number, text: string | undefined): void {
    this.#open.get(id)?.answer(text);
  }
}

const LONGEST_PROMPT = 1000;

function withResolvers<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve!: (value: Value) => void;
  const promise = new Promise<Value>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** For a password, not even its length. */
function shownAnswer(text: string | undefined, password: boolean): string {
  if (text === undefined) return l10n.t('(end of input)');
  return password ? '••••••••' : text;
}
