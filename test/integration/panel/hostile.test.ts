import { expect } from 'vitest';
import type { ErrorInfo } from '../../../src/protocol/output.js';
import { hostileBundles, hostileLinks, hostileMarkup, hostileText } from '../../support/panelPage/hostile.js';
import { mutatingMarkup } from '../../support/panelPage/mutatingMarkup.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { test } from '../../support/panelPage/test.js';

const BATCH = 10;

/*
 * The policy speaks up when hostile markup is parsed, before the sanitiser has seen it: in a document that is never
 * shown and where nothing would run without a policy, too. What is shown is looked at node by node instead.
 */
test.override(
  'expectedProblems',
  /^(Executing|Applying) inline .* violates|^policy: (script-src-attr|style-src-\w+) inline|base-uri|base URI/,
);

/** Nothing ran, nothing was asked for (the fixture looks at that), and the panel is the only page. */
async function expectUnharmed(panel: PanelPage): Promise<void> {
  expect(await panel.page.evaluate(() => Reflect.get(globalThis, 'owned') as unknown)).toBeUndefined();
  expect(panel.page.url()).toBe('http://panel.test/');
  expect(panel.page.context().pages()).toHaveLength(2); // with the one that all are opened from
  expect(panel.page.frames()).toHaveLength(1);
  for (const link of panel.links) expect(link).toMatch(/^(https?:\/\/|mailto:)/);
  expect(panel.calls.filter((call) => !call.startsWith('open'))).toEqual([]);
  expect(await panel.page.locator('.markup').evaluateAll(harmfulNodes)).toEqual([]);
}

