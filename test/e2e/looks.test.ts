import axe from 'axe-core';
import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';
import { pictureSize, themes, type Theme } from '../support/e2e/looks.js';
import type { Workbench } from '../support/e2e/workbench.js';

/*
 * Pictures of the editor and the panel for a person to judge, in dist/screenshots; and what a machine can judge of the
 * panel: contrast, names and roles.
 */

/** The next scene begins with the theme in which the last one ended. */
const order = Object.keys(themes) as Theme[];

const SOURCE = `# %% [markdown]
# ## Fares
# A day in **five** trips, see [the data](https://example.org).

# %% Load
import os, sys, time
fares = [7.5, 12.0, 9.25, 31.0]
print("kept", len(fares), "of 5")

# %% Mean
sum(fares) / len(fares)

# %% Look
{fare: round(fare * 1.19, 2) for fare in fares}
max(fares)

# %% Outside Python
os.system("echo from a shell; echo its complaint >&2")
sys.stderr.write("and a warning of ours\\n")

# %% Fails
def share(part, whole):
    return part / whole

share(sum(fares), 0)

# %% Long
for step in range(20000):
    print("step", step)
    time.sleep(0.05)

# %% Queued
print("when its time comes")

# %% Dies
os.abort()
`;

test('an empty panel', async ({ open }) => {
  const window = await open({ files: { 'none.py': '' } });
  await window.resize(pictureSize);
  await window.openFile('none.py');
  await window.runCommand('ExtSession: Open Session Panel');
  await window.panel.empty.waitFor();
  await lookAt(window, 'empty');
});

test('a busy panel, a failed command, a dead session, and cells with what became of them', async ({ open }) => {
  const window = await open({ files: { 'trips.py': SOURCE } });
  await window.resize(pictureSize);
  await window.openFile('trips.py');
  await window.goToLine(2);
  for (const done of ['## Fares', 'kept', 'sum(fares)', 'max(fares)', 'from a shell', 'share(']) {
    await window.runCommand('ExtSession: Run Cell and Advance');
    await window.panel.command(done).node.and(window.panel.settled).waitFor();
  }
  await window.editor.shows('14.9375', '31.0', '22', 'ZeroDivisionError');
  await lookAt(window, 'failed');

  await window.runCommand('ExtSession: Run Cell and Advance');
  await window.panel
    .command('range(20000)')
    .stdout.getByText(/^step \d\d/)
    .first()
    .waitFor();
  await window.runCommand('ExtSession: Run Cell and Advance');
  await window.panel.command('when its time').becomes('queued');
  await window.cursorAt(lineOf('# %% Dies'));
  await window.goToLine(lineOf('max(fares)'));
  await window.page.keyboard.press('End');
  await window.page.keyboard.type(' # in euros');
  await lookAt(window, 'busy');
  for (const [name, width] of [
    ['narrow', 900],
    ['wide', 2200],
  ] as const) {
    await window.resize({ width, height: 850 });
    await window.screenshot(`busy-${name}`);
  }
  await window.resize(pictureSize);

  await window.runCommand('ExtSession: Interrupt Session');
  await window.panel.command('range(20000)').becomes('interrupted');
  await window.goToLine(lineOf('os.abort()'));
  await window.runCommand('ExtSession: Run Cell in Session');
  await window.panel.command('os.abort').becomes('died');
  await lookAt(window, 'died');
  await window.editor.hoverResult();
  await window.editor.hover.getByRole('link', { name: 'Open in Panel' }).waitFor();
  await window.screenshot('editor-hover');
});

/** The line of SOURCE with that text; lines count from 1. */
function lineOf(text: string): number {
  return SOURCE.split('\n').indexOf(text) + 1;
}

/** Takes a picture in each theme, and lets axe look for what a person could not read or use. */
async function lookAt(window: Workbench, scene: string): Promise<void> {
  for (const theme of order) {
    await window.setTheme(theme);
    await window.screenshot(`${scene}-${theme}`);
    expect(await barriers(window), `${scene} in ${theme}`).toEqual([]);
  }
  order.reverse();
}

async function barriers(window: Workbench): Promise<string[]> {
  const frame = await window.panel.frame();
  await frame.evaluate(axe.source);
  const { violations } = await frame.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`),
  );
}
