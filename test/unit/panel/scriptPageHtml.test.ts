import { expect, test } from 'vitest';
import { scriptPageHtml } from '../../../src/panel/scripts/scriptPageHtml.js';

const HOSTILE = `"></iframe></script></body><meta http-equiv="Content-Security-Policy" content="default-src *"><script>1</script>`;

function pageOf(markup: string, web: boolean): string {
  return scriptPageHtml({
    markup,
    web,
    title: 'Output of 1',
    scripts: { page: '/* page */', frameStart: '/* start */' },
  });
}

test('the markup of an output stays data within the frame', () => {
  const page = pageOf(HOSTILE, false);
  expect(page.match(/<script/g)).toHaveLength(1 + 2);
  expect(page.match(/<meta http-equiv="Content-Security-Policy"/g)).toHaveLength(1);
  expect(page.match(/<\/iframe>/g)).toHaveLength(1);
  expect(page.indexOf("default-src 'none'")).toBeLessThan(page.indexOf('<iframe'));
});

test('nothing comes from the web unless the user allowed it, and then only over https', () => {
  const policy = (web: boolean): string => /content="([^"]*)"/.exec(pageOf('', web))?.[1] ?? '';
  expect(policy(false)).not.toContain('http');
  expect(policy(false)).toContain('connect-src data: blob:;');
  expect(policy(true)).toMatch(/script-src 'sha256-[^']+' 'sha256-[^']+' 'unsafe-eval' blob: https:;/);
  expect(policy(true)).not.toMatch(/http:|\*|unsafe-inline'[^;]*script/);
});
