import type { BrowserContext } from 'playwright-core';
import { describe, expect } from 'vitest';
import { plotlyMarkup } from '../../../src/panel/scripts/plotlyMarkup.js';
import { Outside } from '../../support/panelPage/outside.js';
import { openOutput, openPage, type OutputPage } from '../../support/panelPage/outputPage.js';
import {
  around,
  departures,
  dialling,
  leaving,
  locals,
  reached,
  requests,
  trying,
} from '../../support/panelPage/reachOut.js';
import { test as base } from '../../support/panelPage/test.js';

const test = base
  .extend('outside', async ({}, { onCleanup }) => {
    const outside = await Outside.open();
    onCleanup(() => {
      outside.close();
    });
    return outside;
  })
  .extend('context', async ({ browser, skip }, { onCleanup }): Promise<BrowserContext> => {
    if (typeof browser === 'string') return skip(browser);
    const context = await browser.newContext();
    onCleanup(() => context.close());
    return context;
  })
  .extend(
    'run',
    ({ context, outside }) =>
      (markup: string) =>
        openOutput({ context, outside, markup }),
  );

/** What scripts of the output noted with `note(...)`. */
async function notes({ frame }: OutputPage, count: number): Promise<unknown[]> {
  await frame.waitForFunction((least) => ((Reflect.get(window, 'notes') ?? []) as unknown[]).length >= least, count);
  return frame.evaluate(() => Reflect.get(window, 'notes') as unknown[]);
}

const NOTE = '<script>var notes = []; const note = (...values) => { notes.push(...values) }</script>';

describe('an output whose scripts may run', () => {
  test('runs them in their order, each where it stands, in one scope', async ({ run }) => {
    const output = await run(`${NOTE}
      <script>const first = 1; let second = 2</script>
      <p id="before"></p>
      <script>
        note(first + second, typeof before, typeof after, document.currentScript.previousElementSibling.id);
        document.write('<i id="written"></i>');
        note(typeof written);
        document.addEventListener('DOMContentLoaded', () => note('ready ' + typeof after));
        window.addEventListener('load', () => note('loaded'));
      </script>
      <p id="after"></p>
      <script type="module">note('module ' + typeof after + this)</script>
      <script type="text/template">note('no script')</script>`);
    expect(await notes(output, 8)).toEqual([
      3,
      'object',
      'undefined',
      'before',
      'object',
      'module objectundefined',
      'ready object',
      'loaded',
    ]);
    expect(output.errors).toEqual([]);
  });

  test('runs handlers in its markup, and scripts that it makes later', async ({ run }) => {
    const output = await run(`${NOTE}
      <button id="button" onclick="note(event.type, this.id)">press</button>
      <img src="nowhere" onerror="note('no image')">
      <script>
        const late = document.createElement('script');
        late.textContent = 'note("late")';
        document.body.append(late);
      </script>`);
    expect(await notes(output, 2)).toEqual(expect.arrayContaining(['late', 'no image']));
    await output.frame.getByRole('button').click();
    expect((await notes(output, 4)).slice(2)).toEqual(['click', 'button']);
  });

  test('compiles code, and computes in workers', async ({ run }) => {
    const output = await run(`${NOTE}<script>
      note(new Function('return 6 * 7')());
      const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(6 * 7)'])));
      worker.onmessage = ({ data }) => note(data);
    </script>`);
    expect(await notes(output, 2)).toEqual([42, 42]);
  });

  test('shows frames that it brings, whose scripts run too', async ({ run }) => {
    const inner =
      '<p>still</p><script>document.querySelector("p").textContent = "alive " + typeof RTCPeerConnection</script>';
    const output = await run(`<iframe srcdoc='${inner}'></iframe>`);
    await output.frame.frameLocator('iframe').getByText('alive undefined').waitFor();
  });

  test('can be a Plotly figure, drawn by the library that comes with it', async ({ run }) => {
    const figure = {
      data: [{ name: '</script><!--' }],
      layout: { title: 'x' },
      frames: [{}],
      config: { scrollZoom: true },
    };
    const plotlyJs = `var Plotly = {
      newPlot: async (...shown) => { window.shown = shown },
      addFrames: () => { window.framed = true },
    }`;
    const { frame } = await run(plotlyMarkup(JSON.stringify(figure), plotlyJs));
    await frame.waitForFunction(() => Reflect.has(window, 'framed'));
    const shown = await frame.evaluate(() => (Reflect.get(window, 'shown') as unknown[]).slice(1));
    const config = { responsive: true, scrollZoom: true, modeBarButtonsToRemove: ['toImage', 'sendChartToCloud'] };
    expect(shown).toEqual([figure.data, figure.layout, config]);
  });

  test('has its links opened by VS Code, when the user clicks them', async ({ run }) => {
    const output =
      await run(`<a href="https://example.test/a">a link</a><a id="top" href="#end">a place</a><a href="elsewhere.html">a file</a><p id="end">still here</p>
      <script>parent.postMessage({ type: 'openLink', href: 'https://unasked.test/' }, '*'); document.querySelector('a').click()</script>`);
    await output.frame.getByText('a place').click();
    expect(await output.frame.evaluate(() => document.querySelector(':target')?.id)).toBe('end');
    await output.frame.getByText('a file').click();
    await output.frame.getByText('a link').click();
    await expect.poll(() => output.sent).toEqual([{ type: 'openLink', href: 'https://example.test/a' }]);
    await output.frame.getByText('still here').waitFor();
  });
});

