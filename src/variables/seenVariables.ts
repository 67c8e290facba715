import type { Variable, VariableChanges } from '../protocol/output.js';

interface Seen {
  readonly variable: Variable;
  /** When it was last seen to have changed. */
  readonly time: number;
  /** The text of the value before that. */
  readonly before: string | undefined;
}

/** The variables as last seen, and when each of them has changed, told from what the view shows of it. */
export class SeenVariables {
  #seen = new Map<string, Seen>();
  #time = 0;
  /** Whether what was there when the view opened has been seen. */
  #hasBegun = false;
  #revision = 0;

  /** Until when changes are known; 0 for nothing. */
  get revision(): number {
    return this.#revision;
  }

  /** The number of the last command whose changes are known. */
  get time(): number {
    return this.#time;
  }

  get all(): Variable[] {
    return Array.from(this.#seen.values(), ({ variable }) => variable);
  }

  get size(): number {
    return this.#seen.size;
  }

  get(name: string): Variable | undefined {
    return this.#seen.get(name)?.variable;
  }

  /** Takes what is new. If no command `hasRun` since, and nothing has changed, the marks stay. */
  update({ revision, isWhole, changed, gone }: VariableChanges, hasRun = true): void {
    this.#revision = revision;
    const before = this.#seen;
    const isOther = (variable: Variable): boolean =>
      JSON.stringify(variable) !== JSON.stringify(before.get(variable.name)?.variable);
    const others = new Set(changed.filter(isOther));
    if (isWhole) this.#seen = new Map();
    for (const name of gone) this.#seen.delete(name);
    if (hasRun || !this.#hasBegun || others.size > 0) this.#time++;
    for (const variable of changed) {
      const known = before.get(variable.name);
      // What is there when the view opens is not new.
      const time = this.#hasBegun ? this.#time : 0;
      const isKnown = known && !others.has(variable);
      this.#seen.set(variable.name, isKnown ? known : { variable, time, before: known?.variable.summary });
    }
    this.#hasBegun = true;
  }

  /** When it last changed: 0 for what was there from the beginning. */
  timeOf(name: string): number {
    return this.#seen.get(name)?.time ?? 0;
  }

  /** Whether it changed with the last update. */
  isNew(name: string): boolean {
    return this.#time > 0 && this.timeOf(name) === this.#time;
  }

  /** The text of its value before the last change, if it had one. */
  before(name: string): string | undefined {
    return this.#seen.get(name)?.before;
  }

  /** There is another namespace now. */
  forget(): void {
    this.#seen = new Map();
    this.#time = 0;
    this.#hasBegun = false;
    this.#revision = 0;
  }
}
