import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { heavyDrawings } from '../../support/panelPage/heavyDrawings.js';
import { heavyMarkup } from '../../support/panelPage/heavyMarkup.js';
import { heavyOutputs, tallOutputs, type HeavyOutput } from '../../support/panelPage/heavyOutputs.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { heavyTexts } from '../../support/panelPage/heavyTexts.js';
import { realisticOutputs } from '../../support/panelPage/realisticOutputs.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { TaskTimes } from '../../support/panelPage/taskTimes.js';
import { test } from '../../support/panelPage/test.js';

/**
 * In milliseconds of the processor's time. The limits are chosen for 200; a slow or busy machine takes twice as long.
 */
const LONGEST_TASK = 400;
/** What is too long is measured again, alone. */
const TIMES = 3;
/** All take more than a minute: EXTSESSION_TEST_HEAVY=all. */
const isTaken = (index: number): boolean => process.env.EXTSESSION_TEST_HEAVY === 'all' || index % 16 === 0;

/* The policy speaks up when such markup is parsed, in a document that is never shown. */
test.override(
  'expectedProblems',
  /^(Executing|Applying) inline .* violates|^policy: (script-src-attr|style-src-\w+) inline/,
);

/** So many stand in the panel at a time. */
const BATCH = 10;

/** With a command behind them, until all are drawn. */
async function show(panel: PanelPage, outputs: readonly HeavyOutput[]): Promise<void> {
  panel.model.clear();
  const session = new ScriptedSession(panel.model);
  for (const { bundle } of outputs)
    session
      .add('value')
      .start()
      .returns({ 'text/plain': 'as text', ...bundle })
      .close();
  const behind = `behind(${JSON.stringify(names(outputs))})`;
  session.ran(behind);
  await expect.poll(() => areDrawn(panel, behind), { timeout: 20_000, message: names(outputs) }).toBe(true);
}

/** A page that is held up gives no answer. */
async function areDrawn(panel: PanelPage, behind: string): Promise<boolean | undefined> {
  return await Promise.race([
    panel.page.evaluate(async (source) => {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const last = [...document.querySelectorAll('article.cmd .source')].at(-1);
      return last?.textContent.startsWith(source.slice(0, 200)) && document.querySelector('.form:empty') === null;
    }, behind),
    new Promise<undefined>((resolve) => setTimeout(resolve, 10_000, undefined)),
  ]);
}

function names(outputs: readonly HeavyOutput[]): string {
  return outputs.map(({ name }) => name).join(', ');
}

/** It is as tall as its lines: what is above it would be too far away to be drawn. */
function isText({ bundle }: HeavyOutput): boolean {
  return 'text/plain' in bundle;
}

/** A batch is seen as a whole when none of it is tall. */
async function keepLow(panel: PanelPage): Promise<void> {
  await panel.page.evaluate(() => {
    document.documentElement.style.setProperty('--tallest', '100px');
  });
}

/** The outputs that hold the page up longer than they may, and how long. */
async function tooLong(
  { browser, panel }: { readonly browser: Browser; readonly panel: PanelPage },
  batches: readonly (readonly HeavyOutput[])[],
): Promise<(readonly [output: readonly HeavyOutput[], time: number])[]> {
  const tasks = await TaskTimes.start(browser, panel.page);
  for (const batch of batches) {
    await tasks.begin(names(batch));
    await show(panel, batch);
  }
  const stretches = await tasks.stop();
  return batches
    .map((batch) => [batch, stretches.get(names(batch))?.longest ?? Infinity] as const)
    .filter(([, time]) => time > LONGEST_TASK);
}

test('no output holds the page up', { timeout: 900_000 }, async ({ browser, open }) => {
  const panel = await open({ height: 1600 });
  if (typeof browser === 'string') return;
  await keepLow(panel);
  const heavy = [...heavyOutputs(), ...heavyMarkup(), ...heavyDrawings(), ...heavyTexts()];
  const outputs = [...heavy.filter(({ worst }, index) => worst ?? isTaken(index)), ...realisticOutputs()];
  const low = outputs.filter((output) => !isText(output));
  const batches = [
    ...outputs.filter(isText).map((output) => [output]),
    ...Array.from({ length: Math.ceil(low.length / BATCH) }, (_, index) =>
      low.slice(index * BATCH, (index + 1) * BATCH),
    ),
  ];
  let long = await tooLong({ browser, panel }, batches);
  for (let times = 0; times < TIMES && long.length > 0; times++) {
    const alone = long.flatMap(([batch]) => batch.map((output) => [output]));
    long = await tooLong({ browser, panel }, alone);
  }
  expect(long.map(([batch, time]) => `${names(batch)}: ${String(time)} ms`)).toEqual([]);
});

test('what libraries produce is drawn', { timeout: 120_000 }, async ({ open }) => {
  const panel = await open({ height: 1600 });
  await keepLow(panel);
  for (const { drawn, ...output } of realisticOutputs()) {
    await show(panel, [output]);
    const [selector, count] = drawn;
    await expect.poll(() => panel.command(0).locator(selector).count(), { message: output.name }).toBe(count);
  }
});

test('no output is so tall that what follows is out of reach', { timeout: 120_000 }, async ({ open }) => {
  const panel = await open({ height: 1600 });
  await keepLow(panel);
  const outputs = [...tallOutputs()];
  while (outputs.length > 0) {
    const batch = outputs.splice(0, BATCH);
    await show(panel, batch);
    for (const [index, { name }] of batch.entries())
      expect((await panel.command(index).boundingBox())?.height, name).toBeLessThan(180);
  }
});

test('formulas that come at once are drawn a few in a frame', async ({ open }) => {
  const panel = await open({ height: 1600 });
  const latex = `$$${String.raw`\frac{x^2}{\sqrt{y}} + `.repeat(20)}1$$`;
  await panel.page.evaluate(() => {
    const drawn: number[] = [0];
    const note = (): void => {
      drawn.push(document.querySelectorAll('.markup').length);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    Reflect.set(window, 'drawnInFrames', drawn);
  });
  const command = new ScriptedSession(panel.model).add('formulas()').start();
  for (let count = 0; count < 40; count++) command.display({ 'text/latex': latex });
  command.close();
  await expect.poll(() => panel.page.locator('.markup').count()).toBe(40);
  const drawn = await panel.page.evaluate(() => Reflect.get(window, 'drawnInFrames') as number[]);
  const inFrames = drawn.slice(1).map((count, index) => count - (drawn[index] ?? 0));
  expect(Math.max(...inFrames)).toBeLessThan(20);
});

test('an output that is taller than it may be scrolls, by keyboard too, and lets go at its end', async ({ open }) => {
  const panel = await open({ height: 700 });
  await show(panel, [{ name: 'lines', bundle: { 'text/html': `${'<p>line</p>'.repeat(100)}<p>last line</p>` } }]);
  const output = panel.command(0).getByRole('group', { name: 'Output' });
  const last = output.getByText('last line');
  await output.focus();
  await panel.page.keyboard.press('End');
  await expect.poll(async () => (await last.boundingBox())?.y).toBeLessThan(640);
  await panel.page.keyboard.press('ArrowUp');
  expect(await output.evaluate((node) => node === document.activeElement)).toBe(true);
  await panel.page.keyboard.press('Escape');
  await panel.page.keyboard.press('ArrowDown');
  await expect.poll(() => panel.command(1).evaluate((node) => node === document.activeElement)).toBe(true);
});
