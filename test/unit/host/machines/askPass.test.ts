import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '../../../../src/engine/logger.js';
import { AskPass, type AskUser } from '../../../../src/host/machines/askPass.js';

interface Asked {
  readonly code: number | null;
  readonly text: string;
}

/** As ssh runs it. */
async function asked(
  ask: AskUser,
  prompt: string,
  meanwhile: (kill: () => void) => void = () => undefined,
): Promise<Asked> {
  const askPass = new AskPass(ask, silentLogger);
  onTestFinished(() => {
    askPass.dispose();
  });
  const { SSH_ASKPASS = '' } = await askPass.variables();
  expect(statSync(path.dirname(SSH_ASKPASS)).mode & 0o777).toBe(0o700);
  const child = spawn(SSH_ASKPASS, [prompt], { stdio: ['ignore', 'pipe', 'inherit'] });
  meanwhile(() => child.kill('SIGKILL'));
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, text });
    });
  });
}

test.skipIf(process.platform === 'win32')('ssh gets the answer of the user, whose typing is hidden', async () => {
  const questions: unknown[] = [];
  const answer = await asked((prompt, { hidden }) => {
    questions.push([prompt, hidden]);
    return Promise.resolve("pass 'word' $x");
  }, "ada@node7's password: ");
  expect([questions, answer]).toEqual([[["ada@node7's password: ", true]], { code: 0, text: "pass 'word' $x\n" }]);
});

test.skipIf(process.platform === 'win32')(
  'no answer is a refusal, and a question about a host is not hidden',
  async () => {
    let isHidden: boolean | undefined;
    const prompt = 'The authenticity of host cannot be established.\nContinue connecting (yes/no/[fingerprint])? ';
    const answer = await asked((_prompt, { hidden }) => {
      isHidden = hidden;
      return Promise.resolve(undefined);
    }, prompt);
    expect([isHidden, answer]).toEqual([false, { code: 1, text: '' }]);
  },
);

test.skipIf(process.platform === 'win32')('a question whose ssh has ended is taken back', async () => {
  let kill: () => void = () => undefined;
  const takenBack = new Promise<void>((resolve) => {
    void asked(
      (_prompt, { signal }) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
        kill();
        return new Promise(() => undefined);
      },
      'password',
      (end) => (kill = end),
    );
  });
  await takenBack;
});

test('what it has made is gone afterwards, also when several sessions start at the same time', async () => {
  const askPass = new AskPass(() => Promise.resolve(''), silentLogger);
  const all = await Promise.all([askPass.variables(), askPass.variables()]);
  const scripts = all.map(({ SSH_ASKPASS = '' }) => SSH_ASKPASS);
  expect(new Set(scripts).size).toBe(1);
  askPass.dispose();
  askPass.dispose();
  expect(scripts.filter((script) => existsSync(script))).toEqual([]);
});

test.skipIf(process.platform === 'win32')('it is made again after it was disposed of while it was made', async () => {
  const askPass = new AskPass(() => Promise.resolve(''), silentLogger);
  const first = askPass.variables();
  askPass.dispose();
  await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
  const { SSH_ASKPASS = '' } = await askPass.variables();
  expect(existsSync(SSH_ASKPASS)).toBe(true);
  askPass.dispose();
});

test.skipIf(process.platform === 'win32')('a question that is too long is not asked', async () => {
  const questions: string[] = [];
  const answer = await asked((prompt) => {
    questions.push(prompt);
    return Promise.resolve('yes');
  }, 'p'.repeat(5000));
  expect([questions, answer.code]).toEqual([[], 1]);
});
