import { expect, it } from 'vitest';
import { namesFile } from '../../../src/host/interpreters/startupFile.js';

it.each([
  ['python', ['startup.py'], true],
  ['python', ['${workspaceFolder}/my scripts/startup.py '], true],
  ['python', ['C:\\\\work\\\\startup.py'], true],
  ['python', ['%run startup.py'], false],
  ['python', ['!python startup.py'], false],
  ['python', ['# see startup.py'], false],
  ['python', ['exec(open("startup.py").read())'], false],
  ['python', ['import numpy as np', 'startup.py'], false],
  ['python', ['startup.js'], false],
  ['python', [], false],
  ['javascript', ['./startup.mjs'], true],
  ['javascript', ['/home/ada/startup.ts'], true],
  ['javascript', ["import './startup.mjs'"], false],
  ['javascript', ['// see startup.js'], false],
] as const)('startup commands of %s are a file or lines: %j', (language, lines, expected) => {
  expect(namesFile(lines, language)).toBe(expected);
});
