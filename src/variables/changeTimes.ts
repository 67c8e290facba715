import type { Variable } from '../protocol/output.js';

interface Seen {
  /** Of all that is shown. */
  readonly text: string;
  /** Of the value. */
  readonly summary: string | undefined;
  readonly time: number;
  /** That of the value before the last change. */
  readonly before: string | undefined;
}

/** When each variable was last seen to have changed, told from what the view shows of it. */
export class ChangeTimes {
  #seen: ReadonlyMap<string, Seen> | undefined;
  #time = 0;

  /** Takes the variables as they are now. If no command `hasRun` since, and nothing has changed, the marks stay. */
  update(variables: readonly Variable[], hasRun = true): void {
    const before = this.#seen;
    const texts = variables.map((variable) => JSON.stringify(variable));
    if (!hasRun && before && variables.every(({ name }, index) => before.get(name)?.text === texts[index])) return;
    this.#time++;
    this.#seen = new Map(
      variables.map(({ name, summary }, index) => {
        const text = texts[index] ?? '';
        const known = before?.get(name);
        if (known?.text === text) return [name, known];
        // What is there when the view opens is not new.
        return [name, { text, summary, time: before ? this.#time : 0, before: known?.summary }];
      }),
    );
  }

  /** 0 for what was there from the beginning. */
  of(name: string): number {
    return this.#seen?.get(name)?.time ?? 0;
  }

  /** Whether it changed with the last update. */
  isNew(name: string): boolean {
    return this.#time > 0 && this.of(name) === this.#time;
  }

  /** The text of its value before the last change, if it had one. */
  before(name: string): string | undefined {
    return this.#seen?.get(name)?.before;
  }

  /** There is another namespace now. */
  forget(): void {
    this.#seen = undefined;
    this.#time = 0;
  }
}
