import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExtSession, exteval, extexec } from '../../../src/library.js';
import { inRoot } from '../../support/project.mjs';
import { canServeSsh, type SshServer, startSshServer } from '../../support/sshServer.js';

const javascript = { evaluator: 'javascript', interpreter: process.execPath };

let folder: string;
let temporary: string;
let server: SshServer | undefined;
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'far-')));
  temporary = path.join(folder, 'tmp');
  for (const name of ['tmp', 'there']) mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, 'there', 'run.ts'), 'export const one: number = 1;\n');
  writeFileSync(path.join(folder, 'there', 'beside.ts'), 'export const two: number = 2;\n');
  if (canServeSsh) server = await startSshServer();
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

const ways = {
  env: () => ['env', `TMPDIR=${temporary}`],
  ssh: () => [...(server?.prefix ?? []), 'env', `TMPDIR=${temporary}`],
};

describe.skipIf(process.platform === 'win32').each(['env', 'ssh'] as const)('a session of Node.js behind %s', (way) => {
  const here = test.skipIf(way === 'ssh' && !canServeSsh);
  let session: ExtSession;
  beforeAll(async () => {
    if (way === 'ssh' && !canServeSsh) return;
    session = await ExtSession.start({
      ...javascript,
      commandPrefix: ways[way](),
      cwd: path.join(folder, 'there'),
      env: { COLOR: 'red' },
      onInput: () => Promise.resolve('blue'),
    });
  });

  here('has its output, values, errors, input and completions, in its own folder and environment', async () => {
    const results = session.execute('const x: number[] = [1, 2]; console.log(process.cwd(), process.env.COLOR); x');
    const outcome = await results.wait();
    expect([outcome.status, results.stdout]).toEqual(['ok', `${session.info.cwd ?? ''} red\n`]);
    expect(session.info.cwd).toBe(path.join(folder, 'there'));
    expect(await session.get('x')).toEqual([1, 2]);
    expect(await session.execute('null.x').wait()).toMatchObject({ status: 'error', error: { name: 'TypeError' } });
    const asked = session.execute('console.log(await input("Which? "))');
    await asked.wait();
    expect(asked.stdout).toContain('blue\n');
    expect((await session.complete('process.hrt', 11)).items.map(({ text }) => text)).toContain('hrtime');
  });

  here('delivers more output than fits into any window, and that of children, in order', async () => {
    const results = session.execute(`
const { execSync } = await import('node:child_process');
const { writeSync } = await import('node:fs');
const all = (text: string) => { for (let at = 0; at < text.length;) at += writeSync(1, text.slice(at)); };
execSync('echo child', { stdio: 'inherit' });
for (let i = 0; i < 300; i++) all((String(i).padStart(9, '0') + '\\n').repeat(1000));
execSync('echo end', { stdio: 'inherit' });`);
    expect((await results.wait()).status).toBe('ok');
    const numbers = Array.from({ length: 300 }, (_, i) => `${String(i).padStart(9, '0')}\n`.repeat(1000)).join('');
    expect(results.stdout === `child\n${numbers}end\n`).toBe(true);
  });

  here('is interrupted in a loop, in a flood and while commands wait, and keeps its variables', async () => {
    const endless = ['for (;;);', 'for (;;) console.log("y".repeat(99))', 'await new Promise(() => {})'];
    for (const source of endless) {
      const running = session.execute(source);
      const waiting = session.execute('x = null');
      await expect.poll(() => session.state).toBe('busy');
      await session.interrupt();
      expect([(await running.wait()).status, (await waiting.wait()).status]).toEqual(['interrupted', 'cancelled']);
    }
    expect(await session.get('x')).toEqual([1, 2]);
  });

  here('has the name there of a file of this machine, and imports what is beside it there', async () => {
    const filename = '/not/there/run.ts';
    const source = 'import { two } from "./beside.ts"; console.log(import.meta.filename, process.argv[1], two)';
    const fileThere = path.join(folder, 'there', 'run.ts');
    const found = session.execute(source, { filename, fileThere });
    await found.wait();
    expect(found.stdout).toBe(`${fileThere} ${fileThere} 2\n`);
    const failed = await session.execute('let a;\na.b', { filename, fileThere }).wait();
    expect(failed).toMatchObject({ error: { frames: [{ file: filename, line: 2 }] } });
  });

  here('imports from where a file would be there, or from its own folder', async () => {
    const source = 'import { two } from "./beside.ts"; console.log(import.meta.filename, two)';
    const filename = '/not/there/missing.ts';
    for (const fileThere of [path.join(folder, 'there', 'missing.ts'), '/not/there/either.ts', undefined]) {
      const results = session.execute(source, { filename, ...(fileThere === undefined ? {} : { fileThere }) });
      await results.wait();
      expect(results.stdout).toBe(`${path.join(folder, 'there', 'missing.ts')} 2\n`);
    }
    const failed = await session.execute('import "./gone.ts"', { filename }).wait();
    expect(failed).toMatchObject({ error: { name: 'Error', frames: [] } });
    expect(failed).not.toMatchObject({ error: { traceback: expect.stringContaining('typedHooks') as string } });
  });

  here('tells the text of a file, or why there is none', async () => {
    const text = 'export const one: number = 1;\n';
    expect(await session.file(path.join(folder, 'there', 'run.ts'))).toEqual({ text });
    for (const file of ['/no/such/file', folder, 'nul\0', '/dev/zero'])
      expect(await session.file(file)).toEqual({ problem: 'missing' });
    expect(await session.file(process.execPath)).toEqual({ problem: 'large' });
  });

  here('restarts in a new process with nothing in it, and dies with that', async () => {
    const { pid } = session;
    await session.restart();
    expect(session.pid).not.toBe(pid);
    await expect(session.get('x')).rejects.toThrow("no variable 'x'");
    await expect(session.detach()).rejects.toThrow('keepAlive');
    const outcome = await session.execute('console.log("last"); process.kill(process.pid, 9)').wait();
    expect(outcome).toMatchObject({ status: 'died', signal: 'SIGKILL' });
    await session.restart();
    expect(await session.evaluate('1 + 1')).toBe(2);
  });

  here('leaves nothing behind when it ends', async () => {
    await session.exit();
    await expect.poll(() => readdirSync(temporary), { timeout: 20_000 }).toEqual([]);
  });
});

