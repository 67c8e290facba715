import { exitCode } from './run.mjs';

const PACKAGE = 'node@22'; // brings Node.js as a package

/**
 * Runs this very script once more, in a newer Node.js that npm brings, if this one is too old for the tools; then ends.
 */
export async function runInNewerNode() {
  // ESLint and Vitest need 20.19; the product itself runs in 20.12 too.
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.log('The tests need Node.js 20.19 or later; npm brings one.');
  const script = process.argv.slice(1);
  const shell = process.platform === 'win32';
  process.exit(
    Number(await exitCode('npm', ['exec', '--yes', `--package=${PACKAGE}`, '--', 'node', ...script], { shell })),
  );
}
