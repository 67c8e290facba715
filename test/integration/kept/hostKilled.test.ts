import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ExtSession, type ExtResults, type SessionReference } from '../../../src/library.js';
import { inRoot, root } from '../../support/project.mjs';
import { keptLanguages } from './keptLanguages.js';
import { alive, endSessionsAfterEach, supervisorOf } from './keptSessions.js';

endSessionsAfterEach();

/** EXTSESSION_TEST_KILLS sets how often a host is killed in each round. */
const KILLS = Number(process.env.EXTSESSION_TEST_KILLS ?? 4);
/** How often the commands are repeated, so that there are some for all hosts. */
const ROUNDS = Math.max(1, Math.ceil(KILLS / 4));
const LINES = 60_000;
/** So much that it is kept in files. */
const LARGE = 700_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kept-'));
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(root, path.join(folder, 'node_modules', 'extsession'));
  cpSync(inRoot('test', 'fixtures', 'keptHost.mjs'), path.join(folder, 'host.mjs'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Lines in turn from the worker, from a child and to the other stream, displays in between, and a question. */
const SOURCES = {
  Python: [
    `
import os, subprocess, sys, time
for number in range(${String(LINES)}):
    print(number)
    if number % 5000 == 0:
        print("err", number, file=sys.stderr)
for letter in "abc": print(letter * ${String(LARGE)})
`,
    'for number in range(40):\n    os.system("echo child %d" % number)\n    time.sleep(0.002)',
    `
class Shown:
    def __init__(self, number): self.number = number
    def _repr_mimebundle_(self, *_args, **_kwargs): return {"text/plain": "shown %d" % self.number}
for number in range(30):
    print("before", number)
    display(Shown(number))
    time.sleep(0.003)
`,
    'for number in range(5): print(number, input("?"))',
    'late = subprocess.Popen(["sh", "-c", "for i in 1 2 3 4 5 6 7 8; do sleep 0.1; echo late $i; done"])\nlate.wait()\nprint("end")',
  ],
  JavaScript: [
    `
const { spawn, spawnSync } = require("node:child_process");
const { once } = require("node:events");
const pause = (ms) => new Promise((go) => setTimeout(go, ms));
let number = 0;
for (; number < ${String(LINES)}; number++) {
  console.log(number);
  if (number % 5000 === 0) console.error("err", number);
}
for (const letter of "abc") console.log(letter.repeat(${String(LARGE)}));
`,
    'for (number = 0; number < 40; number++) {\n  spawnSync("sh", ["-c", `echo child ${number}`], { stdio: "inherit" });\n  await pause(2);\n}',
    `
for (number = 0; number < 30; number++) {
  const text = "shown " + number;
  console.log("before", number);
  display({ [Symbol.for("Jupyter.display")]: () => ({ "text/plain": text }) });
  await pause(3);
}
`,
    'for (number = 0; number < 5; number++) console.log(number, await input("?"))',
    'const late = spawn("sh", ["-c", "for i in 1 2 3 4 5 6 7 8; do sleep 0.1; echo late $i; done"], { stdio: "inherit" });\nawait once(late, "exit");\nconsole.log("end"); number--; void 0',
  ],
};

/** What each command has to show: text by stream, joined, and displays. */
function shown(results: ExtResults): string {
  const texts = results.outputs.map((output) => {
    if (output.type === 'stream') return output.name === 'stderr' ? '' : output.text;
    return output.type === 'display_data' ? `<${String(output.data['text/plain'])}>` : output.type;
  });
  return texts.join('') + results.stderr;
}

const errors = Array.from({ length: LINES / 5000 }, (_, number) => `err ${String(number * 5000)}\n`).join('');
const large = ['a', 'b', 'c'].map((letter) => `${letter.repeat(LARGE)}\n`).join('');
const WANTED = [
  Array.from({ length: LINES }, (_, number) => `${String(number)}\n`).join('') + large + errors,
  Array.from({ length: 40 }, (_, number) => `child ${String(number)}\n`).join(''),
  Array.from({ length: 30 }, (_, number) => `before ${String(number)}\n<shown ${String(number)}>`).join(''),
  Array.from({ length: 5 }, (_, number) => `?${String(number)} answer\n`).join(''),
  `${Array.from({ length: 8 }, (_, number) => `late ${String(number + 1)}\n`).join('')}end\n`,
];

async function host(order: object): Promise<ReturnType<typeof spawn>> {
  const child = spawn(process.execPath, [path.join(folder, 'host.mjs'), JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), once(child, 'exit')]);
  return child;
}

test.for(keptLanguages.map(({ name, options }) => [name, options] as const))(
  `hosts of a session of %s that are killed at any time, ${String(KILLS)} times, cost no byte and no outcome`,
  { timeout: 120_000 + 15_000 * KILLS },
  async ([language, options]) => {
    const log = path.join(folder, `log-${language}`);
    const to = path.join(folder, `reference-${language}`);
    let child = await host({
      log,
      to,
      options,
      sources: Array.from({ length: ROUNDS }, () => SOURCES[language]).flat(),
    });
    const reference = JSON.parse(readFileSync(to, 'utf8')) as SessionReference;
    const supervisor = process.platform === 'linux' ? supervisorOf(reference) : undefined;
    // Also when the test fails, nothing goes on: the session would wait for a host.
    onTestFinished(() => {
      child.kill('SIGKILL');
      if (supervisor !== undefined && alive(supervisor)) process.kill(supervisor, 'SIGKILL');
    });
    for (let kill = 0; kill < KILLS; kill++) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
      child.kill('SIGKILL');
      await once(child, 'exit');
      if (kill < KILLS - 1) child = await host({ log, reference });
    }
    await using last = await ExtSession.attach(reference, { onInput: () => Promise.resolve('answer') });
    await Promise.all(last.resumed.map((results) => results.wait()));
    const known = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').filter(Boolean) : [];
    const ended = known.map((line) => JSON.parse(line) as { id: number; status: string; left?: number });
    const busy = ended.filter(({ left = 0 }) => left > 0).length;
    if (KILLS > 4)
      console.log(`${String(busy)} of ${String(KILLS - 1)} hosts that attached found commands to go on with.`);
    for (let id = 1; id <= ROUNDS * WANTED.length; id++) {
      const here = last.resumed.find((results) => results.id === id);
      const statuses = [...ended.filter((one) => one.id === id).map(({ status }) => status), here?.outcome?.status];
      expect(new Set(statuses.filter(Boolean))).toEqual(new Set(['ok']));
      if (here) expect(shown(here)).toBe(WANTED[(id - 1) % WANTED.length]);
    }
    expect(await last.evaluate('number')).toBe(4);
    if (supervisor === undefined) return;
    await last.exit();
    await expect.poll(() => alive(supervisor), { timeout: 10_000 }).toBe(false);
  },
);
