import { writeFile } from 'node:fs/promises';
import { inRoot } from '../support/project.mjs';
import { test } from '../support/e2e/test.js';
import type { Workbench } from '../support/e2e/workbench.js';

/* The pictures of the walkthrough: only made by `npm run screenshots -- --readme`. */

const LINE = `squares = [n * n for n in range(10)]
print("squares:", squares)
sum(squares)

list(reversed(squares))
`;

const CELL = `# %% Load
import csv

rows = list(csv.reader(open("fares.csv")))
print(len(rows), "rows")

# %% Mean
fares = [float(fare) for _, fare in rows]
sum(fares) / len(fares)

# %% Not run yet
max(fares)
`;

const MAGICS = `# %% Magics run as in notebooks
import rates

%timeit -n 1000 rates.price(100)
names = !ls
names

# %% Edit rates.py and run this again
rates.price(100)
`;

test('the pictures of the walkthrough', async ({ open }) => {
  const window = await open({
    files: {
      'line.py': LINE,
      'cell.py': CELL,
      'fares.csv': 'Oslo,12.5\nRome,9.25\nLima,31\n',
      'magics.py': MAGICS,
      'rates.py': 'def price(net):\n    return net * 1.07\n',
    },
  });
  await window.page.setViewportSize({ width: 1060, height: 440 });
  await window.runCommand('View: Toggle Primary Side Bar Visibility');
  await window.openFile('line.py');
  await window.goToLine(1);
  for (const line of [2, 3, 5]) {
    await window.runCommand('ExtSession: Run Selection in Session');
    await window.cursorAt(line);
  }
  await window.editor.shows('285');
  await take(window, 'line');

  await window.runCommand('ExtSession: Clear Session Panel');
  await window.openFile('cell.py');
  await window.goToLine(2);
  await window.runCommand('ExtSession: Run Cell and Advance');
  await window.cursorAt(7);
  await window.runCommand('ExtSession: Run Cell and Advance');
  await window.editor.shows('17.58');
  await window.page.getByText('Run Above').first().waitFor();
  await take(window, 'cell');

  await window.runCommand('ExtSession: Clear Session Panel');
  await window.openFile('magics.py');
  await window.goToLine(2);
  await window.runCommand('ExtSession: Run Cell and Advance');
  await window.panel.command('%timeit').becomes('done');
  await window.writeFile('rates.py', 'def price(net):\n    return net * 1.19\n\n\nEDITED = True\n');
  await window.runCommand('ExtSession: Run Cell in Session');
  await window.panel.document.getByText('reloaded rates').waitFor();
  await window.editor.shows("['", '119');
  await take(window, 'magics');
});

/** A WebP takes a third of a PNG's size. */
async function take({ page }: Workbench, name: string): Promise<void> {
  await page.mouse.move(530, 330);
  await page.getByRole('tooltip').waitFor({ state: 'hidden' });
  const png = (await page.locator('.part.editor').screenshot()).toString('base64');
  const webp = await page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.65 });
    return Array.from(new Uint8Array(await blob.arrayBuffer()));
  }, png);
  await writeFile(inRoot('media', 'walkthrough', `${name}.webp`), Uint8Array.from(webp));
}
