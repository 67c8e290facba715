import { readFileSync } from 'node:fs';

const options = /sucrase[/\\]dist[/\\]esm[/\\]Options\.js$/;
const flow = /sucrase[/\\]dist[/\\]esm[/\\]parser[/\\]plugins[/\\]flow\.js$/;

/**
 * Leaves out what Sucrase needs for Flow, which no session runs, and for the check of options, which are ours and typed:
 * 24 kB less before it is compressed.
 *
 * @type {import('esbuild').Plugin}
 */
export const unusedSyntax = {
  name: 'unused-syntax',
  setup(build) {
    build.onLoad({ filter: options }, () => ({ contents: 'export function validateOptions() {}' }));
    build.onLoad({ filter: flow }, ({ path }) => {
      const names = [...readFileSync(path, 'utf8').matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
      if (names.length === 0) throw new Error(`${path} has no functions.`);
      return { contents: names.map((name) => `export function ${name}() { throw new Error('Flow'); }`).join('\n') };
    });
  },
};
