import { test } from '../support/e2e/test.js';
import { pictureSize, themes, type Theme } from '../support/e2e/looks.js';

/* Pictures of the editor for a person to judge, in dist/screenshots. */

const SOURCE = `"""Fares of a small line."""

# %% Load
import time
import statistics

fares = [7.5, 12.0, 9.25, 31.0]
statistics.mean(fares)

# %% Look
{fare: round(fare * 1.19, 2) for fare in fares}
max(fares)

# %% Fails
def share(part, whole):
    return part / whole


share(sum(fares), 0)

# %% Long
time.sleep(60)

# %% Queued
len(fares)

# %% Not run
print("later")
`;

test('cells with what became of them', async ({ open }) => {
  const window = await open({ files: { 'fares.py': SOURCE } });
  await window.resize(pictureSize);
  await window.openFile('fares.py');
  await window.goToLine(4);
  for (const next of [10, 14, 21]) {
    await window.runCommand('ExtSession: Run Cell and Advance');
    await window.cursorAt(next);
  }
  await window.editor.shows('14.9375', '31.0', 'ZeroDivisionError');
  for (const next of [24, 27]) {
    await window.runCommand('ExtSession: Run Cell and Advance');
    await window.cursorAt(next);
  }
  await window.goToLine(7);
  await window.page.keyboard.press('End');
  await window.page.keyboard.type(' # in euros');
  for (const theme of Object.keys(themes) as Theme[]) {
    await window.setTheme(theme);
    await window.screenshot(`editor-${theme}`);
  }
  await window.editor.hoverResult();
  await window.editor.hover.getByRole('link', { name: 'Open in Panel' }).waitFor();
  await window.screenshot('editor-hover');
});