describe('scripts of an output', () => {
  test('reach no storage, no document around them and no address', async ({ run, outside, context }) => {
    const output = await run(trying(outside, locals, around, requests));
    const got = await reached(output.frame);
    expect(got.filter((name) => name in locals || name in around)).toEqual([]);
    expect(outside.requests).toEqual([]);

    // The attempts are worth something: a page with nothing around it gets there.
    const bare = await openPage({ context, outside, markup: trying(outside, locals, requests) });
    expect(await reached(bare.page.mainFrame())).toEqual(expect.arrayContaining(Object.keys(locals)));
    await expect
      .poll(() => [...new Set(outside.requests)].sort())
      .toEqual(expect.arrayContaining(Object.keys(requests)));
  });

  test.for(departures)('stay where they are, whatever they try: %s', async (departure, { run, outside, context }) => {
    const output = await run(leaving(outside, departure));
    // A page with nothing around it goes there; what the frame asked for came before.
    const bare = await openPage({
      context,
      outside,
      markup: leaving(outside, departure.replaceAll('away', 'control')),
    });
    await expect.poll(() => outside.requests).toContain('control');
    expect(outside.requests).not.toContain('away');
    expect(output.page.url()).toBe(`http://${outside.host}/page`);
    const others = context.pages().filter((page) => page !== bare.page && !page.url().endsWith('/control'));
    expect(others).toEqual([output.page]);
  });

  test('send no packets, not from frames that they make either', async ({ run, outside, context }) => {
    const output = await run(dialling(outside));
    await output.frame.waitForFunction(() => Reflect.has(window, 'tried'));
    const control = await Outside.open();
    await openPage({ context, outside: control, markup: dialling(control) });
    await expect.poll(() => control.packets).toBeGreaterThan(0);
    control.close();
    expect(outside.packets).toBe(0);
  });

  test('hear nothing from the scripts of another output', async ({ run }) => {
    const listening = `${NOTE}<script>
      const channel = new BroadcastChannel('x');
      channel.onmessage = ({ data }) => note(data);
    </script>`;
    const first = await run(listening);
    const second = await run(listening);
    for (const [output, text] of [
      [second, 'of the other'],
      [first, 'of my own'],
    ] as const)
      await output.frame.evaluate((data) => {
        new BroadcastChannel('x').postMessage(data);
      }, text);
    expect(await notes(first, 1)).toEqual(['of my own']);
    expect(await notes(second, 1)).toEqual(['of the other']);
  });

  test('cannot pose as the page around them', async ({ run, outside }) => {
    const output = await run(`${NOTE}<script>
      parent.postMessage({ type: 'run', source: 'x', evaluator: 'python' }, '*');
      parent.postMessage({ type: 'openLink', href: 'http://${outside.host}/' }, '*');
      note('sent');
    </script>`);
    await notes(output, 1);
    await output.page.evaluate(
      () =>
        new Promise((resolve) => {
          setTimeout(resolve);
        }),
    );
    expect(output.sent).toEqual([]);
  });
});
