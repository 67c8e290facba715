import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openPython, submittedBy, until, valueOf, withSetting } from './session.js';

const drawing =
  'class Plot:\n    def _repr_svg_(self): return \'<svg xmlns="http://www.w3.org/2000/svg" width="70" height="9"/>\'\nPlot()\n';

const openPlots = (): string[] =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.filter(({ input }) => /^extsession-form$/.test(schemeOf(input))).map(({ label }) => label),
  );

function schemeOf(input: unknown): string {
  return (input as { readonly uri?: vscode.Uri } | undefined)?.uri?.scheme ?? '';
}

describe('the Plots view', () => {
  it('opens what a command has drawn, and runs its code again', async () => {
    await withSetting('plots', 'both', async () => {
      await openPython(drawing, [0, 0], [3, 0]);
      const command = await submittedBy('extsession.runSelection');
      await valueOf(command);
      const name = `output-${String(command.results.executionCount)}.svg`;
      // The view is told of plots a moment after they came, and shows an older one before, if there is one.
      await until(async () => {
        await vscode.commands.executeCommand('extsession.plot.open');
        await new Promise((resolve) => setTimeout(resolve, 250)); // each try opens another tab
        return openPlots().includes(name);
      });
      assert.equal((await submittedBy('extsession.plot.runAgain')).source, command.source);
    });
  }).timeout(60_000);
});
