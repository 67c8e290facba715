import type { DisplayMessage } from '../../protocol/worker.js';
import type { ResultsWriter } from '../resultsWriter.js';

/** The number of displays with an id that can still be updated; the oldest are forgotten first. */
const KEPT = 1000;

/** Adds the displays of a worker to results. An update reaches every command that shows a display with that id. */
export class Displays {
  readonly #byId = new Map<string, Set<WeakRef<ResultsWriter>>>();

  show(writer: ResultsWriter, message: DisplayMessage): void {
    if (message.t === 'clear') {
      writer.clear({ wait: message.wait });
      return;
    }
    const { data, displayId } = message;
    if (displayId === undefined) {
      writer.add({ type: 'display_data', data });
    } else if (message.update) {
      for (const one of this.#byId.get(displayId) ?? []) one.deref()?.update(displayId, data);
    } else {
      writer.add({ type: 'display_data', data, displayId });
      this.#remember(displayId, writer);
    }
  }

  #remember(displayId: string, writer: ResultsWriter): void {
    const shown = this.#byId.get(displayId) ?? new Set();
    this.#byId.delete(displayId);
    this.#byId.set(displayId, shown);
    if (![...shown].some((one) => one.deref() === writer)) shown.add(new WeakRef(writer));
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > KEPT && oldest !== undefined) this.#byId.delete(oldest);
  }
}
