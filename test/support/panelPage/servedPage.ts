import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { grammarParser, javascriptGrammar, panel, pythonGrammar } from '../../../build/bundles.mjs';
import { panelHtml, type PanelPage as PageParameters } from '../../../src/panel/panelHtml.js';
import { inRoot } from '../project.mjs';

declare global {
  interface Window {
    /** What the test gives to the page. */
    readonly panelProblem: (problem: string) => Promise<void>;
    readonly panelIntent: (data: unknown) => Promise<void>;
    readonly panelLink: (href: string) => Promise<void>;
  }
}

export const themes = ['dark', 'light', 'hc', 'hc-light'] as const;
export type Theme = (typeof themes)[number];

const bodyClasses: Record<Theme, string> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  hc: 'vscode-high-contrast',
  'hc-light': 'vscode-high-contrast vscode-high-contrast-light',
};

/** VS Code's display language. */
export type PageLanguage = Pick<PageParameters, 'language' | 'translations'>;

const english = { language: 'en', translations: undefined };
const NONCE = 'bm9uY2Utb2YtdGhlLXRlc3Rz';

/** As VS Code does: in a layer, before the page's own policy, and with a padding that no app asked for. */
const HOST_STYLE = `@layer vscode-default { body { padding: 0 20px; color: red } code { background: red; padding: 1px 3px } }`;

/** The page as VS Code serves it: its own style first, the theme's tokens on the root, its kind on the body. */
export function pageOf(theme: Theme, language: PageLanguage = english): string {
  const css = readFileSync(inRoot('test', 'fixtures', 'themes', `${theme}.css`), 'utf8');
  const tokens = [...css.matchAll(/^ {2}([\w-]+: [^;]+);/gm)].map(([, token = '']) => token.replaceAll('"', "'"));
  return panelHtml({ script: '/main.js', style: '/main.css', nonce: NONCE, ...language })
    .replace('<html ', `<html style="${tokens.join('; ')}" `)
    .replace('<head>', `<head><style>${HOST_STYLE}</style>`)
    .replace('<body>', `<body role="document" class="${bodyClasses[theme]}" data-vscode-theme-kind="vscode-${theme}">`);
}

/** Runs in the page, before its own scripts: what VS Code's page around it does, and notes for the test. */
export function actAsVSCode(): void {
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    void window.panelProblem(`policy: ${violatedDirective} ${blockedURI}`);
  });
  document.addEventListener('click', (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.href !== '');
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    void window.panelLink(link.href);
  });
  Reflect.set(window, 'acquireVsCodeApi', () => ({
    postMessage: (data: unknown) => void window.panelIntent(data),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown,
    setState: (state: unknown) => {
      sessionStorage.setItem('state', JSON.stringify(state));
    },
  }));
}

/** What the page's files are relative to, such as `../grammars/python.js`. */
const folder = inRoot('dist', 'panel');
let bundle: Promise<ReadonlyMap<string, string>> | undefined;

/** The built files of the page, by path. */
export function pageFiles(): Promise<ReadonlyMap<string, string>> {
  return (bundle ??= bundled());
}

/** As they are packed. */
async function bundled(): Promise<ReadonlyMap<string, string>> {
  const parts = [panel, grammarParser, javascriptGrammar, pythonGrammar];
  const built = await Promise.all(parts.map((options) => build({ ...options, minify: true, write: false })));
  const files = built.flatMap(({ outputFiles }) => outputFiles);
  return new Map(files.map((file) => [path.posix.join('/', path.relative(folder, file.path)), file.text]));
}
