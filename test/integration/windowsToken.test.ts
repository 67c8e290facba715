import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NamedPipeEndpoint } from '../../src/engine/link/namedPipeEndpoint.js';
import { NamedPipes } from '../../src/evaluators/javascript/worker/output/namedPipes.js';
import { root } from '../support/project.mjs';
import { eventually } from '../support/eventually.js';

/**
 * Windows opens a named pipe as a file and as a connection. Here, the worker's end opens a FIFO as a file, and what it
 * writes goes to the host's end by a Unix socket.
 */
const streams = [0, 1] as const;
const token = randomBytes(16).toString('hex');

let directory: string;
let host: NamedPipeEndpoint;
let fifos: number[];
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'extsession-token-'));
  host = new NamedPipeEndpoint(token, path.join(directory, 'host'));
  const names = streams.map((stream) => path.join(directory, `worker-1.${String(stream)}`));
  execFileSync('mkfifo', names);
  fifos = names.map((name) => openSync(name, constants.O_RDONLY | constants.O_NONBLOCK));
});
afterEach(() => {
  fifos.forEach(closeSync);
  host.dispose();
  rmSync(directory, { recursive: true, force: true });
});

/** Sends what a worker has written to its FIFOs on to its host. */
function pass(): void {
  for (const stream of streams) {
    const socket = connect(`${host.address}-1.${String(stream)}`);
    socket.on('error', () => undefined); // refused
    socket.end(readFileSync(fifos[stream] ?? -1));
  }
}

function received(): [string, string] {
  const texts: [string, string] = ['', ''];
  for (const stream of streams) {
    host.read(1, stream, {
      data: (bytes) => (texts[stream] += bytes.toString()),
      end: () => (texts[stream] += '.'),
    });
  }
  return texts;
}

async function writeFromPython(given: string): Promise<void> {
  const source = [
    'import os, sys',
    'from _extsession_worker.link import windows',
    'pair = windows.make_pairs(sys.argv[1], sys.argv[2], None)(1)',
    'for descriptor, text in zip(pair.write_ends, (b"out", b"err")): os.write(descriptor, text)',
  ].join('\n');
  const PYTHONPATH = path.join(root, 'src/evaluators/python/worker');
  const env = { ...process.env, PYTHONPATH, PYTHONDONTWRITEBYTECODE: '1' };
  await promisify(execFile)('python3', ['-c', source, path.join(directory, 'worker'), given], { env });
}

function writeFromJavaScript(given: string): Promise<void> {
  const { writeEnds } = new NamedPipes(path.join(directory, 'worker'), given).take();
  writeSync(writeEnds[0], 'out');
  writeSync(writeEnds[1], 'err');
  writeEnds.forEach(closeSync);
  return Promise.resolve();
}

test.each([
  ['Python', writeFromPython],
  ['JavaScript', writeFromJavaScript],
])('what a %s worker writes to its pipes reaches its host', async (_language, write) => {
  const texts = received();
  await write(token);
  pass();
  await eventually(() => {
    expect(texts).toEqual(['out.', 'err.']);
  });
});

test.each([
  ['Python', writeFromPython],
  ['JavaScript', writeFromJavaScript],
])('a %s worker with another token is not read', async (_language, write) => {
  const texts = received();
  await write('f'.repeat(token.length));
  pass();
  const right = connect(`${host.address}-1.0`);
  right.end(`${token}right`);
  await eventually(() => {
    expect(texts).toEqual(['right.', '']);
  });
});