test('what others print on the way to a session does not disturb it', async () => {
  const script = 'echo Welcome; printf "no end of line"; echo "from a start-up file" >&2; exec "$@"';
  const commandPrefix = ['sh', '-c', script, 'sh', ...ways.env()];
  const { stdout } = await extexec('console.log("alone")', { ...javascript, commandPrefix });
  expect(stdout).toBe('alone\n');
});

test('an interrupt in a flood has its answer soon where the way is slow', async () => {
  const commandPrefix = [process.execPath, inRoot('test', 'fixtures', 'slowWay.mjs'), '1000000', ...ways.env()];
  await using session = await ExtSession.start({ ...javascript, commandPrefix });
  const flood = session.execute('for (;;) console.log("y".repeat(99))');
  await expect.poll(() => flood.bytes('stdout').length, { timeout: 20_000 }).toBeGreaterThan(1_500_000);
  const before = flood.bytes('stdout').length;
  await session.interrupt();
  expect((await flood.wait()).status).toBe('interrupted');
  expect(flood.bytes('stdout').length - before).toBeLessThan(700_000);
});

test('nothing of the environment of this process is sent, and a place without a home has all it needs', async () => {
  process.env.EXTSESSION_TEST_SECRET = 'secret';
  try {
    const commandPrefix = ['env', '-i', `TMPDIR=${temporary}`, 'HOME=/proc/nowhere', 'PATH=/usr/bin:/bin'];
    const names = await exteval('Object.keys(process.env)', { ...javascript, commandPrefix });
    expect(names).not.toContain('EXTSESSION_TEST_SECRET');
    expect(names).toContain('TMPDIR');
    expect((names as string[]).filter((name) => /EXTSESSION|NODE/.test(name))).toEqual([]);
  } finally {
    delete process.env.EXTSESSION_TEST_SECRET;
  }
  await expect.poll(() => readdirSync(temporary), { timeout: 20_000 }).toEqual([]);
});

test("a session has that machine's NODE_OPTIONS, which the programs around it have not", async () => {
  const commandPrefix = [...ways.env(), 'NODE_OPTIONS=--title=theirs'];
  expect(await exteval('process.env.NODE_OPTIONS + " " + process.title', { ...javascript, commandPrefix })).toBe(
    '--title=theirs theirs',
  );
});

describe('a session of Node.js that cannot start says why:', () => {
  test.for([
    ['there is none', { interpreter: 'node9' }, /There is no 'node9' there.*Node\.js 20\.12.*'interpreter' names it/],
    ['the folder is not there', { cwd: '/no/such/folder' }, /could not be started there.*\/no\/such\/folder/],
  ] as const)('%s', async ([, options, message]) => {
    await expect(ExtSession.start({ ...javascript, commandPrefix: ['env'], ...options })).rejects.toThrow(message);
  });

  test.for([
    ['before --import', 'echo "$0: bad option: --import" >&2; exit 9', /too old.*Node\.js 20\.12 or newer is needed/],
    [
      'before 20.12',
      `exec '${process.execPath}' --require "$0.cjs" "$@"`,
      /too old: Node\.js 18\.19\.0 at .*20\.12 or newer is needed/,
    ],
  ] as const)('a Node.js from %s is too old', async ([when, script, message]) => {
    const interpreter = path.join(folder, when.replaceAll(/\W/g, '-'));
    writeFileSync(interpreter, `#!/bin/sh\n${script}\n`);
    chmodSync(interpreter, 0o755);
    const old = '{ ...process.versions, node: "18.19.0" }';
    writeFileSync(`${interpreter}.cjs`, `Object.defineProperty(process, "versions", { value: ${old} })\n`);
    await expect(ExtSession.start({ ...javascript, interpreter, commandPrefix: ['env'] })).rejects.toThrow(message);
  });
});
