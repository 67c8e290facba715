import path from 'node:path';

/** The folder of the clone. */
export const root = path.resolve(import.meta.dirname, '..');
