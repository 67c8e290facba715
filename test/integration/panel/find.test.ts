import type { Locator } from 'playwright-core';
import { describe, expect, onTestFinished, vi } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { PanelPage, PanelPageOptions } from '../../support/panelPage/panelPage.js';
import { keyError } from '../../support/panelPage/scenes.js';
import { ScriptedSession, type ScriptedCommand } from '../../support/panelPage/scriptedSession.js';
import { barriers, test } from '../../support/panelPage/test.js';

async function find(panel: PanelPage, text: string): Promise<void> {
  await panel.commands.first().waitFor();
  await panel.page.keyboard.press('ControlOrMeta+f');
  await panel.page.keyboard.type(text);
}

async function expectCount(panel: PanelPage, count: string): Promise<void> {
  await panel.page.locator('.find .count').getByText(count, { exact: true }).waitFor();
}

/** The marked texts, and the one the user is at. */
function marked(panel: PanelPage): Promise<{ all: string[]; current: string[] }> {
  return panel.page.evaluate(() => {
    const textsOf = (name: string): string[] =>
      [...(CSS.highlights.get(name) ?? [])].map(({ startContainer, startOffset, endOffset }) =>
        (startContainer.textContent ?? '').slice(startOffset, endOffset),
      );
    return { all: textsOf('find-match'), current: textsOf('find-current') };
  });
}

/** Whether the current match is where a person sees it. */
function isInView(panel: PanelPage): Promise<boolean> {
  return panel.page.evaluate(() => {
    const [found] = CSS.highlights.get('find-current') ?? [];
    const element = found?.startContainer.parentElement;
    const log = document.querySelector('.log')?.getBoundingClientRect();
    const rect = element?.getBoundingClientRect();
    return (
      rect !== undefined && log !== undefined && rect.height > 0 && rect.top >= log.top && rect.bottom <= log.bottom
    );
  });
}

function severalCommands(): PanelModel {
  const model = new PanelModel();
  const session = new ScriptedSession(model);
  session.add('needle = 1').start().stdout('a \x1b[31mNee\x1b[0mdle\nhay\n').ok().close();
  session.ran('x', { value: "{'needle': 2}" });
  session
    .add('load()')
    .start()
    .fails({ ...keyError, message: 'no needle' })
    .close();
  return model;
}

/** A command that runs on; of its output so far, two lines are found. */
async function findTicks(
  open: (options: PanelPageOptions) => Promise<PanelPage>,
): Promise<{ panel: PanelPage; command: ScriptedCommand }> {
  const model = new PanelModel();
  const command = new ScriptedSession(model).add('loop()').start().stdout('tick\n');
  const panel = await open({ model });
  await find(panel, 'tick');
  await expectCount(panel, '1 of 1');
  command.stdout('tick\n');
  await expectCount(panel, '1 of 2');
  return { panel, command };
}

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