/** What stands in the panel and could run, load, lead astray or send something, if no policy were there. */
function harmfulNodes(hosts: readonly Element[]): string[] {
  const elements =
    'script, iframe, object, embed, applet, frame, link, meta, base, style, form, input, button, select, textarea, ' +
    'dialog, audio, video, source, animate, set, use, image, feImage, template, noscript, slot';
  const nodes = hosts.flatMap((host) => [...(host.shadowRoot?.querySelectorAll('*') ?? [])]);
  const harmless = ({ name, value }: Attr): boolean => {
    if (/^on|^(srcset|ping|target|action|formaction|autofocus|contenteditable|popover|is|data-.*)$/.test(name))
      return false;
    if (name === 'style') return !/url|fixed/i.test(value);
    if (name.endsWith('href')) return /^(https?:\/\/|mailto:|#)/.test(value);
    return name === 'src' ? value.startsWith('data:image/') : !/url\(\s*['"]?[^#]/.test(value);
  };
  return nodes
    .filter((node) => node.matches(elements) || ![...node.attributes].every(harmless))
    .map((node) => (node.cloneNode() as Element).outerHTML);
}

/** Clicks whatever says so, as a person would who was asked to. */
async function clickAll(panel: PanelPage): Promise<void> {
  for (const target of await panel.page.getByText('click', { exact: true }).all()) await target.dispatchEvent('click');
}

test('nothing runs and nothing leaves, whatever the form that it comes in', { timeout: 180_000 }, async ({ open }) => {
  const panel = await open({ height: 4000 });
  for (let first = 0; first < hostileBundles.length; first += BATCH) {
    panel.model.clear();
    const session = new ScriptedSession(panel.model);
    for (const bundle of hostileBundles.slice(first, first + BATCH))
      session
        .add('value')
        .start()
        .returns({ 'text/plain': 'harmless', ...bundle })
        .close();
    session.ran(`after_${String(first)}`);
    await panel.page.locator('.source', { hasText: `after_${String(first)}` }).waitFor();
    await expect.poll(() => panel.page.locator('.form:empty').count(), { timeout: 20_000 }).toBe(0);
    await clickAll(panel);
    await expectUnharmed(panel);
  }
  // The corpus would also pass if nothing were shown at all.
  await expect.poll(() => panel.links).toContain('http://owned.test/link');
});

test('markup looks like no part of the panel, and covers none', async ({ open }) => {
  const panel = await open();
  const session = new ScriptedSession(panel.model);
  for (const html of hostileMarkup.filter((markup) => /fixed|role=|:host/.test(markup)))
    session.add('value').start().returns({ 'text/html': html }).close();
  session.ran('after');
  await panel.commands.last().waitFor();
  await panel.page.getByText('Your session has expired').waitFor();
  const odd = await panel.page.locator('.markup').evaluateAll((hosts) =>
    hosts.flatMap((host) => {
      const nodes = [host, ...(host.shadowRoot?.querySelectorAll('*') ?? [])];
      return nodes
        .filter(
          (node) =>
            getComputedStyle(node).position === 'fixed' ||
            (node.hasAttribute('role') && node.getAttribute('class') !== 'frame'),
        )
        .map(({ outerHTML }) => outerHTML);
    }),
  );
  expect(odd).toEqual([]);
});

test('text is text: in sources, streams, tracebacks, names of files, notices and the header', async ({ open }) => {
  const panel = await open();
  const error: ErrorInfo = {
    name: hostileText,
    message: hostileText,
    traceback: `${hostileText}\nThe above exception\n`,
    frames: [1, 2].map((line) => ({ file: `/${hostileText}`, line, function: hostileText, source: hostileText })),
  };
  const origin = { uri: `file:///${hostileText}`, firstLine: 0, lastLine: 0 };
  const session = new ScriptedSession(panel.model);
  const command = session.add(hostileText, origin, hostileText).start();
  command.stdout(`${hostileText}\n`).stderr(`${hostileText}\n`).display({ 'text/plain': hostileText }, hostileText);
  command.fails(error).close();
  session.ran('x', { value: hostileText });
  panel.model.notify({
    kind: 'died',
    title: hostileText,
    detail: hostileText,
    actions: [{ title: hostileText, vscodeCommand: 'extsession.showLog' }],
  });
  panel.model.setStatus({
    title: hostileText,
    evaluator: hostileText,
    interpreterLabel: hostileText,
    state: 'dead',
    death: hostileText,
  });
  await panel.page.locator('.notice').waitFor();
  // The input line's editor has an image of its own, without a source.
  expect(await panel.page.locator('.panel :is(img[src], script, a)').count()).toBe(0);
  await clickAll(panel);
  await expectUnharmed(panel);
});

test('links in terminal text lead to pages and mailboxes only, and say where', async ({ open }) => {
  const panel = await open();
  const command = new ScriptedSession(panel.model).add('links()').start();
  for (const link of hostileLinks) command.stdout(`\x1b]8;;${link}\x07click\x1b]8;;\x07 \n`);
  command.stdout('\x1b]8;;https://example.org/a"onclick="x\x1b\\\x1b[31mclick\x1b[0m\x1b]8;;\x1b\\\n').ok().close();
  const link = panel.page.locator('.tl a');
  await link.waitFor();
  expect(await link.evaluate((node) => node.getAttributeNames())).toEqual(['href', 'title', 'class']);
  expect(await link.getAttribute('title')).toBe('https://example.org/a"onclick="x');
  await clickAll(panel);
  await expect.poll(() => panel.links).toEqual(['https://example.org/a%22onclick=%22x']);
  await expectUnharmed(panel);
});

test('the page trusts no link that the host sends', async ({ open }) => {
  const panel = await open();
  const command = new ScriptedSession(panel.model).add('x').start();
  await panel.commands.first().waitFor();
  const key = panel.model.keys().at(-1) ?? 0;
  const lines = hostileLinks.map((href) => ({ runs: [['click', { href }]] }));
  const part = { id: 0, type: 'stdout', text: { head: lines, tail: [], total: lines.length } };
  await panel.send({ type: 'update', seq: 0, changes: [{ type: 'part', key, part }] });
  await panel.page.getByText('click', { exact: true }).first().waitFor();
  expect(await panel.page.locator('.panel a').count()).toBe(0);
  command.ok().close();
});

test('the page takes no messages from other frames of the window', async ({ open }) => {
  const panel = await open();
  const insert = (text: string): unknown => ({ type: 'update', seq: 0, changes: [{ type: 'insert', text }] });
  await panel.page.evaluate((data) => {
    for (const origin of ['null', 'https://elsewhere.test'])
      window.dispatchEvent(new MessageEvent('message', { data, origin }));
  }, insert('forged'));
  await panel.send(insert('meant'));
  await expect.poll(() => panel.typed()).toContain('meant');
  expect(await panel.typed()).toBe('meant');
});

test('what is exported of hostile markup is as harmless, and the rest of it is there', async ({ open }) => {
  const panel = await open();
  const markups = [...hostileMarkup, ...mutatingMarkup, '<style>b { color: red }</style><b>kept</b>'];
  const drawn = await Promise.all(markups.map(async (markup) => (await panel.draw('text/html', markup)) ?? ''));
  await panel.page.evaluate((all) => {
    const { body } = Document.parseHTMLUnsafe(all.join(''));
    for (const { shadowRoot } of body.querySelectorAll('.markup')) shadowRoot?.firstElementChild?.remove(); // our styles
    document.body.append(body);
  }, drawn);
  const shown = panel.page.locator('body body .markup');
  expect(await shown.count()).toBeGreaterThan(hostileMarkup.length / 4);
  await expectUnharmed(panel);
  await shown.last().getByText('kept').waitFor();
  expect(drawn.at(-1)).toContain('kept');
  expect(drawn.at(-1)).toContain('table { max-width: none');
});
