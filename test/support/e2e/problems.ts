import type { Page } from 'playwright-core';

/**
 * What this VS Code says in any case: without its proprietary parts and a network, closed from one moment to the next.
 */
const harmless = [
  /Failed to load resource: .*\(https?:\/\/[^/]+\/(_static\/src\/browser\/media\/favicon|update\/check|.*\/vsda)/,
  // The service worker that would cache the workbench.
  /A bad HTTP response code \(404\) was received when fetching the script/,
  /Timed out waiting for authentication provider/,
  /\[lifecycle\] Long running operations during shutdown are unsupported in the web/,
  /IndexedDB database 'vscode-web-db' is closed/,
  /InvalidStateError: Failed to execute 'abort' on 'IDBTransaction': The transaction has finished/,
  /ERR color: #f33 .*Canceled: Canceled/,
  // Comes with its cause, a message of its own: when the window goes meanwhile, only that it was cancelled.
  /Error received from starting extension host \(kind: LocalWebWorker\)/,
  // A busy machine: VS Code saves without waiting longer for extensions that take part in saving.
  /Aborted onWillSave\w*-event after \d+ms/,
];

/** Listens to a page for errors and breaches of a content security policy, in all its frames. */
export class Problems {
  readonly #found: string[] = [];

  /** To be called before the page loads anything. */
  async watch(page: Page): Promise<void> {
    page.on('console', (message) => {
      if (message.type() === 'error') this.#note(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => {
      this.#note(`uncaught: ${error.stack ?? error.message}`);
    });
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
        console.error(`CSP violation: ${violatedDirective} blocks ${blockedURI} (${sourceFile})`);
      });
    });
  }

  /**
   * Runs a step in which a window goes: what VS Code was about to do is cancelled then, and it says so of everything.
   */
  async leaveOut(step: () => Promise<void>): Promise<void> {
    const before = this.take();
    await step();
    this.#found.splice(0, Infinity, ...before);
  }

  /** What was found since the last call. */
  take(): string[] {
    return this.#found.splice(0);
  }

  #note(problem: string): void {
    if (!harmless.some((pattern) => pattern.test(problem))) this.#found.push(problem);
  }
}
