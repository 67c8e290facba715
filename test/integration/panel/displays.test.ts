import { describe, expect } from 'vitest';
import { ExtSession } from '../../../src/library.js';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import { ScriptedSession } from '../../support/panelPage/scriptedSession.js';
import { partBounds } from '../../../src/panel/model/outputParts.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { eventually, test } from '../../support/panelPage/test.js';
import { testPythons } from '../../support/pythons.js';

const interpreter = testPythons()[0]?.executable ?? 'python3';

describe('a command that clears its output', () => {
  test('shows none, and then what comes', async ({ open }) => {
    const model = new PanelModel();
    const command = new ScriptedSession(model).add('show()').start().stdout('old\n').stderr('bad\n');
    const panel = await open({ model });
    await eventually(async () => expect(await outputs(panel)).toEqual(['old', 'stderr\nbad']));
    command.clears();
    await eventually(async () => expect(await outputs(panel)).toEqual([]));
    command.stdout('new\n');
    await eventually(async () => expect(await outputs(panel)).toEqual(['new']));
  });

  test('keeps what there is until more comes, when it says so', async ({ open }) => {
    const model = new PanelModel();
    const session = new ScriptedSession(model);
    const command = session.add('show()').start().stdout('old\n');
    const panel = await open({ model });
    command.clears({ wait: true });
    session.add('next()');
    await panel.command(1).waitFor();
    expect(await outputs(panel)).toEqual(['old']);
    command.stdout('new\n');
    await eventually(async () => expect(await outputs(panel)).toEqual(['new']));
  });

  test('keeps the focus, and no word of outputs that were not kept', async ({ open }) => {
    const model = new PanelModel();
    const command = new ScriptedSession(model).add('show()').start();
    for (let i = 0; i <= partBounds.head + partBounds.tail; i++) command.stdout('o\n').stderr('e\n');
    const panel = await open({ model });
    const gap = panel.command(0).getByText('outputs not shown');
    await gap.focus();
    command.clears();
    await gap.waitFor({ state: 'detached' });
    expect(await panel.command(0).evaluate((node) => node === document.activeElement)).toBe(true);
  });

  test('is one of a real session', async ({ open }) => {
    const session = await ExtSession.start({ interpreter });
    try {
      const model = new PanelModel();
      const run = (source: string): void => {
        model.add({ source, languageId: 'python', evaluator: 'python', results: session.execute(source) });
      };
      const panel = await open({ model });
      run('import extsession; print("old"); extsession.clear_output(); print("new")');
      run('print("old"); extsession.clear_output(wait=True); print("new")');
      run('for i in range(50):\n    extsession.clear_output(wait=True); print(i); display(i)');
      await eventually(async () => expect(await outputs(panel, 2)).toEqual(['49', '49']));
      expect(await outputs(panel, 0)).toEqual(['new']);
      expect(await outputs(panel, 1)).toEqual(['new']);
    } finally {
      await session.exit();
    }
  });
});

describe('a display with an id', () => {
  test('changes where it stands when a later command updates it', async ({ open }) => {
    const session = await ExtSession.start({ interpreter });
    try {
      const model = new PanelModel();
      const run = (source: string): void => {
        model.add({ source, languageId: 'python', evaluator: 'python', results: session.execute(source) });
      };
      const panel = await open({ model });
      run('bar = display("0 %", display_id=True); print("below"); _ = display("0 %", display_id=bar.display_id)');
      await eventually(async () => expect(await outputs(panel)).toEqual(["'0 %'", 'below', "'0 %'"]));
      run('bar.update("50 %"); print("done")');
      await eventually(async () => expect(await outputs(panel, 1)).toEqual(['done']));
      await eventually(async () => expect(await outputs(panel)).toEqual(["'50 %'", 'below', "'50 %'"]));
    } finally {
      await session.exit();
    }
  });
});

async function outputs(panel: PanelPage, command = 0): Promise<string[]> {
  return panel.command(command).locator('.row.out').allInnerTexts();
}
