import { build } from 'esbuild';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { inRoot } from '../../support/project.mjs';
import * as errors from '../../../src/engine/errors.js';

test('errors have their names in a minified bundle too', async () => {
  const { outputFiles } = await build({
    entryPoints: [inRoot('src/engine/errors.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    globalName: 'bundled',
  });
  const bundled = runInNewContext(`${outputFiles[0]?.text ?? ''}; bundled`) as typeof errors;
  const classes = Object.keys(errors);
  expect(classes.map((name) => bundled[name as keyof typeof errors].name)).toEqual(classes);
  expect(new bundled.ResultsDisposedError().name).toBe('ResultsDisposedError');
});
