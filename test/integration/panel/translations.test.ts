import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { scenes } from '../../support/panelPage/scenes.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { eventually, test } from '../../support/panelPage/test.js';
import { inRoot } from '../../support/project.mjs';

const english = JSON.parse(readFileSync(inRoot('media', 'l10n', 'bundle.l10n.json'), 'utf8')) as Record<string, string>;
/** Every text of the bundle, told apart from one that nobody translates. */
const marked = Object.fromEntries(Object.keys(english).map((text) => [text, `«${text}»`]));

const german = {
  'Restart session': 'Sitzung neu starten',
  idle: 'bereit',
  busy: 'beschäftigt',
  'Keyboard Shortcuts': 'Tasten',
  Close: 'Schließen',
  'Move between commands': 'Von Befehl zu Befehl gehen',
  'Type {0} code': '{0} eingeben',
  '{0} in {1}': 'In {1}, {0}',
  '{0} more frames, {1} in {2}': '{0} weitere Ebenen, davon {1} in {2}',
  '{0} lines': '{0} Zeilen',
  '{0} s': '{0} Sek.',
  'died ({0})': 'beendet, {0}',
  'exit code {0}': 'Code {0}',
};

describe("the panel's own words", () => {
  test('stand in the display language, and say so', async ({ open }) => {
    const panel = await open({ language: { language: 'de', translations: german } });
    const { page } = panel;
    scenes.empty(panel.model);
    await panel.header.getByText('bereit').waitFor();
    await panel.header.getByRole('button', { name: 'Sitzung neu starten' }).waitFor();
    await panel.input.getByText('Python eingeben').waitFor();
    await page.locator('.empty').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Tasten' });
    await help.getByText('Von Befehl zu Befehl gehen').waitFor();
    await help.getByRole('button', { name: 'Schließen' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
  });

  test('stand where the language puts them, around what is no word, with its numbers', async ({ open }) => {
    const model = new PanelModel();
    scenes.busy(model);
    scenes.long(model);
    const dead = new ScriptedSession(model).add('exit()').start();
    dead.settle({ status: 'died', exitCode: 3, signal: null }).close();
    const panel = await open({ model, language: { language: 'de', translations: german } });
    const failed = panel.page.locator('.row.error').first();
    await failed.getByRole('button', { name: '5 weitere Ebenen, davon 4 in pandas' }).waitFor();
    expect(await failed.locator('.where').textContent()).toBe('In load_zones, zones.py:31');
    await failed.getByRole('button', { name: 'zones.py:31' }).waitFor();
    await panel.page.getByText('beendet, Code 3').waitFor();
    await panel.page.getByText('12.391 Zeilen').waitFor();
    await panel.page.getByText('9,8 Sek.', { exact: true }).waitFor();
  });

  test('are in English, and the page too, where there are no translations', async ({ open }) => {
    const panel = await open({ language: { language: 'de', translations: undefined } });
    scenes.empty(panel.model);
    await panel.header.getByText('idle').waitFor();
    expect(await panel.page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('are words, whatever a translator writes', async ({ open }) => {
    const text = `</script><script>owned = 1</script><!--"'&amp;&quot;\\u003c{0}`;
    const translations = { ...german, idle: text, 'Restart session': text };
    const panel = await open({ language: { language: '"><b>', translations } });
    scenes.empty(panel.model);
    await panel.header.getByText(text).waitFor();
    expect(await panel.header.locator('vscode-button').nth(1).getAttribute('title')).toBe(text);
    expect(await panel.page.locator('html').getAttribute('lang')).toBe('en');
    expect(await panel.page.evaluate(() => Reflect.get(globalThis, 'owned') as unknown)).toBeUndefined();
  });

  test.for(Object.keys(scenes) as (keyof typeof scenes)[])(
    'are all in the bundle for translators: %s',
    async (name, { open }) => {
      const model = new PanelModel();
      scenes[name](model);
      const panel = await open({ model, language: { language: 'en', translations: marked } });
      await panel.header.locator('h1', { hasText: /./ }).waitFor();
      await panel.input.waitFor();
      await panel.page.keyboard.press('Control+f');
      if (name !== 'empty') await panel.commands.first().hover();
      const data = JSON.stringify([model.entries(), model.status()]);
      await eventually(async () => expect(await untranslated(panel, data)).toEqual([]));
    },
  );
});

/** Words of the page that are neither marked nor come from the host, the user's code or the names of keys. */
async function untranslated({ page }: PanelPage, data: string): Promise<string[]> {
  const words = await page.evaluate(() => {
    const elsewhere = '.source, .text, .err, .empty, .markup, kbd, .tree, .excerpt, .frames code, [aria-hidden]';
    const found: string[] = [];
    for (const node of document.querySelectorAll('.panel *')) {
      if (node.closest(elsewhere)) continue;
      if ([...node.childNodes].some((child) => child instanceof Text)) found.push(node.textContent);
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-placeholder', 'alt'])
        found.push(node.getAttribute(name) ?? '');
    }
    return found;
  });
  const isName = (text: string): boolean =>
    /^(Python|JavaScript|stderr|HTML|SVG|LaTeX|Markdown|PNG|JPEG|JSON)(, \d+ × \d+)?$|^\S+:\d+$/.test(text);
  const isOfHost = (text: string): boolean =>
    text.split('. ').every((sentence) => data.includes(JSON.stringify(sentence).slice(1, -1)));
  return words
    .map((text) => text.trim())
    .filter((text) => /\p{L}/u.test(text) && !text.includes('«') && !isName(text) && !isOfHost(text));
}
