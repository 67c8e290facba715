import { expect } from 'vitest';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { barriers, test } from '../../support/panelPage/test.js';

test('addresses and places in output are links, by pointer and keyboard', async ({ open }) => {
  const panel = await open();
  const command = new ScriptedSession(panel.model).add('work()').start();
  command.stdout('see https://example.org/x.\n');
  command.stderr('/home/ada/train.py:71: UserWarning: odd\n  warn()\n\u001b[33mtests/test_a.py:5\u001b[0m: failed\n');
  command.stdout('\u001b[31mlib/b.ts\u001b[0m:\u001b[33m8\u001b[0m\n');
  command.ok(1, "'https://example.org/value'").close();
  await panel.page.getByRole('link', { name: 'https://example.org/x', exact: true }).click();
  await panel.page.getByRole('link', { name: 'https://example.org/value' }).click();
  await expect.poll(() => panel.links).toEqual(['https://example.org/x', 'https://example.org/value']);
  await panel.page.getByRole('link', { name: '/home/ada/train.py:71' }).click();
  await panel.page.getByRole('link', { name: 'tests/test_a.py:5' }).press('Enter');
  await panel.page.locator('a.place', { hasText: /^8$/ }).click();
  await expect
    .poll(() => panel.calls)
    .toEqual([
      'openFrame /home/ada/train.py 71 python',
      'openFrame tests/test_a.py 5 python',
      'openFrame lib/b.ts 8 python',
    ]);
  expect(await barriers(panel)).toEqual([]);
});

test('lines that are written beside a progress bar leave no empty rows', async ({ open }) => {
  const panel = await open();
  const command = new ScriptedSession(panel.model).add('work()').start();
  for (let step = 1; step <= 3; step++) {
    command.stderr(`\r ${String(step)}/3 [##   ]`);
    await panel.page.getByText(`${String(step)}/3`).waitFor();
    command.stderr(`\r${' '.repeat(20)}\r`).stdout(`line ${String(step)}\n`);
    await panel.page.getByText(`line ${String(step)}`).waitFor();
  }
  command.stderr('\r 3/3 [#####]\n').ok().close();
  await panel.page.getByText('[#####]').waitFor();
  expect(await panel.page.locator('.out.stderr:visible').count()).toBe(1);
});

test('an empty frame says how many columns it has', async ({ open }) => {
  const panel = await open();
  const html = '<table class="dataframe"><thead><tr><th></th><th>a</th><th>b</th></tr></thead><tbody></tbody></table>';
  new ScriptedSession(panel.model).add('df').start().returns({ 'text/plain': 'Empty DataFrame', 'text/html': html });
  await panel.command(0).getByText('0 rows × 2 columns').waitFor();
});
