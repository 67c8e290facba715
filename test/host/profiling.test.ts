import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openPython, openText, submittedBy, until } from './session.js';

/** The file of the profile that is open. */
function openProfile(ending = '.cpuprofile'): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .map((tab) => tab.input as { readonly uri?: vscode.Uri } | undefined)
    .find((each) => each?.uri?.path.endsWith(ending));
  return input?.uri;
}

describe('the profile of a cell', () => {
  it('opens in VS Code', async () => {
    await openPython('# %%\nimport time\ndef costly():\n    time.sleep(0.1)\ncostly()\n', [2, 0]);
    const { results } = await submittedBy('extsession.profileCell');
    const outcome = await results.wait();
    await until(() => openProfile() !== undefined);
    const text = Buffer.from(await vscode.workspace.fs.readFile(openProfile() ?? assert.fail())).toString();
    assert.equal(text, outcome.profile);
    assert.match(text, /"functionName":"costly"/);
  });

  it('tells which lines have allocated memory', async () => {
    await openPython('# %%\nkept = bytearray(3_000_000)\n', [1, 0]);
    const { results } = await submittedBy('extsession.profileMemory');
    await results.wait();
    assert.match(results.stdout, / 3\.0 MB in \d+ blocks: File ".+", line 2$/m);
  });

  it('of its memory opens for JavaScript', async () => {
    await openText(
      'javascript',
      '// %%\nfunction grow() { return Array(1_000_000).fill("x"); }\nvar kept = grow();\n',
      [1, 0],
    );
    const { results } = await submittedBy('extsession.profileMemory');
    const { profile } = await results.wait();
    await until(() => openProfile('.heapprofile') !== undefined);
    const file = openProfile('.heapprofile') ?? assert.fail();
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(file)).toString(), profile);
    assert.match(String(profile), /"functionName":"grow"/);
  });
});
