import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ExtSession, type SessionReference } from '../../../src/library.js';
import { interpreter, keptLanguages } from './keptLanguages.js';
import {
  alive,
  attach,
  counted,
  endSessionsAfterEach,
  newGate,
  referenceOf,
  seen,
  start,
  supervisorOf,
} from './keptSessions.js';

endSessionsAfterEach();

const byName = keptLanguages.map((language) => [language.name, language] as const);

describe.each(byName)('a session of %s that is kept alive', (_name, language) => {
  const { options, slowly, print } = language;

  test('goes on when its host lets go, and the next one has everything', async () => {
    const first = await start(options);
    await first.execute(`${language.define}\n${print('"known"')}`).wait();
    const gate = newGate();
    const running = first.execute(slowly(20, gate.file), { note: { of: 'running' } });
    const queued = first.execute(print('"queued"', 'x'));
    await seen(running);
    const reference = await first.detach();
    gate.open();
    expect(first.state).toBe('dead');
    await expect(running.wait()).rejects.toMatchObject({ code: 'SESSION_DETACHED', reason: 'detached' });
    await expect(queued.wait()).rejects.toMatchObject({ code: 'SESSION_DETACHED' });

    const second = await attach(JSON.parse(JSON.stringify(reference)) as SessionReference);
    expect(second.resumed.map(({ id, executionCount }) => [id, executionCount])).toEqual([
      [running.id, 2],
      [queued.id, 3],
    ]);
    expect(second.resumedNotes).toEqual([{ of: 'running' }, undefined]);
    const outcomes = await Promise.all(second.resumed.map((results) => results.wait()));
    expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'ok']);
    expect(outcomes[0]?.durationMs).toBeGreaterThan(300);
    expect(second.resumed.map(({ stdout }) => stdout)).toEqual([counted(20), 'queued 42\n']);
    expect(await second.evaluate('x')).toBe(42);
    expect((await second.variables()).map(({ name }) => name)).toContain('x');
    expect(second.pid).toBe(reference.pid);
  });

  test('does not repeat what its host has acknowledged', async () => {
    const first = await start(options);
    for (let number = 0; number < 5; number++) await first.execute(print(String(number))).wait();
    const second = await attach(await first.detach());
    expect(second.resumed).toEqual([]);
    const results = second.execute(print('"new"'));
    await results.wait();
    expect([results.id, results.executionCount, results.stdout]).toEqual([6, 6, 'new\n']);
  });

  test('keeps how a command ended that nobody saw end', async () => {
    const first = await start(options);
    const gate = newGate();
    const results = first.execute([language.waitFor(gate.file), print('"shown"'), language.fail.source].join('\n'));
    await expect.poll(() => results.state).toBe('running');
    const reference = await first.detach();
    gate.open();
    await expect.poll(() => existsSync(`${reference.directory}/h`)).toBe(true);
    const waited = await ExtSession.attach(reference);
    expect(await waited.resumed[0]?.wait()).toMatchObject({ status: 'error', error: { name: language.fail.name } });
    const again = await attach(await waited.detach());
    expect(again.resumed).toEqual([]);
  });

  test.each(['runs', 'has ended'])('does not stay when its folder is gone and it %s', async (what) => {
    const first = await start({ ...options, keepAliveMs: 500 });
    const supervisor = supervisorOf(referenceOf(first));
    const gate = newGate();
    const ends = `${language.waitFor(gate.file)}\n${language.killItself}`;
    const results = first.execute(what === 'runs' ? language.loop : ends);
    await expect.poll(() => results.state).toBe('running');
    const { directory, pid } = await first.detach();
    gate.open();
    if (what === 'has ended') await expect.poll(() => alive(pid)).toBe(false);
    expect(alive(supervisor)).toBe(true);
    rmSync(directory, { recursive: true });
    await expect.poll(() => [pid, supervisor].filter(alive)).toEqual([]);
  });

  test('interrupts what an earlier host has started, and cancels what waits', async () => {
    const first = await start(options);
    const loop = first.execute(language.loop);
    first.execute(print('"never"'));
    await expect.poll(() => loop.state).toBe('running');
    const second = await attach(await first.detach());
    await expect.poll(() => second.state).toBe('busy');
    await second.interrupt();
    const outcomes = await Promise.all(second.resumed.map((results) => results.wait()));
    expect(outcomes.map(({ status }) => status)).toEqual(['interrupted', 'cancelled']);
    expect(await second.evaluate('1 + 1')).toBe(2);
  });

  test('still asks for the input that nobody has given, and for no other', async () => {
    const asked: string[] = [];
    const first = await start({
      ...options,
      onInput: ({ prompt }) => {
        asked.push(prompt);
        return prompt === 'a' ? Promise.resolve('1') : new Promise(() => undefined);
      },
    });
    first.execute(language.ask);
    await expect.poll(() => asked).toEqual(['a', 'b']);
    const second = await attach(await first.detach(), {
      onInput: ({ prompt }) => {
        asked.push(prompt);
        return Promise.resolve('2');
      },
    });
    await second.resumed[0]?.wait();
    expect(second.resumed[0]?.stdout).toBe('ab12\n');
    expect(asked).toEqual(['a', 'b', 'b']);
  });

  test('belongs to the host that came last, and the earlier one is told', async () => {
    const first = await start(options);
    const gate = newGate();
    const running = first.execute(slowly(30, gate.file));
    await seen(running);
    const reference = referenceOf(first);
    const second = await attach(reference);
    gate.open();
    await expect(running.wait()).rejects.toMatchObject({ code: 'SESSION_DETACHED', reason: 'replaced' });
    expect(first.state).toBe('dead');
    await second.resumed[0]?.wait();
    expect(second.resumed[0]?.stdout).toBe(counted(30));
  });

  test('says what a child of a finished command writes later', async () => {
    const first = await start({ ...options, holdsResults: true });
    first.execute(print('"held"'));
    const results = first.execute(language.talkingChild.start);
    await results.wait();
    await expect.poll(() => results.stdout).toBe('now\n');
    first.acknowledge(results);
    const second = await attach(await first.detach());
    expect(await second.readLine()).toMatchObject({ text: 'held' });
    await second.execute(language.talkingChild.write('later')).wait();
    await expect.poll(() => second.continued.map(({ id, stdout }) => [id, stdout])).toEqual([[results.id, 'later\n']]);
    expect(second.resumed.map(({ stdout }) => stdout)).toEqual(['held\n']);
    expect(await second.readLine()).toMatchObject({ text: 'later', id: results.id });
  });

  test('keeps what fits into its journal, and says what does not', { timeout: 60_000 }, async () => {
    const first = await start({ ...options, journalBytes: 3 << 20 });
    const gate = newGate();
    const parts = [language.lines(1, 'x'), language.waitFor(gate.file), language.lines(60_000, 'x')];
    const much = first.execute(parts.join('\n\n'));
    await seen(much);
    const waits = first.execute(language.lines(60_000, 'y'));
    const reference = await first.detach();
    gate.open();
    await expect.poll(() => sizeOfJournal(reference), { timeout: 20_000 }).toBeGreaterThan(2 << 20);
    const second = await attach(reference);
    const outcomes = await Promise.all(second.resumed.map((results) => results.wait()));
    expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'ok']);
    const [one, two] = second.resumed;
    expect(two?.id).toBe(waits.id);
    expect(two?.stdout).toBe(`${'y'.repeat(99)}\n`.repeat(60_000));
    const isWhole = one?.stdout === `${'x'.repeat(99)}\n`.repeat(60_001);
    const saysSo = one?.outputs.some((output) => output.type === 'error' && output.name === 'OutputLost');
    expect(isWhole || saysSo).toBe(true);
  });
});

