import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../../src/engine/logger.js';
import { KeptSessions, type KeptSession } from '../../../src/host/sessions/kept/keptSessions.js';

let scratch: string;
let folder: string;

beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'extsession-kept-'));
  folder = path.join(scratch, 'sessions');
});
afterEach(() => {
  rmSync(scratch, { recursive: true });
});

const windowOf = (workspace: string): KeptSessions =>
  new KeptSessions(folder, { key: workspace, name: workspace.toUpperCase() }, silentLogger);

function kept(name: string, changed: Partial<KeptSession> = {}): KeptSession {
  const directory = path.join(scratch, name);
  mkdirSync(directory, { recursive: true });
  return {
    reference: { version: 1, directory, secret: 's'.repeat(32), language: 'python', pid: 4711 },
    launch: { interpreter: { path: '/usr/bin/python3', env: {} }, cwd: '/', reload: 'all', startup: {} },
    uri: undefined,
    title: name,
    keepAliveMs: Infinity,
    ...changed,
  };
}

it('are found by the next window of the same workspace, with how long they wait', () => {
  windowOf('a').write('python', kept('one'));
  expect(windowOf('a').read('python')).toMatchObject({ title: 'one', keepAliveMs: Infinity });
  expect(windowOf('a').read('javascript')).toBeUndefined();
  expect(windowOf('b').read('python')).toBeUndefined();
});

it('can be read by their user only', () => {
  windowOf('a').write('python', kept('one'));
  const [file = ''] = readdirSync(folder);
  expect([statSync(folder).mode & 0o777, statSync(path.join(folder, file)).mode & 0o777]).toEqual([0o700, 0o600]);
});

it('of other windows are listed until they end', () => {
  const mine = windowOf('a');
  mine.write('python', kept('mine'));
  const theirs = kept('theirs');
  windowOf('b').write('python', theirs);
  expect(mine.elsewhere()).toMatchObject([{ title: 'theirs', workspace: 'B', isShown: false }]);
  rmSync(theirs.reference.directory, { recursive: true });
  expect(mine.elsewhere()).toEqual([]);
  expect(readdirSync(folder)).toHaveLength(1);
});

it('on another machine are listed, and found again, although their folder is not on this one', () => {
  const far = kept('far');
  const reference = { ...far.reference, directory: '/tmp/extsession-far', commandPrefix: ['ssh', 'node7'] };
  const machine = { name: 'node7', command: ['ssh', 'node7'] };
  const launch = { ...far.launch, interpreter: { env: {}, machine } };
  windowOf('b').write('python', { ...far, reference, launch });
  expect(windowOf('a').elsewhere()).toMatchObject([{ title: 'far', reference, launch }]);
  expect(windowOf('b').read('python')).toMatchObject({ reference, launch });
});

it('belong to the window that has taken them over', () => {
  const [first, second] = [windowOf('a'), windowOf('b')];
  first.write('python', kept('one'));
  const [left] = second.elsewhere();
  if (!left) throw new Error('There is one.');
  second.write('session-1', left);
  first.release('python');
  first.remove('python');
  expect(second.elsewhere()).toEqual([]);
  expect(first.elsewhere()).toMatchObject([{ title: 'one', workspace: 'B' }]);
  expect(windowOf('b').read('session-1')).toMatchObject({ title: 'one' });
});

it('are forgotten one by one: a new process of a session takes the place of the earlier one', () => {
  const window = windowOf('a');
  window.write('python', kept('old'));
  window.write('python', kept('new'));
  window.write('javascript', kept('other'));
  expect(readdirSync(folder)).toHaveLength(2);
  window.remove('python');
  expect([windowOf('a').read('python'), windowOf('a').read('javascript')?.title]).toEqual([undefined, 'other']);
});

it('of the same workspace are known by their identifiers until they end', () => {
  const window = windowOf('a');
  const one = kept('one');
  window.write('session-1', one);
  windowOf('b').write('session-2', kept('two'));
  expect([...windowOf('a').ofWorkspace()]).toMatchObject([['session-1', { title: 'one' }]]);
  rmSync(one.reference.directory, { recursive: true });
  expect(windowOf('a').ofWorkspace().size).toBe(0);
});

it('do not fail because of a file that is none of theirs', () => {
  const window = windowOf('a');
  window.write('python', kept('one'));
  writeFileSync(path.join(folder, 'other.json'), '{"id": 3');
  expect(windowOf('a').read('python')?.title).toBe('one');
});

it('are none without a workspace', () => {
  const window = new KeptSessions(folder, undefined, silentLogger);
  window.write('python', kept('one'));
  expect([window.isPossible, window.read('python'), window.elsewhere()]).toEqual([false, undefined, []]);
});

it('that are to be stopped are nobody’s until a window attaches to them', () => {
  const [mine, theirs] = [windowOf('a'), windowOf('b')];
  const far = kept('far');
  mine.write('python', far);
  mine.remove('python');
  mine.stopLater(far);
  expect([mine.read('python'), mine.toBeStopped().length]).toEqual([undefined, 1]);
  const [found] = theirs.elsewhere();
  expect(found).toMatchObject({ title: 'far', isToBeStopped: true, isShown: false });
  if (found) theirs.write('python', found);
  expect([mine.toBeStopped(), theirs.toBeStopped()]).toEqual([[], []]);
});
