import * as vscode from 'vscode';
import { memoryText } from '../host/amounts.js';
import { processMemory, type ProcessMemory } from './processMemory.js';

const UPDATE_MS = 2000;

export interface MemoryMeterOptions {
  /** The process to measure; undefined while there is none. */
  pid(): number | undefined;
  tell(text: string): void;
}

/** Tells what the session's process and its children occupy, again and again while somebody looks. */
export class MemoryMeter implements vscode.Disposable {
  readonly #options: MemoryMeterOptions;
  #timer: NodeJS.Timeout | undefined;
  #isMeasuring = false;

  constructor(options: MemoryMeterOptions) {
    this.#options = options;
  }

  set isVisible(isVisible: boolean) {
    clearInterval(this.#timer);
    this.#timer = isVisible ? setInterval(() => void this.measure(), UPDATE_MS) : undefined;
    if (isVisible) void this.measure();
  }

  async measure(): Promise<void> {
    if (this.#isMeasuring) return;
    this.#isMeasuring = true;
    try {
      const pid = this.#options.pid();
      const memory = pid === undefined ? undefined : await processMemory(pid);
      this.#options.tell(memory ? meterText(memory) : '');
    } finally {
      this.#isMeasuring = false;
    }
  }

  dispose(): void {
    clearInterval(this.#timer);
  }
}

function meterText({ own, children, childCount }: ProcessMemory): string {
  return childCount === 0
    ? memoryText(own)
    : vscode.l10n.t('{0} + children {1}', memoryText(own), memoryText(children));
}
