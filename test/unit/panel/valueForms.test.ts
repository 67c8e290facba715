import { Buffer } from 'node:buffer';
import { beforeEach, describe, expect, it } from 'vitest';
import { partBounds } from '../../../src/panel/model/outputParts.js';
import { imageSize } from '../../../src/panel/model/imageSize.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { restoreTranscript, saveTranscript } from '../../../src/panel/model/savedTranscript.js';
import { ValueForms } from '../../../src/panel/model/valueForms.js';
import { FIGURE_TYPE } from '../../../src/protocol/panelForms.js';
import type { MimeBundle } from '../../../src/protocol/output.js';
import type { CommandEntry } from '../../../src/protocol/panelEntries.js';
import { png } from '../../support/panelPage/png.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';

let model: PanelModel;
let session: ScriptedSession;
beforeEach(() => {
  model = new PanelModel();
  session = new ScriptedSession(model);
});

function command(longestData?: number): CommandEntry {
  const [entry] = model.entries(longestData);
  if (entry?.type !== 'command') throw new Error('The first entry is no command.');
  return entry;
}

describe('the forms of a value', () => {
  it('are in an order of richness, whatever order they came in, and name what cannot be drawn', () => {
    const bundle = { 'text/plain': 'x', 'image/png': png(2, 2), 'application/x-b': 1, 'text/html': ['<b>', 'x</b>'] };
    const forms = new ValueForms(bundle).block();
    expect(forms?.drawn.map(({ mime }) => mime)).toEqual(['text/html', 'image/png']);
    expect(forms?.drawn[0]?.data).toBe('<b>x</b>');
    expect(forms?.undrawn).toEqual(['application/x-b']);
  });

  it('are none when there is only text', () => {
    expect(new ValueForms({ 'text/plain': 'x' }).block()).toBeUndefined();
    expect(new ValueForms({ 'text/plain': 'x', 'text/html': ' ', 'text/latex': null }).block()).toBeUndefined();
  });

  it('come without data when these are long or too much to draw, and keep them for whoever asks', () => {
    const html = `<p>${'x'.repeat(50_000)}`;
    const huge = 'y'.repeat(500_000);
    const forms = new ValueForms({ 'text/html': html, 'text/markdown': huge });
    expect(forms.block()?.drawn).toEqual([
      { mime: 'text/html', size: html.length },
      { mime: 'text/markdown', size: huge.length, tooBig: true },
    ]);
    expect(forms.data('text/html')).toBe(html);
    expect(forms.data('text/markdown')).toBe(huge);
  });

  it('say where scripts belong to them, however long they are', () => {
    const small = '<p>still</p><SCRIPT>go()</SCRIPT>';
    const large = `<script>${'x'.repeat(500_000)}</script>`;
    expect(new ValueForms({ 'text/html': small }).block()?.drawn).toMatchObject([{ scripts: true, data: small }]);
    expect(new ValueForms({ 'text/html': large }).block()?.drawn).toMatchObject([{ scripts: true, tooBig: true }]);
    expect(new ValueForms({ 'text/html': 'a <scripted> b' }).block()?.drawn[0]).not.toHaveProperty('scripts');
  });

  it('keep a document that is only saved, and the name of the figure with its images', () => {
    const bundle = { 'image/png': png(2, 2), 'application/pdf': 'JVBERg==', [FIGURE_TYPE]: 'f-1' };
    const forms = new ValueForms(bundle);
    expect(forms.block()).toMatchObject({
      drawn: [{ mime: 'image/png', figure: 'f-1' }, { mime: 'application/pdf' }],
      undrawn: [],
    });
    expect(forms.data('application/pdf')).toBe('JVBERg==');
    expect(new ValueForms({ ...bundle, [FIGURE_TYPE]: 'f'.repeat(101) }).block()?.drawn[0]).not.toHaveProperty(
      'figure',
    );
  });

  it('include a Plotly figure if the script that draws it is there', () => {
    const figure = { data: [{ type: 'bar', y: [2, 3] }], layout: {} };
    const bundle = { 'text/plain': 'Plotly figure', 'application/vnd.plotly.v1+json': figure };
    expect(new ValueForms(bundle).block()).toEqual({ drawn: [], undrawn: ['application/vnd.plotly.v1+json'] });
    const forms = new ValueForms({ ...bundle, 'application/vnd.extsession.plotlyjs': '/x/plotly.min.js' });
    expect(forms.block()).toMatchObject({ drawn: [{ scripts: true, plotlyScript: '/x/plotly.min.js' }], undrawn: [] });
    expect(forms.data('application/vnd.plotly.v1+json')).toBe(JSON.stringify(figure));
  });

  it('survive a structure that cannot be written down', () => {
    const endless: Record<string, unknown> = {};
    endless.self = endless;
    expect(new ValueForms({ 'application/json': endless }).block()).toBeUndefined();
    expect(new ValueForms({ 'application/json': ['a', 'b'] }).data('application/json')).toBe('["a","b"]');
  });
});

