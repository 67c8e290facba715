import { describe, expect } from 'vitest';
import { emptyScene } from '../../support/panelPage/scenes.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { barriers, eventually, test } from '../../support/panelPage/test.js';
import { inInputLine } from '../../support/panelPage/inputLine.js';
import { TaskTimes } from '../../support/panelPage/taskTimes.js';

describe('the input line', () => {
  test('runs what is typed at Enter, and is empty again', async ({ open }) => {
    const panel = await inInputLine(await open());
    await panel.page.keyboard.type('1 + 1');
    await panel.page.keyboard.press('Enter');
    await eventually(() => expect(panel.calls).toContain('runInput 1 + 1'));
    expect(await panel.input.innerText()).toContain('Type Python code');
  });

  test('goes on to another line, indented, while a block is open; an empty line ends it', async ({ open }) => {
    const panel = await inInputLine(await open());
    const { keyboard } = panel.page;
    await keyboard.type('for i in range(3):');
    await keyboard.press('Enter');
    await keyboard.type('print(i');
    await keyboard.press('End');
    await keyboard.press('Enter');
    await keyboard.press('Enter');
    await eventually(() => expect(panel.calls).toContain('runInput for i in range(3):\n    print(i)'));
  });

  test('speaks the language of the current session', async ({ open }) => {
    const model = new PanelModel();
    const panel = await inInputLine(await open({ model }));
    const { keyboard } = panel.page;
    const asked: unknown[] = [];
    panel.complete = (...question) => Promise.resolve(void asked.push(question));
    model.setStatus({ title: 'trips', evaluator: 'javascript', state: 'idle' });
    await panel.page.getByText('Type JavaScript code').waitFor();
    expect(await panel.input.getAttribute('aria-label')).toBe('JavaScript');
    await keyboard.type('c');
    await eventually(() => expect(asked).toEqual([['c', 1, 'javascript']]));
    await keyboard.type('onst f = (x: number) => {');
    await keyboard.press('End');
    expect(await panel.input.locator('.d').first().innerText()).toBe('const');
    await keyboard.press('Shift+Enter');
    await eventually(() => expect(panel.calls).toEqual(['runInput javascript const f = (x: number) => {}']));
    await keyboard.type('if (x) {');
    await keyboard.press('Enter');
    await keyboard.type('f(x);');
    expect(await panel.typed()).toBe('if (x) {\n  f(x);\n}');
    await keyboard.press('Shift+Enter');
    model.setStatus({ title: 'trips', evaluator: 'python', state: 'idle' });
    await panel.page.getByText('Type Python code').waitFor();
    await keyboard.type('x');
    await keyboard.press('Enter');
    await eventually(() => expect(panel.calls.at(-1)).toBe('runInput x'));
  });

  test('waits for commands of its own session only', async ({ open }) => {
    const model = new PanelModel();
    new ScriptedSession(model).add('await long()', undefined, 'javascript').start();
    const session = new ScriptedSession(model);
    session.restart(6);
    session.add('long()').start();
    model.setStatus({ title: 'trips', evaluator: 'python', state: 'busy' });
    const panel = await inInputLine(await open({ model }));
    await panel.page.getByText('Enter to queue after 7').waitFor();
    expect(await panel.command(0).locator('.word').innerText()).toBe('running');
    session.add('next()');
    await panel.command(1).getByText('queued, 1 ahead').waitFor();
    model.setStatus({ title: 'trips', evaluator: 'javascript', state: 'busy' });
    await panel.page.getByText('Enter to queue after 1').waitFor();
  });

  test('runs at Shift+Enter and at Ctrl+Enter whatever stands there', async ({ open }) => {
    const panel = await inInputLine(await open());
    for (const key of ['Shift+Enter', 'Control+Enter']) {
      await panel.page.keyboard.type('if x:');
      await panel.page.keyboard.press(key);
    }
    await eventually(() => expect(panel.calls).toEqual(['runInput if x:', 'runInput if x:']));
  });

  test('offers what the session knows; Tab takes the first, Enter still runs what is typed', async ({ open }) => {
    const panel = await inInputLine(await open());
    panel.complete = (source, offset) =>
      Promise.resolve({
        start: offset - 2,
        end: offset,
        items: [
          { text: `${source.slice(-2)}ts`, kind: 'variable', type: 'int' },
          { text: `${source.slice(-2)}tsByZone`, kind: 'function' },
        ],
      });
    await panel.page.keyboard.type('fa');
    await panel.suggestions.first().waitFor();
    await panel.page.keyboard.press('Tab');
    await eventually(async () => expect(await panel.typed()).toBe('fats'));
    await panel.page.keyboard.press('Control+Space');
    await panel.suggestions.first().waitFor();
    expect(await barriers(panel)).toEqual([]);
    await panel.page.keyboard.press('Enter');
    await eventually(() => expect(panel.calls).toEqual(['runInput fats']));
  });

  test.for([
    ['as the session says', { names: 1, isIncomplete: true }],
    ['since it is too much for the panel', { names: 1001, isIncomplete: false }],
  ] as const)(
    'asks again with the next letter when there was more, %s',
    async ([, { names, isIncomplete }], { open }) => {
      const panel = await inInputLine(await open());
      const asked: string[] = [];
      const items = Array.from({ length: names }, (_, index) => ({
        text: `fares${String(index)}`,
        kind: 'variable' as const,
      }));
      panel.complete = (source, offset) => {
        asked.push(source);
        return Promise.resolve({ start: 0, end: offset, items, isIncomplete });
      };
      await panel.page.keyboard.type('fa');
      await panel.suggestions.first().waitFor();
      await panel.page.keyboard.type('r');
      await eventually(() => expect(asked).toContain('far'));
    },
  );

  test('shows the signature of the call that is being typed, as long as the cursor is among its arguments', async ({
    open,
  }) => {
    const panel = await inInputLine(await open());
    const asked: string[] = [];
    panel.signature = (source) => {
      asked.push(source);
      return Promise.resolve(source.endsWith('ratio(') ? 'def ratio(part, whole) -> float' : undefined);
    };
    const { keyboard } = panel.page;
    const shown = panel.page.locator('.signature');
    await keyboard.type('print(ratio(');
    await shown.getByText('def ratio(part, whole)').waitFor();
    await keyboard.type('1, "a)"');
    expect(await shown.count()).toBe(1);
    expect(await barriers(panel)).toEqual([]);
    await keyboard.type(')');
    await shown.waitFor({ state: 'detached' });
    await keyboard.press('ArrowLeft');
    await shown.waitFor();
    // One question for each call that the cursor came into.
    expect(asked).toEqual(['print(', 'print(ratio(', 'print(', 'print(ratio(']);
    await keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });
    await keyboard.type(' ');
    expect(await panel.typed()).toBe('print(ratio(1, "a)" ))');
  });

  test('keeps the keys that it acts on: VS Code, which hears of the others, would act too', async ({ open }) => {
    const panel = await inInputLine(await open({ history: ['x = 1'] }));
    await panel.page.evaluate(() => {
      Reflect.set(window, 'heard', []);
      window.addEventListener('keydown', ({ key }) => (Reflect.get(window, 'heard') as string[]).push(key));
    });
    const { keyboard } = panel.page;
    await keyboard.type('ab');
    for (const key of ['Control+z', 'Control+y', 'Control+a', 'Backspace', 'Control+r', 'Escape', 'F6'])
      await keyboard.press(key);
    expect(await panel.page.evaluate(() => Reflect.get(window, 'heard') as string[])).toEqual(
      expect.not.arrayContaining(['z', 'y', 'r', 'Escape']),
    );
    expect(await panel.page.evaluate(() => Reflect.get(window, 'heard') as string[])).toContain('F6');
  });

  test('is left at Escape for the last command, without a jump', async ({ open }) => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    for (let index = 1; index <= 60; index++) session.ran(`value_${String(index)}`, { value: String(index) });
    const panel = await inInputLine(await open({ model }));
    await panel.command(59).waitFor();
    await panel.command(0).waitFor({ state: 'attached' }); // the last that is drawn
    const scrolled = (): Promise<number> => panel.page.locator('.log').evaluate((log) => log.scrollTop);
    const before = await scrolled();
    await panel.page.keyboard.press('Escape');
    await panel.page.locator('article:focus', { hasText: 'value_60' }).waitFor();
    expect(await scrolled()).toBe(before);
  });

  test('is calm when the session does not answer', async ({ open }) => {
    const panel = await inInputLine(await open());
    panel.complete = () => new Promise(() => undefined);
    await panel.page.keyboard.type('fares');
    await panel.page.keyboard.press('Enter');
    await eventually(() => expect(panel.calls).toEqual(['runInput fares']));
    expect(await panel.suggestions.count()).toBe(0);
  });

  test('keeps what was typed before the editor had been loaded', async ({ open }) => {
    const panel = await open();
    await panel.page.locator('.entry textarea, .entry .cm-content').first().click();
    await panel.page.keyboard.type('early = 1');
    await panel.page.locator('.entry .cm-content').waitFor();
    await eventually(async () => expect(await panel.typed()).toBe('early = 1'));
  });

  test('takes under 16 ms of the processor a key', async ({ open, browser }) => {
    const model = new PanelModel();
    emptyScene(model);
    const { page } = await inInputLine(await open({ model }));
    if (typeof browser === 'string') return;
    const text = 'total = sum(fares) / len(fares) + offset * 3 - minimum';
    const tasks = await TaskTimes.start(browser, page);
    await tasks.begin('keys');
    await page.keyboard.type(text);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    const times = (await tasks.stop()).get('keys');
    const each = (times?.total ?? NaN) / text.length;
    console.log(`a key in the input line: ${each.toFixed(1)} ms`);
    expect(each).toBeGreaterThan(0);
    expect(each).toBeLessThan(16);
  });

  test('has no barriers while something is typed', async ({ open }) => {
    const panel = await inInputLine(await open());
    await panel.page.keyboard.type('for x in y:');
    expect(await barriers(panel)).toEqual([]);
  });
});
