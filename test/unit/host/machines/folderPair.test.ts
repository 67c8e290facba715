import { expect, test } from 'vitest';
import { pathsHere, pathThere } from '../../../../src/host/machines/folderPair.js';

const pair = { there: '/srv/project', here: ['/home/ada/project', '/home/ada/other'] };

test('files below the folder there have the same place in each folder of the workspace', () => {
  expect(pathsHere(pair, '/srv/project/pkg/mod.py')).toEqual([
    '/home/ada/project/pkg/mod.py',
    '/home/ada/other/pkg/mod.py',
  ]);
  expect(pathsHere(pair, '/srv/project/..pkg/mod.py')[0]).toBe('/home/ada/project/..pkg/mod.py');
});

test.each(['/srv/project', '/srv/project2/mod.py', '/srv/mod.py', '/srv/project/../mod.py', '/srv/project/../../etc'])(
  'nothing outside of it is here: %s',
  (file) => {
    expect(pathsHere(pair, file)).toEqual([]);
  },
);

test('files of the workspace have their place there, others have none', () => {
  expect(pathThere(pair, '/home/ada/other/a/b.py')).toBe('/srv/project/a/b.py');
  for (const file of ['/home/ada/b.py', '/home/ada/project', 'untitled:Untitled-1', 'b.py'])
    expect(pathThere(pair, file)).toBeUndefined();
});

test('without a folder that was chosen, nothing is the same', () => {
  const none = { there: undefined, here: ['/home/ada/project'] };
  expect(pathsHere(none, '/home/ada/project/a.py')).toEqual([]);
  expect(pathThere(none, '/home/ada/project/a.py')).toBeUndefined();
});
