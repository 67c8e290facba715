import type { Browser, Page } from 'playwright-core';
import * as v from 'valibot';

/** Of a trace: what ran on a thread, in microseconds; of the processor's time where that is known. */
const eventSchema = v.object({
  name: v.string(),
  pid: v.number(),
  tid: v.number(),
  ts: v.number(),
  dur: v.optional(v.number(), 0),
  tdur: v.optional(v.number(), 0),
  args: v.optional(
    v.object({ chrome_mojo_event_info: v.optional(v.object({ mojo_interface_tag: v.optional(v.string()) })) }),
  ),
});
const traceSchema = v.object({ traceEvents: v.array(v.unknown()) });
const prefix = 'stretch: ';
/** Brings what a test says to the page, which in VS Code nobody does. */
const FROM_TEST = 'blink.mojom.DevToolsSession';

/** In milliseconds. */
export interface StretchTimes {
  /** That of the longest task. */
  readonly longest: number;
  readonly total: number;
  /** What painting took beside the tasks, in other threads. */
  readonly painted: number;
}

/**
 * How long the tasks of a page are, in the processor's time: other work on the machine does not count. Belongs to one
 * page of a browser at a time.
 */
export class TaskTimes {
  /** Without a page, one that is opened later: what it did before `begin` is the stretch ''. */
  static async start(browser: Browser, page?: Page): Promise<TaskTimes> {
    await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing', 'cc'] });
    return new TaskTimes(browser, page);
  }

  readonly #browser: Browser;
  readonly #page: Page | undefined;

  private constructor(browser: Browser, page: Page | undefined) {
    this.#browser = browser;
    this.#page = page;
  }

  /** What runs from now on, until the next one begins, is this stretch's. */
  async begin(stretch: string, page = this.#page): Promise<void> {
    await page?.evaluate((name) => performance.mark(name), `${prefix}${stretch}`);
  }

  /** The times of each stretch. */
  async stop(): Promise<Map<string, StretchTimes>> {
    const { traceEvents } = v.parse(traceSchema, JSON.parse((await this.#browser.stopTracing()).toString()));
    const events = traceEvents
      .map((event) => v.safeParse(eventSchema, event))
      .flatMap(({ success, output }) => (success ? [output] : []));
    const marks = events.filter(({ name }) => name.startsWith(prefix)).sort((one, other) => one.ts - other.ts);
    const onThread = events.filter(({ pid, tid }) => pid === marks[0]?.pid && tid === marks[0].tid);
    const fromTest = onThread.filter(({ args }) => args?.chrome_mojo_event_info?.mojo_interface_tag === FROM_TEST);
    const tasks = onThread.filter(
      ({ name, ts, dur }) =>
        name === 'ThreadControllerImpl::RunTask' &&
        !fromTest.some((message) => message.ts >= ts && message.ts < ts + dur),
    );
    const paints = events.filter(({ name, pid }) => pid === marks[0]?.pid && name === 'RasterTask');
    const stretches = new Map<string, StretchTimes>();
    const begun = [{ name: prefix, ts: -Infinity }, ...marks];
    for (const [index, { name, ts }] of begun.entries()) {
      const end = begun[index + 1]?.ts ?? Infinity;
      const isOf = (event: { readonly ts: number }): boolean => event.ts >= ts && event.ts < end;
      const times = tasks.filter(isOf).map(({ tdur }) => tdur / 1000);
      const painted = paints.filter(isOf).reduce((sum, { tdur }) => sum + tdur / 1000, 0);
      const total = times.reduce((sum, time) => sum + time, 0);
      stretches.set(name.slice(prefix.length), { longest: Math.max(0, ...times), total, painted });
    }
    return stretches;
  }
}