test('what is no reference is no session', async () => {
  await expect(ExtSession.attach({} as SessionReference)).rejects.toMatchObject({ code: 'INVALID_OPTION' });
});

test('only what is kept alive can be detached', async () => {
  await using session = await ExtSession.start({ interpreter });
  expect(session.reference).toBeUndefined();
  await expect(session.detach()).rejects.toMatchObject({ code: 'INVALID_OPTION' });
});

test.each([
  [
    'Python',
    { interpreter },
    'import os, signal, subprocess\n_ = subprocess.Popen(["sh", "-c", "sleep 1.5; echo late"])\nos.kill(os.getppid(), signal.SIGSTOP)\nos.kill(os.getpid(), signal.SIGKILL)',
  ],
  [
    'JavaScript',
    { evaluator: 'javascript' },
    "require('child_process').spawn('sh', ['-c', 'sleep 1.5; echo late'], { stdio: 'inherit' }); process.kill(process.ppid, 'SIGSTOP'); process.kill(process.pid, 'SIGKILL')",
  ],
] as const)(
  'a child goes on when the %s process that started it ends, and what it writes is still its command’s',
  async (_language, options, source) => {
    const session = await start(options);
    const { pid } = referenceOf(session);
    const supervisor = supervisorOf(referenceOf(session));
    const results = session.execute(source);
    // Of a process that ends, the supervisor hears last what happened first, when it is late.
    await expect.poll(() => readFileSync(`/proc/${String(pid)}/stat`, 'utf8')).toMatch(/\) Z /);
    process.kill(supervisor, 'SIGCONT');
    expect(await results.wait()).toMatchObject({ status: 'died', signal: 'SIGKILL' });
    await expect.poll(() => results.stdout).toBe('late\n');
  },
);

test('interrupts that meet are all answered, and a command that waits is cancelled once', async () => {
  const session = await start({ interpreter });
  const loop = session.execute('while True: pass');
  const cancel = new AbortController();
  const waits = session.execute('1', { signal: cancel.signal });
  await expect.poll(() => loop.state).toBe('running');
  cancel.abort();
  await Promise.all([session.interrupt(), session.interrupt()]);
  expect([await loop.wait(), await waits.wait()]).toMatchObject([{ status: 'interrupted' }, { status: 'cancelled' }]);
});

test('a command with a signal can be let go of', async () => {
  const session = await start({ interpreter });
  const gate = newGate();
  const waits = `import os, time\nwhile not os.path.exists(${JSON.stringify(gate.file)}): time.sleep(0.01)`;
  const results = session.execute(waits, { signal: new AbortController().signal });
  const again = await attach(await session.detach());
  gate.open();
  await expect(results.wait()).rejects.toMatchObject({ code: 'SESSION_DETACHED' });
  expect(await again.resumed[0]?.wait()).toMatchObject({ status: 'ok' });
});

/** How many bytes are in its files. */
function sizeOfJournal({ directory }: SessionReference): number {
  const names = readdirSync(directory).filter((name) => name.startsWith('journal-'));
  return names.reduce((sum, name) => sum + statSync(`${directory}/${name}`).size, 0);
}
