/** Ends this process, and says why, if its Node.js is older than 20.12. */
export function endIfTooOld(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 12)) return;
  process.stderr.write(`ExtSession needs Node.js 20.12 or newer; this is ${process.version} (${process.execPath}).\n`);
  process.exit(64);
}
