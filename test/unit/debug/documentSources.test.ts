import { expect, test } from 'vitest';
import { nameDocuments, nameFiles } from '../../../src/debug/documentSources.js';
import { addressOfScript, patternForScripts, pathOfUri } from '../../../src/protocol/documentPath.js';

test.each([
  ['untitled:Untitled-1', 'Untitled-1'],
  ['vscode-notebook-cell:/home/ada/a%20b.ipynb#W0sZmlsZQ%3D%3D', 'a%20b.ipynb#W0sZmlsZQ%3D%3D'],
])('the debugger takes a document without a file for one that VS Code is told of as the document: %s', (uri, name) => {
  const request = { command: 'setBreakpoints', arguments: { source: { name, path: uri }, breakpoints: [{ line: 4 }] } };
  nameFiles(request);
  expect(request.arguments.source.path).toBe(pathOfUri(uri));
  const source = { name: 'x', path: pathOfUri(uri), sourceReference: 7 };
  const answer = { command: 'stackTrace', body: { stackFrames: [{ id: 1, line: 4, source }] } };
  nameDocuments(answer);
  expect(answer.body.stackFrames[0]?.source).toEqual({ name, path: uri, sourceReference: 0 });
});

test.each(['/home/ada/a.js', String.raw`C:\ada\a.js`, 'file:///home/ada/a.js', '<node_internals>/fs', 'untitled'])(
  'the source %s stays as it is',
  (path) => {
    const message = { arguments: { source: { path, sourceReference: 7 } } };
    nameFiles(message);
    nameDocuments(message);
    expect(message).toEqual({ arguments: { source: { path, sourceReference: 7 } } });
  },
);

test('scripts of documents have one address wherever Node.js knows them, and breakpoints there count for all', () => {
  const name = 'untitled%253AUntitled-1';
  const address = addressOfScript(`file:///home/ada/${name}`);
  expect(addressOfScript(`file:///tmp/${name}`)).toBe(address);
  expect(address).not.toContain('ada');
  for (const plain of ['file:///home/ada/a%20b.js', 'node:fs', '<command 1>', ''])
    expect(addressOfScript(plain)).toBe(plain);
  const debuggers = address.replaceAll('/', String.raw`\/`).replaceAll('%253A', '(?:%3A|%253A)');
  const pattern = new RegExp(patternForScripts(`${debuggers}($|\\?)|${debuggers}$`));
  expect(`file:///home/ada/${name}`).toMatch(pattern);
  expect(`file:///tmp/${name}`).toMatch(pattern);
  expect(`file:///tmp/untitled%253AUntitled-12`).not.toMatch(pattern);
});
