import { expect, test } from 'vitest';
import { scriptPageHtml } from '../../../src/panel/scriptPageHtml.js';

const HOSTILE = '</body><head><meta http-equiv="Content-Security-Policy" content="default-src *"></head>';

test('the policy of a page with scripts stands before whatever the markup says', () => {
  const page = scriptPageHtml(HOSTILE, { web: false });
  expect(page.indexOf("default-src 'none'")).toBeGreaterThan(0);
  expect(page.indexOf("default-src 'none'")).toBeLessThan(page.indexOf(HOSTILE));
});

test('nothing comes from the web unless the person allowed it, and then only over https', () => {
  const policy = (web: boolean): string => /content="([^"]*)"/.exec(scriptPageHtml('', { web }))?.[1] ?? '';
  expect(policy(false)).not.toContain('http');
  expect(policy(false)).toContain("connect-src 'none'");
  expect(policy(true)).toContain("script-src 'unsafe-inline' 'unsafe-eval' blob: https:");
  expect(policy(true)).not.toMatch(/http:|\*/);
});
