import { describe, expect, test } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { CommandEntry } from '../../../src/protocol/panelEntries.js';
import { LONGEST_FORM, readSavedSession, SAVED, writeSavedSession } from '../../../src/savedSessions/savedSession.js';
import { busyScene, endedScene } from '../../support/panelPage/scenes.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';

function commandsIn(text: string): CommandEntry[] {
  return readSavedSession(text)?.entries.filter((entry) => entry.type === 'command') ?? [];
}

/** A file as anybody could write it, with these parts of one command. */
function fileWith(parts: readonly unknown[], command: object = {}): string {
  const status = { state: { kind: 'done' }, open: true };
  const entry = { key: 7, type: 'command', number: 1, source: 'x', sourceOmitted: 0, languageId: 'python' };
  const whole = { ...entry, evaluator: 'python', session: 'python', status, parts, ...command };
  return JSON.stringify({ version: 1, older: 0, entries: [whole, whole] });
}

const text = { head: ['one'], tail: [], total: 1 };

describe('a saved session', () => {
  test('has the sources, outputs and errors of what was saved', () => {
    const model = new PanelModel();
    endedScene(model);
    const entries = model.entries(LONGEST_FORM);
    const before = entries.filter((entry) => entry.type === 'command');
    const after = commandsIn(writeSavedSession(entries, 3));
    expect(after.map(({ source, number, parts }) => [source, number, parts.length])).toEqual(
      before.map(({ source, number, parts }) => [source, number, parts.length]),
    );
    expect(readSavedSession(writeSavedSession(entries, 3))?.older).toBe(3);
  });

  test('keeps long text and large images, unlike a reload of the window', () => {
    const model = new PanelModel();
    const image = 'A'.repeat(1_000_000);
    const lines = Array.from({ length: 400 }, (_, line) => `${String(line)} ${'x'.repeat(90)}\n`).join('');
    new ScriptedSession(model).add('much()').start().stdout(lines).display({ 'image/png': image }).ok().close();
    const [command] = commandsIn(writeSavedSession(model.entries(LONGEST_FORM), 0));
    const [stdout, display] = command?.parts ?? [];
    expect(stdout?.type === 'stdout' && stdout.text.head.length + stdout.text.tail.length).toBe(400);
    expect(display).toMatchObject({ forms: { drawn: [{ mime: 'image/png', data: image }] } });
  });

  test('shows what ran as ended then', () => {
    const model = new PanelModel();
    busyScene(model);
    const states = commandsIn(writeSavedSession(model.entries(), 0)).map(({ status }) => status.state);
    expect(states.slice(-3)).toMatchObject([
      { kind: 'died', detail: 'saved while running' },
      { kind: 'cancelled' },
      { kind: 'cancelled' },
    ]);
  });

  test.each(['', '{', '[]', '{"version":2,"older":0,"entries":[]}', fileWith([{ type: 'unknown' }])])(
    'is refused if it is not valid: %#',
    (file) => {
      expect(readSavedSession(file)).toBeUndefined();
    },
  );

  test('belongs to one session and has keys of its own, whatever the file says', () => {
    const read = readSavedSession(fileWith([{ id: 0, type: 'stdout', text }], { session: 'another' }));
    expect(read?.entries.map(({ key, session }) => [key, session])).toEqual([
      [1, SAVED],
      [2, SAVED],
    ]);
  });

  test('opens no files, runs no scripts and leads to no programs', () => {
    const frame = { file: '//evil/share/x.py', line: 1, label: 'x', function: 'f', openable: true, command: 1 };
    const error = {
      id: 0,
      type: 'error',
      name: 'E',
      message: '',
      frames: [frame],
      framesOmitted: 0,
      related: [{ kind: 'cause', depth: 0, name: 'E', message: '', frame }],
    };
    const run = (href: string): unknown => ({ runs: [['link', { href }]] });
    const links = ['command:evil', 'file:///etc/passwd', 'https://good.test/'].map(run);
    const plotly = {
      mime: 'application/vnd.plotly.v1+json',
      size: 2,
      data: '{}',
      scripts: true,
      plotlyScript: '/evil.js',
    };
    const html = { mime: 'text/html', size: 9, data: '<script>1</script>', scripts: true, figure: 'command:f' };
    const value = { id: 2, type: 'value', text, forms: { drawn: [plotly, html], undrawn: [] } };
    const stdout = { id: 1, type: 'stdout', text: { head: links, tail: [], total: 0 } };
    const origin = { uri: 'file://evil/share', firstLine: 0, lastLine: 0 };
    const file = fileWith([error, stdout, value], { origin });
    const [command] = commandsIn(file);
    const read = JSON.stringify(command);
    for (const part of ['command:', '/etc/passwd', 'evil.js', 'plotly', '"openable":true', '"scripts"', '"origin"'])
      expect(file, part).toContain(part.replace('"origin"', 'origin'));
    for (const part of ['command:', '/etc/passwd', 'evil.js', 'plotly', '"openable":true', '"scripts"', '"origin"'])
      expect(read, part).not.toContain(part);
    expect(read).toContain('https://good.test/');
    expect(command?.parts[1]).toMatchObject({ text: { total: 3 } });
    expect(command?.status.open).toBe(false);
  });

  test('is shown by a model of its own, which runs none of it again', () => {
    const model = new PanelModel();
    const { entries, older } = readSavedSession(fileWith([{ id: 0, type: 'stdout', text }])) ?? {
      entries: [],
      older: 0,
    };
    model.setStatus({ title: 'x', evaluator: 'python', session: SAVED, state: 'none' });
    model.load(entries, older);
    expect(model.keys()).toEqual([1, 2]);
    expect(model.output(1)).toBe('one\n');
    expect(model.status().state).toBe('none');
  });
});
