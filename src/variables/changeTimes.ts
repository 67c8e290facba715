import type { Variable } from '../protocol/output.js';

/** When each variable was last seen to have changed, told from what the view shows of it. */
export class ChangeTimes {
  #seen: ReadonlyMap<string, { readonly text: string; readonly time: number }> | undefined;
  #time = 0;

  /** Takes the variables as they are now. */
  update(variables: readonly Variable[]): void {
    const before = this.#seen;
    this.#time++;
    this.#seen = new Map(
      variables.map((variable) => {
        const text = JSON.stringify(variable);
        const known = before?.get(variable.name);
        // What is there when the view opens is not new.
        const time = known?.text === text ? known.time : before ? this.#time : 0;
        return [variable.name, { text, time }];
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

  /** There is another namespace now. */
  forget(): void {
    this.#seen = undefined;
    this.#time = 0;
  }
}
