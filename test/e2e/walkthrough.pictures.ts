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

/** With few colors and without loss, a WebP is sharp, and takes a quarter of a PNG's size. */
async function take({ page }: Workbench, name: string): Promise<void> {
  await page.mouse.move(530, 330);
  await page.getByRole('tooltip').waitFor({ state: 'hidden' });
  const png = (await page.locator('.part.editor').screenshot()).toString('base64');
  const webp = await page.evaluate(toWebp, png);
  await writeFile(inRoot('media', 'walkthrough', `${name}.webp`), Uint8Array.from(webp));
}

/** Runs in the page. */
async function toWebp(png: string): Promise<number[]> {
  const SAME_COLOR = 24 ** 2;
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (each) => each.charCodeAt(0))]));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas.');
  context.drawImage(bitmap, 0, 0);
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const byCount = [...counts.keys()].toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const distance = (a: number, b: number): number =>
    [0, 8, 16].reduce((sum, at) => sum + (((a >> at) & 255) - ((b >> at) & 255)) ** 2, 0);
  const kept: number[] = [];
  for (const color of byCount) if (kept.every((each) => distance(each, color) > SAME_COLOR)) kept.push(color);
  const nearest = new Map(
    byCount.map((color) => [color, kept.reduce((a, b) => (distance(color, b) < distance(color, a) ? b : a))]),
  );
  pixels.forEach((pixel, at) => (pixels[at] = nearest.get(pixel) ?? pixel));
  context.putImageData(image, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 1 });
  return Array.from(new Uint8Array(await blob.arrayBuffer()));
}
