/**
 * Runs in Node.js for Windows: `node main.mjs LIBRARY RESULTS STUB [FILTER]`. Writes the number of cases to
 * RESULTS, and a line of JSON for each that has ended.
 */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Library from '../../src/library.js';
import { hostCases } from './hostCases.js';
import { isolationCases } from './isolation.js';
import { pythonSearchCases } from './pythonSearchCases.js';
import type { WindowsCase } from './windowsCase.js';

const [, , libraryFile = '', results = '', stub = '', filter = ''] = process.argv;
const { EXTSESSION_WINDOWS_PYTHON: python } = process.env;
/** Most of a case is waiting. */
const AT_ONCE = 3;
const CASE_MS = 180_000;

const library = (await import(pathToFileURL(libraryFile).href)) as typeof Library;
const cases = [
  ...pythonSearchCases(),
  ...hostCases(library),
  ...isolationCases(library, 'javascript', {}),
  ...(python ? isolationCases(library, 'python', { interpreter: path.join(python, 'python.exe') }) : []),
].filter(({ name }) => name.includes(filter));

/** Removed at the end, when no process is in them any more. */
const folders: string[] = [];
appendFileSync(results, `${String(cases.length)}\n`);
const queue = [...cases];
await Promise.all(Array.from({ length: AT_ONCE }, work));
for (const folder of folders) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // Wine ends some processes late.
  }
}
process.exit(0);

async function work(): Promise<void> {
  for (let one = queue.shift(); one; one = queue.shift()) {
    const started = Date.now();
    const outcome = one.skip === undefined ? await runTwice(one) : { skipped: one.skip };
    appendFileSync(results, `${JSON.stringify({ name: one.name, ms: Date.now() - started, ...outcome })}\n`);
  }
}

/** Now and then, Wine cannot start a program that it can start the next time: only what fails twice has failed. */
async function runTwice(one: WindowsCase): Promise<{ readonly failed?: string }> {
  const first = await runCase(one);
  return first.failed === undefined ? first : await runCase(one);
}

async function runCase(one: WindowsCase): Promise<{ readonly failed?: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'extsession-case-'));
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`not finished after ${String(CASE_MS / 1000)} s`));
      }, CASE_MS);
    });
    await Promise.race([one.run({ folder, library: libraryFile, stub }), late]);
    return {};
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
    folders.push(folder);
  }
}
