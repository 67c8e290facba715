import type { ExtResults } from '../../../src/engine/extResults.js';
import { ResultsWriter } from '../../../src/engine/resultsWriter.js';
import type { Origin } from '../../../src/host/sessions/command.js';
import type { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { OpenInputRequest } from '../../../src/panel/model/inputRequests.js';
import type { ErrorInfo, MimeBundle, Outcome } from '../../../src/protocol/output.js';

/** A command that the test plays: real results, scripted output. */
export class ScriptedCommand {
  readonly #writer: ResultsWriter;
  readonly #model: PanelModel;

  constructor(writer: ResultsWriter, model: PanelModel) {
    this.#writer = writer;
    this.#model = model;
  }

  get results(): ExtResults {
    return this.#writer.results;
  }

  start(): this {
    this.#writer.start();
    return this;
  }

  stdout(text: string): this {
    this.#writer.append(0, Buffer.from(text));
    return this;
  }

  stderr(text: string): this {
    this.#writer.append(1, Buffer.from(text));
    return this;
  }

  display(data: MimeBundle, displayId?: string): this {
    this.#writer.add({ type: 'display_data', data, ...(displayId === undefined ? {} : { displayId }) });
    return this;
  }

  /** What stands under that id is another thing now. */
  update(data: MimeBundle, displayId: string): this {
    this.#writer.update(displayId, data);
    return this;
  }

  /** Takes back what it put out: now, or when more comes. */
  clears({ wait = false } = {}): this {
    this.#writer.clear({ wait });
    return this;
  }

  /** Waits for a line. */
  asks(prompt: string, { password = false, signal = new AbortController().signal } = {}): OpenInputRequest {
    const question = this.#model.ask({ prompt, password, signal, results: this.results });
    if (!question) throw new Error('The command does not run.');
    return question;
  }

  /** Ends with that value, in all its forms. */
  returns(result: MimeBundle, durationMs = 1): this {
    return this.settle({ status: 'ok', result }, durationMs);
  }

  ok(durationMs = 1, value?: string): this {
    return this.settle(
      { status: 'ok', ...(value === undefined ? {} : { result: { 'text/plain': value } }) },
      durationMs,
    );
  }

  fails(error: ErrorInfo, durationMs = 1): this {
    return this.settle({ status: 'error', error }, durationMs);
  }

  settle(outcome: OutcomeKind, durationMs = 1): this {
    const { executionCount } = this.results;
    this.#writer.settle({ executionCount, durationMs, ...outcome });
    return this;
  }

  /** No process holds its streams any more. */
  close(): this {
    this.#writer.close();
    return this;
  }
}
type OutcomeKind = Outcome extends infer One
  ? One extends Outcome
    ? Omit<One, 'executionCount' | 'durationMs'>
    : never
  : never;

/** Commands in a model, without a process. */
export class ScriptedSession {
  readonly #model: PanelModel;

  #count = 0;
  #id = 0;

  /** `shownIn` is the session whose entries it joins, as a file does that runs in a process of its own. */
  constructor(
    model: PanelModel,
    readonly shownIn?: string,
  ) {
    this.#model = model;
  }

  add(source: string, origin?: Origin, languageId = 'python'): ScriptedCommand {
    const writer = new ResultsWriter({ id: ++this.#id, executionCount: ++this.#count });
    const evaluator = languageId === 'typescript' ? 'javascript' : languageId;
    const session = this.shownIn;
    this.#model.add({
      source,
      languageId,
      evaluator,
      results: writer.results,
      ...(origin ? { origin } : {}),
      ...(session === undefined ? {} : { session }),
    });
    return new ScriptedCommand(writer, this.#model);
  }

  /** A command that ran at once. */
  ran(
    source: string,
    options: { readonly at?: string; readonly ms?: number; readonly value?: string } = {},
  ): ScriptedCommand {
    const command = this.add(source, options.at === undefined ? undefined : originAt(options.at)).start();
    command.ok(options.ms ?? 1, options.value);
    command.close();
    return command;
  }

  restart(from = 0, evaluator = 'python'): void {
    this.#count = from;
    if (from === 0) this.#model.divide('restarted', evaluator);
  }
}

/** 'train.py:9' as an origin. */
export function originAt(place: string): Origin {
  const [file = '', line = '1'] = place.split(':');
  const firstLine = Number(line) - 1;
  return { uri: `file:///home/ada/${file}`, firstLine, lastLine: firstLine };
}