describe('the size of an image', () => {
  const bytes = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
  const webp = (chunk: string): string => Buffer.from(`RIFF\0\0\0\0WEBP${chunk}`, 'latin1').toString('hex');
  it.for<[Parameters<typeof imageSize>[0], string, ReturnType<typeof imageSize>]>([
    ['image/png', png(31, 17), { width: 31, height: 17 }],
    ['image/gif', Buffer.from('GIF89a\x20\x00\x10\x00', 'latin1').toString('base64'), { width: 32, height: 16 }],
    [
      'image/jpeg',
      Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0001108002a0040030111', 'hex').toString('base64'),
      { width: 64, height: 42 },
    ],
    // A fill byte is before the second marker.
    ['image/jpeg', bytes('ffd8ffe00004aaaaffffc2001108002a0040030111'), { width: 64, height: 42 }],
    ['image/webp', bytes(`${webp('VP8 ')}0a0000000000009d012a40002a00`), { width: 64, height: 42 }],
    ['image/webp', bytes(`${webp('VP8L')}0a0000002f3f400a00`), { width: 64, height: 42 }],
    ['image/webp', bytes(`${webp('VP8X')}0a000000000000003f0000290000`), { width: 64, height: 42 }],
    // The data decide, not the type.
    ['image/jpeg', png(31, 17), { width: 31, height: 17 }],
    ['image/svg+xml', '<svg width="30pt" height="15pt" viewBox="0 0 1 1">', { width: 40, height: 20 }],
    ['image/svg+xml', "<?xml version='1.0'?><svg viewBox='0 0 12.4 6'>", { width: 12, height: 6 }],
    ['image/svg+xml', '<svg width="100%" height="100%">', undefined],
    ['image/png', 'no png', undefined],
    ['image/png', Buffer.alloc(64, 0xff).toString('base64'), undefined],
    ['image/jpeg', Buffer.from('ffd8ffe00000', 'hex').toString('base64'), undefined],
  ])('%s', ([mime, data, size]) => {
    expect(imageSize(mime, data)).toEqual(size);
  });

  it('decides whether it is decoded', () => {
    const header = bytes('89504e470d0a1a0a0000000d494844520000ea600000ea600802000000');
    expect(new ValueForms({ 'image/png': header }).block()?.drawn[0]).toMatchObject({ width: 60_000, tooBig: true });
    expect(new ValueForms({ 'image/png': png(31, 17) }).block()?.drawn[0]).not.toHaveProperty('tooBig');
  });
});

describe('a display with an id', () => {
  const text = (value: string): MimeBundle => ({ 'text/plain': value });

  it('takes the place of the one that the same command displayed before', () => {
    const shown = session.add('bar()').start();
    shown.display(text('1'), 'a').stdout('between\n').display(text('other'), 'b').update(text('2'), 'a');
    const parts = command().parts.map((part) => part.type !== 'error' && part.text.head[0]);
    expect(parts).toEqual(['2', 'between', 'other']);
  });

  it('takes every place in which it stands, and none when there is none any more', () => {
    const shown = session.add('twice()').start().display(text('1'), 'a').display(text('1'), 'a');
    for (let i = 0; i < partBounds.head + partBounds.tail; i++) shown.stdout('x').stderr('y');
    shown.display(text('last'), 'b').update(text('2'), 'a');
    expect(command().parts.slice(0, 2)).toMatchObject([{ text: { head: ['2'] } }, { text: { head: ['2'] } }]);
    shown.clears().stdout('cleared').update(text('3'), 'a');
    expect(command().parts).toHaveLength(1);
  });

  it('that is no longer kept does not come back with an update', () => {
    const shown = session.add('many()').start();
    const middle = partBounds.head + 5;
    for (let i = 0; i < middle + partBounds.tail + 5; i++) shown.display(text(String(i)), `d${String(i)}`);
    const before = command().parts;
    shown.update(text('again'), `d${String(middle)}`).update(text('new'), 'd0');
    expect(command().parts.slice(1)).toEqual(before.slice(1));
    expect(command().parts[0]).toMatchObject({ text: { head: ['new'] } });
  });

  it('has its own place in another command', () => {
    session.add('first').start().display(text('1'), 'a').ok();
    session.add('second').start().display(text('2'), 'a').ok();
    expect(model.entries().map((entry) => entry.type === 'command' && entry.parts.length)).toEqual([1, 1]);
  });
});

describe('the transcript of a reloaded window', () => {
  const reloaded = (): CommandEntry => {
    const saved = saveTranscript(model.entries(1_000_000), 0);
    const history = restoreTranscript(saved);
    model = new PanelModel();
    model.restore(history?.entries ?? [], 0);
    return command();
  };

  it('has images and tables that are not too large', () => {
    session
      .add('plot')
      .start()
      .returns({ 'text/plain': 'p', 'image/png': png(90, 60) })
      .close();
    const { key, parts } = reloaded();
    expect(model.form(key, parts[0]?.id ?? 0, 'image/png')).toBe(png(90, 60));
  });

  it('says of others that they were there', () => {
    const large = { 'text/plain': 'p', 'image/png': `${png(9, 6)}${'A'.repeat(900_000)}` };
    session.add('plot').start().returns(large).close();
    const { key, parts } = reloaded();
    expect(parts[0]).toMatchObject({ forms: { drawn: [{ mime: 'image/png', width: 9, height: 6, lost: true }] } });
    expect(model.form(key, parts[0]?.id ?? 0, 'image/png')).toBeUndefined();
  });

  it('is bounded, however many images there were', () => {
    for (let index = 0; index < 40; index++) {
      const image = { 'text/plain': 'p', 'image/png': 'A'.repeat(300_000) };
      session.add('plot').start().returns(image).close();
    }
    expect(saveTranscript(model.entries(1_000_000), 0).length).toBeLessThan(3_100_000);
  });
});
