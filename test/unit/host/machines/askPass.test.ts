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

test('what it has made is gone afterwards', async () => {
  const askPass = new AskPass(() => Promise.resolve(''), silentLogger);
  const { SSH_ASKPASS = '' } = await askPass.variables();
  askPass.dispose();
  askPass.dispose();
  expect(existsSync(SSH_ASKPASS)).toBe(false);
});
