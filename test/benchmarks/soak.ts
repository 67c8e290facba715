// npm run soak [-- MINUTES]: sessions under a random load; says what it did, what was wrong, and what leaked.
import { readdirSync } from 'node:fs';
import os from 'node:os';
import { ExtSession } from '../../src/library.js';
import { resourcesOf } from './bare.js';

const minutes = Number(process.argv[2] ?? 10);
const SESSIONS = 3;
const end = Date.now() + minutes * 60_000;
const done = new Map<string, number>();
const wrong: string[] = [];

/** What a session does next: each checks what came of it. */
const actions: Readonly<Record<string, (session: ExtSession, tag: string) => Promise<void>>> = {
  print: (session, tag) => expectOutput(session, `print("${tag}")`, `${tag}\n`),
  flood: (session, tag) => expectOutput(session, `for i in range(20000): print("${tag}")`, `${tag}\n`.repeat(20_000)),
  child: (session, tag) => expectOutput(session, `import os; _ = os.system("echo ${tag}")`, `${tag}\n`),
  async lateChild(session, tag) {
    const source = `import subprocess; _ = subprocess.Popen("sleep 0.0${String(random(9))}; echo ${tag}", shell=True)`;
    const results = session.execute(source);
    const other = expectOutput(session, `print("after ${tag}")`, `after ${tag}\n`);
    await results.closed;
    await other;
    check(results.stdout === `${tag}\n`, `late child: ${JSON.stringify(results.stdout)}`);
  },
  async thread(session, tag) {
    const source = `import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.01), print("${tag}"))).start()`;
    const results = session.execute(source);
    await expectOutput(session, `print("after ${tag}")`, `after ${tag}\n`);
    await results.closed;
    check(results.stdout === `${tag}\n`, `thread: ${JSON.stringify(results.stdout)}`);
  },
  async error(session, tag) {
    const outcome = await session.execute(`raise ValueError("${tag}")`).wait();
    check(outcome.status === 'error' && outcome.error.message === tag, `error: ${JSON.stringify(outcome)}`);
  },
  async interrupt(session, tag) {
    const results = session.execute(`print("${tag}")\nwhile True: pass`);
    for await (const output of results) if (output.type === 'stream') break;
    await session.interrupt();
    const { status } = await results.wait();
    check(status === 'interrupted' && results.stdout === `${tag}\n`, `interrupt: ${status}`);
  },
  async value(session, tag) {
    const value = await session.evaluate(`["${tag}", 1 << 80]`);
    check(Array.isArray(value) && value[0] === tag && value[1] === 1n << 80n, 'value');
  },
  async crash(session, tag) {
    const results = session.execute(`print("${tag}"); import os; os.kill(os.getpid(), 9)`);
    const { status } = await results.wait();
    check(status === 'died' && results.stdout === `${tag}\n`, `crash: ${status} ${JSON.stringify(results.stdout)}`);
    await session.restart();
  },
};

const before = resources();
await Promise.all(Array.from({ length: SESSIONS }, run));
const after = resources();
console.log(`${String(minutes)} minutes, ${String(SESSIONS)} sessions:`);
for (const [name, count] of done) console.log(`  ${name}: ${String(count)}`);
console.log(`wrong: ${wrong.length === 0 ? 'nothing' : `\n  ${wrong.join('\n  ')}`}`);
console.log(`host before: ${JSON.stringify(before)}`);
console.log(`host after:  ${JSON.stringify(after)}`);
process.exitCode =
  wrong.length > 0 || after.descriptors > before.descriptors + 4 || after.folders > before.folders ? 1 : 0;

async function run(_: unknown, number: number): Promise<void> {
  await using session = await ExtSession.start();
  const names = Object.keys(actions);
  for (let count = 0; Date.now() < end; count++) {
    const name = names[random(count % 20 === 0 ? names.length : names.length - 1)] ?? 'print';
    await actions[name]?.(session, `s${String(number)}c${String(count)}`);
    done.set(name, (done.get(name) ?? 0) + 1);
  }
}

async function expectOutput(session: ExtSession, source: string, stdout: string): Promise<void> {
  const results = session.execute(source);
  const { status } = await results.wait();
  check(
    status === 'ok' && results.stdout === stdout && results.stderr === '',
    `${source}: ${status}, ${results.stdout.slice(0, 200)}`,
  );
}

function check(condition: boolean, what: string): void {
  if (!condition && wrong.length < 20) wrong.push(what);
}

function random(below: number): number {
  return Math.floor(Math.random() * below);
}

/** What this process holds; a guardian and its pipe stay. */
function resources(): { descriptors: number; folders: number; megabytes: number } {
  globalThis.gc?.();
  const folders = readdirSync(os.tmpdir()).filter((name) => /^extsession-[\w-]{11}$/.test(name)).length;
  return { ...resourcesOf('self'), folders };
}
