import { exitCode } from './run.mjs';

/** What ESLint and Vitest need; the product itself runs in 20.12 too. */
const NEEDED = [20, 19];
const PACKAGE = 'node@22'; // brings Node.js as a package

/** Runs this very script once more, in a newer Node.js that npm brings, if this one is too old for the tools; then ends. */
export async function runInNewerNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = NEEDED;
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  console.log(`The tests need Node.js ${NEEDED.join('.')} or later; npm brings one.`);
  const script = process.argv.slice(1);
  const shell = process.platform === 'win32';
  process.exit(
    Number(await exitCode('npm', ['exec', '--yes', `--package=${PACKAGE}`, '--', 'node', ...script], { shell })),
  );
}
