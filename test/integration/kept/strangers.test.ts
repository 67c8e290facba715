import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { encodeSupervisorFrame, PROTOCOL_VERSION, sent } from '../../../src/engine/supervised/frames.js';
import { ExtSession } from '../../../src/library.js';
import { interpreter, keptLanguages } from './keptLanguages.js';
import { endSessionsAfterEach, referenceOf, start } from './keptSessions.js';

endSessionsAfterEach();

const byName = keptLanguages.map((language) => [language.name, language] as const);

describe.each(byName)('from a session of %s, a stranger', (_name, { options }) => {
  test('with another secret is refused', async () => {
    const session = await start(options);
    const reference = { ...referenceOf(session), secret: '0'.repeat(32) };
    await expect(ExtSession.attach(reference)).rejects.toMatchObject({ code: 'SESSION_GONE', reason: 'refused' });
    expect(await session.evaluate('1')).toBe(1);
  });

  test.skipIf(process.getuid?.() !== 0)('of another user cannot even connect (needs root)', async () => {
    const session = await start(options);
    const { directory } = referenceOf(session);
    expect(() => asNobody(`s.connect(${JSON.stringify(`${directory}/h`)})`)).toThrow(/PermissionError/);
  });
});

test.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux')(
  'another user who gets as far as the socket of a session of Python, with its secret, is refused (needs root)',
  async () => {
    const session = await start({ interpreter });
    const { directory, secret } = referenceOf(session);
    chmodSync(directory, 0o711);
    chmodSync(`${directory}/h`, 0o777);
    const greeting = encodeSupervisorFrame(sent.attach, { version: PROTOCOL_VERSION, secret }).toString('hex');
    const source = `s.connect(${JSON.stringify(`${directory}/h`)})\ntry: s.sendall(bytes.fromhex("${greeting}"))\nexcept OSError: pass\ntry: print(s.recv(9))\nexcept ConnectionError: print(b"")`;
    expect(asNobody(source)).toBe("b''\n");
    expect(await session.evaluate('1')).toBe(1);
  },
);

/** Runs Python with `s`, a socket, as another user. */
function asNobody(source: string): string {
  const socket = 'import os, socket\nos.setuid(65534)\ns = socket.socket(socket.AF_UNIX)';
  return execFileSync('python3', ['-S', '-c', `${socket}\n${source}`], { stdio: 'pipe', encoding: 'utf8' });
}
