import { afterEach, describe, test } from 'vitest';
import { ExtSession, type ExtResults, type MimeBundle, type Output } from '../../src/library.js';
import { pythonWith } from './pythons.js';

let session: ExtSession | undefined;

/** Ends the session after each test of a file. */
export function endSessions(): void {
  afterEach(async () => {
    await session?.exit();
    session = undefined;
  });
}

/** In the session of the test, which the first command starts. */
export async function run(interpreter: string, source: string, env: Record<string, string> = {}): Promise<ExtResults> {
  session ??= await ExtSession.start({ interpreter, env });
  const results = session.execute(source);
  await results.wait({ timeoutMs: 60_000 });
  return results;
}

export const bundles = (results: ExtResults): MimeBundle[] =>
  results.outputs.flatMap((output) => ('data' in output ? [output.data] : []));
export const isPng = (data: MimeBundle | undefined): boolean => String(data?.['image/png']).startsWith('iVBORw0KGgo');
export const kinds = (results: ExtResults): Output['type'][] => results.outputs.map(({ type }) => type);

/** Tests that need real packages: skipped, and said so, where no Python has them. */
export function withPackages(packages: readonly string[], define: (python: string) => void): void {
  const python = pythonWith(...packages);
  if (python)
    describe(`${packages.join(' and ')} in Python ${python.version}`, { timeout: 60_000 }, () => {
      define(python.executable);
    });
  else {
    test(packages.join(' and '), (context) => {
      context.skip('no Python here has it');
    });
  }
}
