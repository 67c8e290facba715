import { describe, expect, onTestFinished } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { PanelPage, PanelPageOptions } from '../../support/panelPage/panelPage.js';
import { keyError } from '../../support/panelPage/scenes.js';
import { ScriptedSession, type ScriptedCommand } from '../../support/panelPage/scriptedSession.js';
import { barriers, eventually, test } from '../../support/panelPage/test.js';
import { expectCount, find } from '../../support/panelPage/findBar.js';

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
      await eventually(async () => expect((await marked(panel)).current).toEqual([text]));
      expect(await isInView(panel)).toBe(true);
    }
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
