import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** What the build, the package step and the tests make: never committed. */
export const dist = path.join(root, 'dist');

/** @param {...string} parts */
export const inRoot = (...parts) => path.join(root, ...parts);
