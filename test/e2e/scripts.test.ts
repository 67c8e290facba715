import type { Frame } from 'playwright-core';
import { expect } from 'vitest';
import type { Command } from '../support/e2e/panel.js';
import { test } from '../support/e2e/test.js';
import { until } from '../support/e2e/until.js';
import type { Workbench } from '../support/e2e/workbench.js';
import { Outside } from '../support/panelPage/outside.js';
import { around, dialling, locals, reached, requests, trying } from '../support/panelPage/reachOut.js';

/** Python whose value is that page, of a class of that name. */
function pythonOf(name: string, markup: string): string {
  return `class ${name}:\n    def _repr_html_(self):\n        return ${JSON.stringify(markup)}\n\n${name}()\n`;
}

async function runPage(window: Workbench, name: string): Promise<Command> {
  await window.openFile(`${name}.py`);
  await window.runCommand('ExtSession: Run Cell in Session');
  const command = window.panel.command(`class ${name}`);
  await command.node.waitFor();
  await command.becomes('done');
  return command;
}

async function answer(window: Workbench, command: Command, button: string): Promise<void> {
  await command.node.getByRole('button', { name: 'Run scripts' }).click();
  await window.page.locator('.monaco-dialog-box').getByRole('button', { name: button, exact: true }).click();
}

/** The frame that an output's scripts run in, of the one page that is shown. */
async function outputFrame(window: Workbench): Promise<Frame> {
  let found: Frame | undefined;
  await until(async () => {
    for (const frame of window.page.frames()) {
      const sandbox = await frame
        .frameElement()
        .then((element) => element.getAttribute('sandbox'))
        .catch(() => undefined); // it has gone meanwhile
      if (sandbox === 'allow-scripts') found = frame;
    }
    return found !== undefined;
  }, 'the page is shown');
  if (!found) throw new Error('The page is not shown.');
  return found;
}

const tab = (window: Workbench) => window.page.locator('.tab', { hasText: 'Output of' }).last();

/** A figure as Plotly's renderer shows it, with a plotly.js of our own. */
const plotlyFiles = {
  'Figure.py': `class Figure:
    def _repr_mimebundle_(self, **_):
        return {
            "text/plain": "Plotly figure (1 scatter trace)",
            "application/vnd.plotly.v1+json": {"data": [{"y": list(range(200_000))}], "layout": {}},
            "application/vnd.extsession.plotlyjs": __import__("os").path.abspath("plotly.min.js"),
        }

Figure()
`,
  'plotly.min.js':
    "var Plotly = { newPlot: async (figure, data) => { figure.textContent = 'drew ' + data[0].y.length } }",
};

test('scripts of an output run in a page of their own once they are allowed, while it is shown', async ({ open }) => {
  const markup = '<p id="p">still</p><script>document.getElementById("p").textContent = "came " + "alive"</script>';
  const window = await open({ files: { 'Lively.py': pythonOf('Lively', markup), 'other.py': '', ...plotlyFiles } });
  const command = await runPage(window, 'Lively');
  await command.node.getByText('still', { exact: true }).waitFor();
  await answer(window, command, 'Cancel');
  await answer(window, command, 'Run Scripts');
  await expect.poll(() => window.textsOfFrames()).toContainEqual('came alive');
  await window.screenshot('script-page');

  await window.openFile('other.py');
  await expect.poll(() => window.textsOfFrames()).not.toContainEqual('came alive');
  await tab(window).click();
  await expect.poll(() => window.textsOfFrames()).toContainEqual('came alive');

  const figure = await runPage(window, 'Figure');
  await figure.node.getByText('Run scripts to draw this figure.').waitFor();
  await answer(window, figure, 'Run Scripts');
  await expect.poll(() => window.textsOfFrames()).toContainEqual('drew 200000');
});

test('scripts of an output reach nothing of VS Code and nothing outside', async ({ open, onTestFinished }) => {
  const outside = await Outside.open();
  onTestFinished(() => {
    outside.close();
  });
  const forging = `<script>
    const everyFrame = (target) => [target, ...Array.from({ length: target.length }, (_, at) => everyFrame(target[at])).flat()];
    for (const target of everyFrame(top)) {
      target.postMessage({ type: 'update', seq: 0, changes: [{ type: 'insert', text: 'print("for" + "ged")' }] }, '*');
      target.postMessage({ type: 'run', source: 'print("for" + "ged")', evaluator: 'python' }, '*');
      target.postMessage({ channel: 'onmessage', data: { message: { type: 'run', source: 'print("for" + "ged")', evaluator: 'python' } } }, '*');
      target.postMessage({ channel: 'did-click-link', data: { uri: 'http://${outside.host}/clicked' } }, '*');
    }
    window.heard = [];
    window.channel = new BroadcastChannel('x');
    channel.onmessage = ({ data }) => heard.push(data);
  </script>`;
  const markup = trying(outside, locals, around, requests) + dialling(outside) + forging;
  const window = await open({
    files: { 'Reaching.py': pythonOf('Reaching', markup), 'after.py': 'print("after")' },
    expectedProblems: /./,
  });
  await answer(window, await runPage(window, 'Reaching'), 'Run Scripts');
  const frame = await outputFrame(window);
  const got = await reached(frame);
  expect(got.filter((name) => name in locals || name in around)).toEqual([]);
  for (const [page, text] of [
    [window.page, 'from the workbench'],
    [frame, 'from itself'],
  ] as const)
    await page.evaluate((data) => {
      new BroadcastChannel('x').postMessage(data);
    }, text);
  await frame.waitForFunction(() => (Reflect.get(window, 'heard') as unknown[]).length > 0);
  expect(await frame.evaluate(() => Reflect.get(window, 'heard') as unknown)).toEqual(['from itself']);

  await window.page.keyboard.press('Control+1');
  await window.openFile('after.py');
  await window.runCommand('ExtSession: Run Cell in Session');
  await window.runCommand('ExtSession: Open Session Panel');
  await window.panel.command('after').becomes('done');
  expect(await window.panel.document.locator('.out', { hasText: 'forged' }).count()).toBe(0);
  expect(await window.panel.document.locator('.entry').textContent()).not.toContain('ged');
  expect(outside.requests).toEqual([]);
  expect(outside.packets).toBe(0);
});
