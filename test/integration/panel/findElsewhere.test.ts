import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { barriers, eventually, test } from '../../support/panelPage/test.js';
import { expectCount, find } from '../../support/panelPage/findBar.js';

function floods(session: ScriptedSession): void {
  const text = Array.from({ length: 10_000 }, (_, line) => `line ${String(line)}\n`).join('');
  session.add('flood()').start().stdout(text).ok().close();
}

/** The button for what the host found. */
function elsewhere(panel: PanelPage): Locator {
  return panel.page.locator('.find .note').getByRole('button');
}

async function expectElsewhere(panel: PanelPage, text: string, tooltip: string): Promise<void> {
  await elsewhere(panel)
    .and(panel.page.getByTitle(tooltip, { exact: true }))
    .getByText(text, { exact: true })
    .waitFor();
}

function openCall(key: number | undefined, line: number): string {
  return `openMatch ${String(key)} ${JSON.stringify({ line, column: 0, length: line < 1000 ? 7 : 9 })}`;
}

describe('finding in output that the panel does not keep', () => {
  test('counts what is in output that the panel does not keep, and opens it there', async ({ open }) => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    floods(session);
    session.ran('x');
    floods(session);
    const [first, , last] = model.keys();
    const panel = await open({ model });
    await find(panel, 'line 15');
    await expectCount(panel, '1 of 2');
    await expectElsewhere(panel, '220 more in output that is not shown', 'Open full output of command 1');
    expect(await barriers(panel)).toEqual([]);
    await elsewhere(panel).press('Enter');
    await eventually(() => expect(panel.calls).toEqual([openCall(first, 150)]));
    await expectElsewhere(panel, '220 more in output that is not shown', 'Open full output of command 3');
    for (let times = 0; times < 2; times++) await elsewhere(panel).click();
    await eventually(() => expect(panel.calls.slice(1)).toEqual([openCall(last, 150), openCall(first, 150)]));
    await panel.page.getByRole('textbox', { name: 'Find' }).fill('line 5000');
    await expectCount(panel, 'No results here');
    await expectElsewhere(panel, '2 in output that is not shown', 'Open full output of command 1');
    await panel.page.getByRole('textbox', { name: 'Find' }).fill('nowhere');
    await expectCount(panel, 'No results');
    await panel.page.locator('.find .note').waitFor({ state: 'hidden' });
  });

  test('reaches what was found elsewhere with the keyboard', async ({ open }) => {
    const model = new PanelModel();
    floods(new ScriptedSession(model));
    const panel = await open({ model });
    await find(panel, 'line 5000');
    await elsewhere(panel).waitFor();
    const isThere = (): Promise<boolean> => elsewhere(panel).evaluate((node) => node === document.activeElement);
    for (let stops = 0; stops < 8 && !(await isThere()); stops++) await panel.page.keyboard.press('Tab');
    await panel.page.keyboard.press('Space');
    await eventually(() => expect(panel.calls).toEqual([openCall(model.keys()[0], 5000)]));
    await panel.page.keyboard.press('Escape');
    await panel.page.locator('.find').waitFor({ state: 'hidden' });
  });

  test('counts what comes while it is open in output that is not kept, and stops when it is closed', async ({
    open,
  }) => {
    const model = new PanelModel();
    const command = new ScriptedSession(model).add('loop()').start().stdout('tick\n'.repeat(600));
    const panel = await open({ model });
    await find(panel, 'tick');
    await elsewhere(panel).getByText('100 more').waitFor();
    command.stdout('tick\n'.repeat(600));
    await elsewhere(panel).getByText('700 more').waitFor();
    await panel.page.keyboard.press('Escape');
    const questions = (): unknown[] => panel.intents.filter((intent) => intent.type === 'find' && intent.query);
    const asked = questions().length;
    command.stdout('tick\n'.repeat(600)).ok();
    await panel.command(0).and(panel.page.locator('.is-done')).waitFor();
    expect(questions()).toHaveLength(asked);
  });

  test('says that there may be more when it is too much to count', async ({ open }) => {
    const model = new PanelModel();
    new ScriptedSession(model).add('flood()').start().stdout('line\n'.repeat(20_000)).ok().close();
    const panel = await open({ model });
    await find(panel, 'line');
    await elsewhere(panel).getByText('10,000+ more in output that is not shown').waitFor();
  });

  test('says when an expression takes too long', async ({ open }) => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    const text = `${'hay\n'.repeat(300)}${'a'.repeat(60)}b\n${'hay\n'.repeat(600)}`;
    session.add('flood()').start().stdout(text).ok().close();
    const panel = await open({ model });
    await panel.page.keyboard.press('ControlOrMeta+f');
    await panel.page.keyboard.press('Alt+r');
    await panel.page.keyboard.type('(a+)+$');
    await panel.page.getByText('The search took too long; some of the output was not searched').waitFor();
  });

  test('stays alive while an expression takes for ever, and finds what another one matches', async ({ open }) => {
    const model = new PanelModel();
    new ScriptedSession(model)
      .add('x')
      .start()
      .stdout(`needle\n${'a'.repeat(60)}b\n`)
      .ok()
      .close();
    const panel = await open({ model });
    await panel.commands.first().waitFor();
    await panel.page.keyboard.press('ControlOrMeta+f');
    await panel.page.keyboard.press('Alt+r');
    await panel.page.keyboard.type('(a+)+$');
    await panel.page.getByText('The search took too long; some of the output was not searched').waitFor();
    await panel.page.getByRole('textbox', { name: 'Find' }).fill('(a+)+c');
    await panel.page.getByRole('textbox', { name: 'Find' }).fill('^n.+e$');
    await expectCount(panel, '1 of 1');
    await panel.page.locator('.find .note').waitFor({ state: 'hidden' });
  });

  test('says what it cannot search: what an earlier window did not keep', async ({ open }) => {
    const before = new PanelModel();
    floods(new ScriptedSession(before));
    const model = new PanelModel();
    model.restore(before.entries(), 0);
    floods(new ScriptedSession(model));
    const panel = await open({ model });
    await find(panel, 'line 5000');
    await expectElsewhere(panel, '1 in output that is not shown', 'Open full output of command 1');
    await panel.page.getByText('Not searched: 9,500 lines that are no longer kept').waitFor();
  });
});
