import type { Browser, Page } from 'playwright-core';

const openers = new WeakMap<Browser, Promise<Page>>();

/**
 * A page beside others of the browser, opened by one that stays: those that a page opens share its process, which
 * compiles the panel once.
 */
export async function pageBesideOthers(browser: Browser, origin: string): Promise<Page> {
  const opener = openers.get(browser) ?? makeOpener(browser, origin);
  openers.set(browser, opener);
  const from = await opener;
  const [page] = await Promise.all([from.waitForEvent('popup'), from.evaluate(() => void window.open('about:blank'))]);
  return page;
}

async function makeOpener(browser: Browser, origin: string): Promise<Page> {
  const page = await browser.newPage();
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto(origin);
  return page;
}
