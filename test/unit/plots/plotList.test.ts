import { expect, test } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { MOST_PLOTS, PlotList, type RemovedPlots } from '../../../src/plots/plotList.js';
import { ShownPlot } from '../../../src/plots/shownPlot.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { png } from '../../support/panelPage/png.js';

const picture = { 'text/plain': '<Figure>', 'image/png': png(40, 20) };
const drawing = { 'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="10"/>' };

/** A small image whose header states another size. */
function claiming(width: number, height: number): string {
  const bytes = Buffer.from(png(1, 1), 'base64');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes.toString('base64');
}

function listOf(model = new PanelModel(), removed: string[] = []) {
  let changes = 0;
  const kept: RemovedPlots = {
    get: () => removed,
    set: (ids) => {
      removed.splice(0, removed.length, ...ids);
    },
  };
  const list = new PlotList(model, kept, () => {
    changes += 1;
  });
  const titles = (): string[] => list.plots.map(({ title }) => title);
  return { model, list, titles, removed, session: new ScriptedSession(model), changes: () => changes };
}

test('images and drawings of commands are plots, newest first, with the first line of their code', () => {
  const { list, session } = listOf();
  session.ran('1 + 1', { value: '2' });
  session.add('\nplot(a)\nplot(b)').start().display(picture).display(drawing).ok();
  session.add('third').start().returns(picture);
  expect(list.plots.map(({ title, command, mime, width, height }) => [title, command, mime, width, height])).toEqual([
    ['third', 3, 'image/png', 40, 20],
    ['plot(a)', 2, 'image/svg+xml', 30, 10],
    ['plot(a)', 2, 'image/png', 40, 20],
  ]);
});

test('of an output in several forms, the richest image is the plot', () => {
  const { list, session } = listOf();
  session
    .add('both')
    .start()
    .display({ ...picture, ...drawing, 'text/html': '<p>x</p>' })
    .ok();
  expect(list.plots.map(({ mime }) => mime)).toEqual(['image/svg+xml']);
});

test('a chart that scripts draw, and an image that is too large, say why they are not drawn', () => {
  const { list, session } = listOf();
  session.add('chart').start().display({ 'text/html': '<div id="c"></div><script>draw()</script>' }).ok();
  session.add('table').start().display({ 'text/html': '<table></table>' }).ok();
  session
    .add('large')
    .start()
    .display({ 'image/png': claiming(9000, 8000) })
    .ok();
  expect(list.plots.map(({ title, obstacle }) => [title, obstacle])).toEqual([
    ['large', 'large'],
    ['chart', 'scripts'],
  ]);
});

test('plots go with their commands, and text changes nothing', () => {
  const { list, model, session, titles, changes } = listOf();
  const first = session.add('first').start().display(picture);
  const second = session.add('second').start().display(picture).ok();
  expect(titles()).toEqual(['second', 'first']);
  const before = changes();
  first.stdout('a\n');
  const afterPart = changes();
  first.stdout('b\n').stdout('c\n');
  expect([afterPart > before, changes()]).toEqual([true, afterPart]);
  model.delete(model.keyOf(second.results) ?? 0);
  expect(titles()).toEqual(['first']);
  first.clears().ok();
  expect(list.plots).toEqual([]);
});

test('a removed plot stays in the transcript, and is not listed again in the next window', () => {
  const { list, model, session, titles, removed } = listOf();
  for (const title of ['one', 'two']) session.add(title).start().display(picture).ok();
  list.remove([list.plots[0]?.id ?? '']);
  expect(titles()).toEqual(['one']);
  expect(listOf(model, removed).titles()).toEqual(['one']);
  expect(model.entries()).toHaveLength(2);
});

test('only the newest plots are listed', () => {
  const { titles, session } = listOf();
  for (let count = 0; count < MOST_PLOTS + 5; count++) session.add(String(count)).start().display(drawing).ok();
  expect(titles()).toHaveLength(MOST_PLOTS);
  expect([titles()[0], titles().at(-1)]).toEqual([String(MOST_PLOTS + 4), '5']);
});

test('a new plot comes to the front; until then, the one that the user chose stays there', () => {
  const { list, session } = listOf();
  const shown = new ShownPlot();
  const update = (): boolean => shown.update(list.plots);
  for (const title of ['one', 'two', 'three']) session.add(title).start().display(picture).ok();
  expect([update(), shown.current?.title]).toEqual([true, 'three']);
  shown.step(1);
  shown.step(1);
  shown.step(1);
  expect([update(), shown.current?.title]).toEqual([false, 'one']);
  shown.step(-1);
  list.remove([shown.current?.id ?? '']);
  expect([update(), shown.current?.title]).toEqual([false, 'one']);
  session.add('four').start().display(picture).ok();
  expect([update(), shown.current?.title]).toEqual([true, 'four']);
  list.remove(list.plots.map(({ id }) => id));
  expect([update(), shown.current]).toEqual([false, undefined]);
});
