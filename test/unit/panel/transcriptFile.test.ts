import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../../src/engine/logger.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { TranscriptFile } from '../../../src/panel/transcriptFile.js';
import { eventually } from '../../support/eventually.js';

let parent: string;
let folder: string;
let file: string;
let model: PanelModel;
let isWanted: boolean;
/** How often results were reported as saved. */
let saves: number;
let transcript: TranscriptFile;
beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'extsession-transcript-'));
  folder = path.join(parent, 'workspace', 'extension');
  file = path.join(folder, 'transcript.json');
  model = new PanelModel();
  isWanted = true;
  saves = 0;
  transcript = create();
});
afterEach(() => {
  transcript.dispose();
  model.dispose();
  rmSync(parent, { recursive: true });
});

function create(): TranscriptFile {
  const onDidSave = (): void => void (saves += 1);
  return new TranscriptFile({ folder, model, isWanted: () => isWanted, onDidSave, log: silentLogger });
}

function add(title: string): void {
  model.notify({ kind: 'info', title, detail: '', actions: [] });
}

function modeOf(name: string): string {
  return (statSync(name).mode & 0o777).toString(8);
}

test('only the user can read the transcript and its folder, whatever an earlier version left there', async () => {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  for (const name of [file, `${file}.new`]) writeFileSync(name, 'old', { mode: 0o644 });
  transcript.enable();
  add('secret');
  await transcript.save();
  expect(readFileSync(file, 'utf8')).toContain('secret');
  expect([modeOf(file), modeOf(folder), readdirSync(folder)]).toEqual(['600', '700', ['transcript.json']]);
});

test('turning saving off deletes the transcript, and nothing is written until it is turned on again', async () => {
  transcript.enable();
  add('first');
  await transcript.save();
  writeFileSync(`${file}.new`, 'left by a process that was killed');
  isWanted = false;
  await transcript.follow();
  add('second');
  await transcript.save();
  expect(readdirSync(folder)).toEqual([]);

  isWanted = true;
  await transcript.follow();
  expect(readFileSync(file, 'utf8')).toContain('second');
});

test('a write that is under way when saving is turned off leaves no file', async () => {
  transcript.enable();
  add('first');
  const saved = transcript.save();
  isWanted = false;
  await Promise.all([transcript.follow(), saved]);
  expect(existsSync(file)).toBe(false);
});

test('a transcript of an earlier window is deleted, not restored, when saving was turned off in between', async () => {
  transcript.enable();
  add('earlier');
  await transcript.save();
  transcript.dispose();
  isWanted = false;
  model = new PanelModel();
  transcript = create();
  await transcript.restore(Promise.resolve());
  expect(model.entries(0)).toEqual([]);
  await eventually(() => {
    expect(existsSync(file)).toBe(false);
  });
});

test('nothing is written before the transcript of the last window is there, however late its sessions are', async () => {
  transcript.enable();
  add('earlier');
  await transcript.save();
  transcript.dispose();
  model = new PanelModel();
  transcript = create();
  transcript.enable();
  let resume: () => void = () => undefined;
  const restored = transcript.restore(new Promise((resolve) => (resume = resolve)));
  add('of this window');
  const saved = transcript.save();
  resume();
  await Promise.all([restored, saved]);
  for (const title of ['earlier', 'of this window']) expect(readFileSync(file, 'utf8')).toContain(title);
});

test('results are not reported as saved when the file could not be written, and are when it can be again', async () => {
  mkdirSync(path.dirname(folder), { recursive: true });
  writeFileSync(folder, 'no folder');
  transcript.enable();
  add('kept by the session');
  await transcript.save();
  expect(saves).toBe(0);
  rmSync(folder);
  await transcript.save();
  expect([saves, readFileSync(file, 'utf8')]).toEqual([1, expect.stringContaining('kept by the session')]);
});
