import { expect } from 'vitest';
import type { HeavyOutput } from '../../support/panelPage/heavyOutputs.js';
import { paintedLong, paintedOften, paintedTooLong } from '../../support/panelPage/heavyPaint.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { TaskTimes } from '../../support/panelPage/taskTimes.js';
import { test } from '../../support/panelPage/test.js';

/** In milliseconds of the processor's time. The limits are chosen for 200; a slow machine takes several times that. */
const LONGEST_PAINT = 1000;
const DRAWN = 'img.image, .markup:not([style*="hidden"])';
const REASON = /would take too long to paint|too complex to be drawn/;

/* The policy speaks up when markup is parsed, in a document that is never shown. */
test.override('expectedProblems', /^Applying inline .* violates|^policy: style-src-\w+ inline/);

/** Alone in the panel, until it is drawn or shown as text. Its text tells it from the one before. */
async function show(panel: PanelPage, { name, bundle }: HeavyOutput): Promise<'drawn' | 'text'> {
  panel.model.clear();
  new ScriptedSession(panel.model)
    .add(`show(${JSON.stringify(name)})`)
    .start()
    .returns({ 'text/plain': `text of ${name}`, ...bundle })
    .close();
  const command = panel.page.locator('article.cmd', { has: panel.page.locator('.source', { hasText: name }) });
  const text = command.getByText(`text of ${name}`);
  const drawn = command.locator(DRAWN);
  await drawn.or(text).first().waitFor();
  if ((await drawn.count()) > 0) return 'drawn';
  await command.getByText(REASON).waitFor();
  return 'text';
}

test('what would take seconds to paint is shown as text, and says why', { timeout: 180_000 }, async ({ open }) => {
  const panel = await open({ height: 900, width: 700 });
  for (const output of paintedTooLong()) expect(await show(panel, output), output.name).toBe('text');
});

test(
  'what programs draw is painted, though it has hatches, shadows and dashes',
  { timeout: 120_000 },
  async ({ open }) => {
    const panel = await open({ height: 900, width: 700 });
    for (const output of paintedOften()) expect(await show(panel, output), output.name).toBe('drawn');
  },
);

test('what is painted takes no long time', { timeout: 180_000 }, async ({ browser, open }) => {
  const panel = await open({ height: 900, width: 700 });
  if (typeof browser === 'string') return;
  const outputs = [...paintedLong(), ...paintedOften()];
  const times = await TaskTimes.start(browser, panel.page);
  for (const output of outputs) {
    await times.begin(output.name);
    expect(await show(panel, output), output.name).toBe('drawn');
    await panel.page.screenshot(); // comes when all is painted
  }
  const stretches = await times.stop();
  const painted = outputs.map(({ name }) => [name, stretches.get(name)?.painted ?? Infinity] as const);
  expect(painted.filter(([, time]) => time > LONGEST_PAINT)).toEqual([]);
  // Otherwise nothing has been measured.
  expect(Math.max(...painted.map(([, time]) => time))).toBeGreaterThan(1);
});
