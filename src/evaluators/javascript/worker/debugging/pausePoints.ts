/** More take too long; the newest scripts are those of the command that runs. */
const MOST_SCRIPTS = 6;
const MOST_POINTS = 2000;

interface Location {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber?: number;
}

/**
 * Breakpoints everywhere in scripts, to stop in the code with which a command goes on after a wait: V8 does not step
 * through waits.
 */
export class PausePoints {
  readonly #ask: (method: string, params: object) => Promise<unknown>;
  readonly #ids = new Set<string>();
  #isWanted = false;

  constructor(ask: (method: string, params: object) => Promise<unknown>) {
    this.#ask = ask;
  }

  /** `scripts` are their ids, the oldest first. */
  async set(scripts: readonly string[]): Promise<void> {
    if (this.#isWanted) return;
    this.#isWanted = true;
    for (const scriptId of scripts.slice(-MOST_SCRIPTS).toReversed())
      for (const location of await this.#locationsIn(scriptId)) await this.#setAt(location);
  }

  clear(): void {
    this.#isWanted = false;
    for (const breakpointId of this.#ids) void this.#ask('Debugger.removeBreakpoint', { breakpointId });
    this.#ids.clear();
  }

  /** Those of a stop that are not here. */
  others(hitBreakpoints: readonly string[] = []): string[] {
    return hitBreakpoints.filter((id) => !this.#ids.has(id));
  }

  async #locationsIn(scriptId: string): Promise<readonly Location[]> {
    const start = { scriptId, lineNumber: 0, columnNumber: 0 };
    const answer = this.#isWanted ? await this.#ask('Debugger.getPossibleBreakpoints', { start }) : undefined;
    return (answer as { readonly locations?: readonly Location[] } | undefined)?.locations ?? [];
  }

  async #setAt({ scriptId, lineNumber, columnNumber }: Location): Promise<void> {
    if (!this.#isWanted || this.#ids.size >= MOST_POINTS) return;
    const location = { scriptId, lineNumber, columnNumber };
    const answer = await this.#ask('Debugger.setBreakpoint', { location });
    const { breakpointId } = (answer ?? {}) as { readonly breakpointId?: string };
    if (breakpointId !== undefined) this.#add(breakpointId);
  }

  #add(breakpointId: string): void {
    this.#ids.add(breakpointId);
    if (!this.#isWanted) this.clear();
  }
}
