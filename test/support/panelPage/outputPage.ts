import { build } from 'esbuild';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { scriptPageHtml, type ScriptPage } from '../../../src/panel/scripts/scriptPageHtml.js';
import { inRoot } from '../project.mjs';
import type { Outside } from './outside.js';

export interface OpenedPage {
  readonly page: Page;
  /** What the page sent to the extension. */
  readonly sent: unknown[];
  readonly errors: string[];
}

/** The page that runs the scripts of an output, in a browser; the test plays VS Code. */
export interface OutputPage extends OpenedPage {
  /** The output's own frame. */
  readonly frame: Frame;
}

export interface OutputToOpen {
  readonly context: BrowserContext;
  readonly outside: Outside;
  readonly markup: string;
  readonly web?: boolean;
}

export async function openOutput({ context, outside, markup, web = false }: OutputToOpen): Promise<OutputPage> {
  const scripts = await (bundled ??= bundle());
  const html = scriptPageHtml({ markup, web, title: 'Output of 1', scripts });
  const opened = await openPage({ context, outside, markup: html });
  // Nothing is evaluated before its scripts have run: to the browser that would be a gesture of the user.
  await opened.page.waitForLoadState('load');
  const frame = opened.page.frames().find((one) => one.parentFrame() === opened.page.mainFrame());
  if (!frame) throw new Error('The page has no frame.');
  return { ...opened, frame };
}

/** A page as it is, without anything between it and the window. */
export async function openPage({ context, outside, markup }: OutputToOpen): Promise<OpenedPage> {
  outside.html = markup;
  const page = await context.newPage();
  const opened = { page, sent: [] as unknown[], errors: [] as string[] };
  page.on('console', (message) => message.type() === 'error' && opened.errors.push(message.text()));
  page.on('pageerror', (error) => opened.errors.push(String(error)));
  await page.exposeFunction('sendToExtension', (message: unknown) => opened.sent.push(message));
  await page.addInitScript(() => {
    if (window !== window.top) return;
    const postMessage: unknown = Reflect.get(window, 'sendToExtension');
    Reflect.set(window, 'acquireVsCodeApi', () => ({ postMessage }));
  });
  await page.goto(`http://${outside.host}/page`, { waitUntil: 'commit' });
  return opened;
}

let bundled: Promise<ScriptPage['scripts']> | undefined;

async function bundle(): Promise<ScriptPage['scripts']> {
  const { outputFiles } = await build({
    entryPoints: ['page', 'frameStart'].map((name) => inRoot('media', 'scriptPage', `${name}.ts`)),
    outdir: '/',
    bundle: true,
    write: false,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
  });
  const textOf = (name: string): string => outputFiles.find(({ path }) => path.endsWith(`${name}.js`))?.text ?? '';
  return { page: textOf('page'), frameStart: textOf('frameStart') };
}
