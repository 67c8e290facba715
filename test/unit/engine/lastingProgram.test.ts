import { expect, onTestFinished, test } from 'vitest';
import { startLasting } from '../../../src/engine/link/childProcess.js';

/** What comes of a shell's script that is started as a lasting program. */
async function started(script: string): Promise<{ readonly ready: unknown; readonly printed: string }> {
  let printed = '';
  const program = await startLasting(
    { file: '/bin/sh', args: ['-c', script] },
    {
      env: process.env,
      printed: {
        append: (_stream, bytes) => void (printed += Buffer.from(bytes).toString()),
        text: '',
      },
    },
    { orders: '', answer: 'ok-4711' },
  );
  onTestFinished(() => {
    program.kill();
  });
  return { ready: await program.ready, printed };
}

test.skipIf(process.platform === 'win32').each([
  ['says so', "printf 'ok-4711\\n'", ''],
  ['says so together with what startup files print', "printf 'activated\\nok-4711\\nlate\\n'", 'activated\nlate\n'],
  ['says so in several pieces', "printf 'ok-'; sleep .05; printf 'ok-47'; sleep .05; printf '11\\n'", 'ok-'],
])('a lasting program is ready when it %s', async (_name, script, printed) => {
  expect(await started(`${script}; exec sleep 600`)).toEqual({ ready: undefined, printed });
});

test.skipIf(process.platform === 'win32')('a lasting program is not ready because something says ok', async () => {
  expect(await started("printf 'ok\\n'; exit 3")).toEqual({
    ready: { exitCode: 3, signal: null },
    printed: 'ok\n',
  });
});
