import { expect, it } from 'vitest';
import { silentLogger } from '../../../src/engine/logger.js';
import { SessionBook } from '../../../src/host/sessions/sessionBook.js';

/** VS Code's workspace state, which holds plain JSON. */
class Memory {
  readonly #values = new Map<string, string>();

  get(key: string): unknown {
    const text = this.#values.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}

it('remembers sessions, their names and their files for the next window', () => {
  const memory = new Memory();
  const book = new SessionBook(memory, silentLogger);
  const machine = { name: 'node7', command: ['ssh', 'node7'], folder: '/home/ada' };
  const { id } = book.add({ evaluator: 'python', name: 'train', interpreter: '/opt/python', machine });
  book.attach('file:///a.py', id);
  book.rename(id, 'training');
  book.rename('python', 'main');
  const next = new SessionBook(memory, silentLogger);
  expect(next.created).toEqual([{ id, evaluator: 'python', name: 'training', interpreter: '/opt/python', machine }]);
  expect([next.nameOf(id), next.nameOf('python')]).toEqual(['training', 'main']);
  expect([next.sessionFor('file:///a.py'), next.filesOf(id)]).toEqual([id, ['file:///a.py']]);
});

it('knows the sessions that go on although nobody has stored that they were created', () => {
  const reference = { version: 1, directory: '/tmp/s', secret: 's'.repeat(32), language: 'python', pid: 1 } as const;
  const launch = { interpreter: { path: '/usr/bin/python3', env: {} }, cwd: '/', reload: [], startup: {} } as const;
  const left = { reference, launch, uri: undefined, title: 'train', keepAliveMs: 1 };
  const memory = new Memory();
  const known = new SessionBook(memory, silentLogger).add({ evaluator: 'python', name: 'trips' });
  const kept = new Map([known.id, 'session-2', 'python'].map((id) => [id, left] as const));
  const added = { id: 'session-2', evaluator: 'python', name: 'train' };
  expect(new SessionBook(memory, silentLogger, kept).created).toEqual([known, added]);
});

it('detaches a file, and all files of a session that is removed', () => {
  const book = new SessionBook(new Memory(), silentLogger);
  const { id } = book.add({ evaluator: 'python', name: 'train' });
  for (const file of ['file:///a.py', 'file:///b.py']) book.attach(file, id);
  book.attach('file:///a.py', undefined);
  expect(book.filesOf(id)).toEqual(['file:///b.py']);
  book.remove(id);
  expect([book.created, book.sessionFor('file:///b.py')]).toEqual([[], undefined]);
});

it('starts anew when what is stored is of another form, and keeps the newest thousand files', async () => {
  const memory = new Memory();
  await memory.update('sessions', { created: 'no list' });
  const book = new SessionBook(memory, silentLogger);
  expect(book.created).toEqual([]);
  for (let file = 0; file < 1001; file++) book.attach(`file:///${String(file)}.py`, 'python');
  expect([book.sessionFor('file:///0.py'), book.sessionFor('file:///1000.py')]).toEqual([undefined, 'python']);
});
