import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openPython, submittedBy, until, valueOf, withSetting } from './session.js';

/** Shows a drawing of that width. */
const drawing = (width: number): string =>
  `class Plot:\n    def _repr_svg_(self): return '<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="9"/>'\nPlot()\n`;

const openPlots = (): string[] =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.filter(({ input }) => /^extsession-form$/.test(schemeOf(input))).map(({ label }) => label),
  );

function schemeOf(input: unknown): string {
  return (input as { readonly uri?: vscode.Uri } | undefined)?.uri?.scheme ?? '';
}

describe('the Plots view', () => {
  it('has what commands draw, with its command, until it is deleted', async () => {
    await withSetting('plots', 'both', async () => {
      await openPython(drawing(70), [0, 0], [3, 0]);
      const first = await submittedBy('extsession.runSelection');
      await valueOf(first);
      await openPython(drawing(80), [0, 0], [3, 0]);
      const second = await submittedBy('extsession.runSelection');
      await valueOf(second);

      const opened = async (): Promise<string | undefined> => {
        await vscode.commands.executeCommand('extsession.plot.open');
        return openPlots().at(-1);
      };
      const labelOf = ({ results }: typeof first): string => `output-${String(results.executionCount)}.svg`;
      // The view is told of plots a moment after they came.
      await until(async () => (await opened()) === labelOf(second));
      await vscode.commands.executeCommand('extsession.plot.previous');
      assert.equal(await opened(), labelOf(first));
      assert.equal((await submittedBy('extsession.plot.runAgain')).source, first.source);

      await vscode.commands.executeCommand('extsession.plot.clear');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await until(() => openPlots().length === 0);
      await vscode.commands.executeCommand('extsession.plot.open');
      assert.deepEqual(openPlots(), []);
    });
  });
});