describe('finding in the panel', () => {
  test('counts matches in sources, output, values and errors, and goes round them', async ({ open }) => {
    const panel = await open({ model: severalCommands() });
    await find(panel, 'needle');
    await expectCount(panel, '1 of 4');
    expect((await marked(panel)).all).toHaveLength(4);
    for (const count of ['2 of 4', '3 of 4', '4 of 4', '1 of 4']) {
      await panel.page.keyboard.press('Enter');
      await expectCount(panel, count);
    }
    await panel.page.keyboard.press('Shift+Enter');
    await expectCount(panel, '4 of 4');
    await panel.page.keyboard.press('F3');
    await expectCount(panel, '1 of 4');
  });

  test('minds case, whole words and regular expressions when asked', async ({ open }) => {
    const panel = await open({ model: severalCommands() });
    await find(panel, 'needle');
    await panel.page.keyboard.press('Alt+c');
    await expectCount(panel, '1 of 3');
    await panel.page.keyboard.press('Alt+c');
    await panel.page.getByRole('textbox', { name: 'Find' }).fill('need');
    await expectCount(panel, '1 of 4');
    await panel.page.keyboard.press('Alt+w');
    await expectCount(panel, 'No results');
    await panel.page.keyboard.press('Alt+w');
    await panel.page.keyboard.press('Alt+r');
    await panel.page.getByRole('textbox', { name: 'Find' }).fill('^h.y$');
    await expectCount(panel, '1 of 1');
    await panel.page.getByRole('textbox', { name: 'Find' }).fill('(');
    await expectCount(panel, 'Invalid regular expression');
  });

  test('unfolds what it finds: lines left out, hidden output, frames, long sources', async ({ open }) => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    session.ran(Array.from({ length: 20 }, (_, line) => `step_${String(line)} = 0`).join('\n'));
    const long = Array.from({ length: 90 }, (_, line) => `line ${String(line)}.\n`).join('');
    session.add('long()').start().stdout(long).ok().close();
    session.add('hidden()').start().stdout('unseen\n').ok().close();
    session.add('fails()').start().fails(keyError).close();
    const panel = await open({ model, height: 400 });
    await panel.command(2).press('o');
    for (const text of ['step_15', 'line 50.', 'unseen', '_check']) {
      await panel.page.keyboard.press('ControlOrMeta+f');
      await panel.page.getByRole('textbox', { name: 'Find' }).fill(text);
      await expectCount(panel, '1 of 1');
      await vi.waitFor(async () => expect((await marked(panel)).current).toEqual([text]));
      expect(await isInView(panel)).toBe(true);
    }
  });

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
    await vi.waitFor(() => expect(panel.calls).toEqual([openCall(first, 150)]));
    await expectElsewhere(panel, '220 more in output that is not shown', 'Open full output of command 3');
    for (let times = 0; times < 2; times++) await elsewhere(panel).click();
    await vi.waitFor(() => expect(panel.calls.slice(1)).toEqual([openCall(last, 150), openCall(first, 150)]));
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
    await vi.waitFor(() => expect(panel.calls).toEqual([openCall(model.keys()[0], 5000)]));
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

  test('finds what is written while it is open, and stays at its match', async ({ open }) => {
    const { panel, command } = await findTicks(open);
    await panel.page.keyboard.press('Enter');
    command.stdout('tick\n');
    await expectCount(panel, '2 of 3');
  });

  test('stays at its match; the way to the end is offered once that is out of sight', async ({ open }) => {
    const { panel, command } = await findTicks(open);
    const pill = panel.page.locator('.pill');
    expect(await pill.isVisible()).toBe(false);
    panel.set({ lineLimit: 200 });
    command.stdout('tock\n'.repeat(100));
    await pill.waitFor();
    expect(await isInView(panel)).toBe(true);
    await panel.page.setViewportSize({ width: 620, height: 4000 });
    await pill.waitFor({ state: 'hidden' });
  });

  test('reads tables as they are drawn', async ({ open }) => {
    const model = new PanelModel();
    const html = '<table><thead><tr><th>name</th></tr></thead><tbody><tr><td>zebra</td></tr></tbody></table>';
    new ScriptedSession(model).add('df').start().returns({ 'text/html': html, 'text/plain': 'df' }).close();
    const panel = await open({ model });
    await panel.page.getByText('zebra').waitFor();
    await find(panel, 'zebra');
    await expectCount(panel, '1 of 1');
    expect((await marked(panel)).current).toEqual(['zebra']);
  });

  test('starts where the user is, closes at Escape, and gives the focus back', async ({ open }) => {
    const panel = await open({ model: severalCommands() });
    await panel.command(1).focus();
    await find(panel, 'needle');
    await expectCount(panel, '3 of 4');
    expect(await barriers(panel)).toEqual([]);
    await panel.page.keyboard.press('Escape');
    expect(await panel.command(1).evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await marked(panel)).toEqual({ all: [], current: [] });
  });

  test('opens from the input line too, and takes none of its letters', async ({ open }) => {
    const panel = await open({ model: severalCommands() });
    await panel.input.click();
    await find(panel, 'c?');
    await expectCount(panel, 'No results');
    expect(panel.copied).toEqual([]);
    await panel.page.keyboard.press('Escape');
    await panel.page.keyboard.type('y');
    expect(await panel.typed()).toBe('y');
  });

  test('comes to an end of its search while output pours in', async ({ open }) => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    // Each line takes the expression below a while.
    const text = `${'a'.repeat(11)}b\n`.repeat(400);
    for (let at = 0; at < 60; at++) session.add('x').start().stdout(text).ok().close();
    const command = session.add('loop()').start().stdout('tick\n');
    const panel = await open({ model });
    await panel.command(60).waitFor();
    const timer = setInterval(() => command.stdout('tick\n'), 50);
    onTestFinished(() => clearInterval(timer));
    await panel.page.keyboard.press('ControlOrMeta+f');
    await panel.page.keyboard.press('Alt+r');
    await panel.page.getByRole('textbox', { name: 'Find' }).fill('(a+)+c|tick');
    await panel.page.locator('.find .count').getByText('1 of ').waitFor();
  });

  test('keeps the page alive while it searches all that the panel can hold', async ({ open }) => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    const line = `${'needles and hay, '.repeat(10)}\n`;
    for (let at = 0; at < 60; at++) session.add('x').start().stdout(line.repeat(600)).ok().close();
    const panel = await open({ model });
    // Before all are there, the first match is another one.
    await panel.command(59).waitFor();
    await find(panel, 'hay');
    await expectCount(panel, '1 of 19,999+');
    await panel.page.keyboard.press('Enter');
    await expectCount(panel, '2 of 19,999+');
  });
});
