import axe from 'axe-core';
import { chromium, type Browser } from 'playwright-core';
import { expect, test as base } from 'vitest';
import { ensureBrowser, launchOptions, NoBrowserError } from '../browser.mjs';
import { PanelPage, type PanelPageOptions } from './panelPage.js';

/**
 * Tests of the built panel in a browser; one that logs an error, breaches the policy or asks the network for something
 * fails.
 */
export const test = base
  .extend('browser', { scope: 'worker' }, async ({}, { onCleanup }): Promise<Browser | string> => {
    try {
      const browser = await chromium.launch(launchOptions(await ensureBrowser()));
      onCleanup(() => browser.close());
      return browser;
    } catch (error) {
      if (!(error instanceof NoBrowserError) || process.env.CI) throw error;
      return error.message;
    }
  })
  /** Problems in the console that the test provokes. */
  .extend('expectedProblems', /^$/)
  .extend('open', ({ browser, expectedProblems, skip }, { onCleanup }) => {
    const pages: PanelPage[] = [];
    onCleanup(async () => {
      for (const panel of pages) await panel.close();
      const problems = pages.flatMap((panel) => panel.problems).filter((problem) => !expectedProblems.test(problem));
      expect(problems, 'errors in the console').toEqual([]);
      expect(
        pages.flatMap(({ requests }) => requests),
        'requests to elsewhere',
      ).toEqual([]);
    });
    return async (options: PanelPageOptions = {}): Promise<PanelPage> => {
      if (typeof browser === 'string') return skip(browser);
      const panel = await PanelPage.open(browser, options);
      pages.push(panel);
      return panel;
    };
  });

export { eventually } from '../eventually.js';

/** What axe finds that somebody could not read or use. */
export async function barriers(panel: PanelPage): Promise<string[]> {
  await panel.page.evaluate(axe.source);
  const { violations } = await panel.page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`),
  );
}
