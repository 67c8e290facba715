import { expect } from 'vitest';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { test } from '../../support/panelPage/test.js';

const source = 'for batch in loader:\n    stats.update(batch)';

/** A command with more output than fits in the view. */
async function run(panel: PanelPage, code: string): Promise<void> {
  const command = new ScriptedSession(panel.model).add(code).start();
  for (let line = 0; line < 40; line++) command.display({ 'text/plain': `line ${String(line)}` });
  command.close();
  await panel.command(0).getByText('line 39').waitFor();
}

/** What is drawn at the top of the transcript. */
async function atTop(panel: PanelPage): Promise<string> {
  return await panel.page.locator('.log').evaluate((log) => {
    const { left, top } = log.getBoundingClientRect();
    const row = document.elementFromPoint(left + 100, top + 8)?.closest('.row');
    return row instanceof HTMLElement ? (row.dataset.line ?? row.innerText.trim()) : '';
  });
}

test('the first line of a longer source stays in view while its output scrolls under it', async ({ open }) => {
  const panel = await open({ height: 400 });
  await run(panel, source);
  await expect.poll(() => atTop(panel)).toBe('for batch in loader: …');
  const lead = panel.command(0).locator('.stuck');
  // To whoever searches, copies or listens, there is only the source itself.
  expect(await lead.textContent()).toBe('');
  await lead.click();
  await expect.poll(() => atTop(panel)).toContain('stats.update(batch)');
});

test('so does the beginning of a line that takes several rows', async ({ open }) => {
  const panel = await open({ height: 400, width: 300 });
  await run(panel, `show(${'"a long argument", '.repeat(20)})`);
  await expect.poll(() => atTop(panel)).toMatch(/^show\("a long argument"/);
});

test('what gets the focus is not below it', async ({ open }) => {
  const panel = await open({ height: 400 });
  const command = new ScriptedSession(panel.model).add(source).start();
  for (let line = 0; line < 40; line++)
    command.display({ 'text/html': `<a href="https://a.test/${String(line)}">link ${String(line)}</a>` });
  command.close();
  await panel.command(0).getByText('link 39').waitFor();
  const link = panel.command(0).getByText('link 10', { exact: true });
  await link.evaluate((node) => {
    const log = document.querySelector('.log');
    if (log) log.scrollTop += node.getBoundingClientRect().top - log.getBoundingClientRect().top - 4;
  });
  await expect.poll(() => atTop(panel)).toBe('for batch in loader: …');
  await link.focus();
  await expect
    .poll(() =>
      panel.page.evaluate(() => {
        const link = [...document.querySelectorAll('.markup')]
          .map((host) => host.shadowRoot?.activeElement)
          .find((found) => found);
        const stuck = document.querySelector('.stuck');
        return link && stuck ? link.getBoundingClientRect().top >= stuck.getBoundingClientRect().bottom : undefined;
      }),
    )
    .toBe(true);
});
