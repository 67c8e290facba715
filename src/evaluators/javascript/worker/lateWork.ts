import type { Command } from './command.js';

const CHECK_MS = 50;
const KEPT = 64;

/** How many timers, sockets, children and the like keep the process alive, by kind. */
export type Activity = ReadonlyMap<string, number>;

export function activity(): Activity {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/**
 * Closes the streams of each finished command once nothing that it started is left, as far as Node tells: when no kind of
 * resource is there more often than when it began. What it writes after that, or as one of too many, goes another way.
 */
export class LateWork {
  private open: { readonly command: Command; readonly before: Activity }[] = [];
  private timer: NodeJS.Timeout | undefined;

  watch(command: Command, before: Activity): void {
    this.open.push({ command, before });
    this.check();
  }

  private check(): void {
    const now = activity();
    const tooMany = this.open.length - KEPT;
    this.open = this.open.filter(({ command, before }, index) => {
      const goesOn = index >= tooMany && [...now].some(([kind, count]) => count > (before.get(kind) ?? 0));
      if (!goesOn) command.close();
      return goesOn;
    });
    clearTimeout(this.timer);
    if (this.open.length > 0) this.timer = setTimeout(() => this.check(), CHECK_MS).unref();
  }
}
