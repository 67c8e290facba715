import { describe, expect } from 'vitest';
import { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { OpenInputRequest } from '../../../src/panel/model/inputRequests.js';
import type { PanelPage } from '../../support/panelPage/panelPage.js';
import { ScriptedSession, type ScriptedCommand } from '../../support/panelPage/scriptedSession.js';
import { barriers, eventually, test } from '../../support/panelPage/test.js';

interface Asked {
  readonly model: PanelModel;
  readonly command: ScriptedCommand;
  readonly question: OpenInputRequest;
  readonly withdraw: () => void;
}

describe('a command that asks', () => {
  test('gets the line that is typed right under its output, which then shows it', async ({ open }) => {
    const { model, command, question } = asking('Name? ');
    const panel = await open({ model });
    await fieldOf(panel).fill('Ada');
    await fieldOf(panel).press('Enter');
    expect(await question.answered).toBe('Ada');
    command.stdout('Hello Ada\n').ok(10);
    await eventually(async () =>
      expect(await panel.command(0).locator('.row.out').allInnerTexts()).toEqual(['Name? ', 'input\nAda', 'Hello Ada']),
    );
    expect(await fieldOf(panel).count()).toBe(0);
  });

  test('gets the end of the input at Escape', async ({ open }) => {
    const { model, question } = asking('Name? ');
    const panel = await open({ model });
    await fieldOf(panel).press('Escape');
    expect(await question.answered).toBeUndefined();
    await panel.command(0).getByText('(end of input)').waitFor();
  });

  test('masks a password, and shows not even its length', async ({ open }) => {
    const { model, question } = asking('Password: ', true);
    const panel = await open({ model });
    expect(await fieldOf(panel).getAttribute('type')).toBe('password');
    await fieldOf(panel).fill('secret');
    await fieldOf(panel).press('Enter');
    expect(await question.answered).toBe('secret');
    await panel.command(0).getByText('••••••••').waitFor();
    expect(await panel.feedNode.innerText()).not.toContain('secret');
  });

  test('takes its field away when nobody waits any more', async ({ open }) => {
    const { model, question, withdraw } = asking('Name? ');
    const panel = await open({ model });
    await fieldOf(panel).focus();
    withdraw();
    expect(await question.answered).toBeUndefined();
    await fieldOf(panel).waitFor({ state: 'detached' });
  });

  test('gives the focus back: what is typed on, after the answer, runs no command again', async ({ open }) => {
    const panel = await open();
    await panel.input.click();
    const question = new ScriptedSession(panel.model).add('who()').start().stdout('Name? ').asks('Name? ');
    await panel.page.waitForFunction(() => document.activeElement?.classList.contains('field'));
    await panel.page.keyboard.type('Ada');
    await panel.page.keyboard.press('Enter');
    expect(await question.answered).toBe('Ada');
    await fieldOf(panel).waitFor({ state: 'detached' });
    await panel.page.keyboard.type('run(1)');
    expect(await panel.typed()).toBe('run(1)');
    expect(panel.calls).toEqual([]);
  });

  test('leaves the focus to the input line when it was nowhere before', async ({ open }) => {
    const { model } = asking('Name? ');
    const panel = await open({ model });
    await panel.input.waitFor();
    await fieldOf(panel).press('Escape');
    await fieldOf(panel).waitFor({ state: 'detached' });
    await panel.page.keyboard.type('x');
    expect(await panel.typed()).toBe('x');
  });

  test('is announced, and keeps what is typed while output goes on', async ({ open }) => {
    const { model, command } = asking('Name? ');
    const panel = await open({ model });
    await fieldOf(panel).pressSequentially('Gra');
    command.stderr('a thread writes on\n');
    await panel.command(0).getByText('a thread writes on').waitFor();
    await fieldOf(panel).pressSequentially('ce');
    expect(await fieldOf(panel).inputValue()).toBe('Grace');
    expect(await panel.command(0).locator('.row.out').last().getByRole('textbox').count()).toBe(1);
    expect(await panel.command(0).getAttribute('aria-label')).toContain('waiting for input');
  });

  test('keeps what is typed when its card is drawn anew, and when the panel is hidden and shown', async ({ open }) => {
    const { model, question } = asking('Name? ');
    const panel = await open({ model });
    await fieldOf(panel).pressSequentially('Ad');
    await drawAnew(panel);
    await panel.page.keyboard.type('a');
    expect(await fieldOf(panel).inputValue()).toBe('Ada');
    await eventually(async () => expect(await stateOf(panel)).toContain('"Ada"'));
    await panel.hideAndShow();
    await eventually(async () => expect(await fieldOf(panel).inputValue()).toBe('Ada'));
    await fieldOf(panel).press('Enter');
    expect(await question.answered).toBe('Ada');
    await eventually(async () => expect(await stateOf(panel)).not.toContain('"Ada"'));
  });

  test('keeps a password in the page only', async ({ open }) => {
    const { model, question } = asking('Password: ', true);
    const panel = await open({ model });
    await fieldOf(panel).pressSequentially('secr');
    await drawAnew(panel);
    await panel.page.keyboard.type('et');
    await panel.command(0).press('ArrowRight');
    await eventually(async () => expect(await stateOf(panel)).toContain('"whole"'));
    expect(await stateOf(panel)).not.toContain('secr');
    await fieldOf(panel).press('Enter');
    expect(await question.answered).toBe('secret');
  });

  test('takes the focus in a panel where nobody types', async ({ open }) => {
    const model = new PanelModel();
    const command = new ScriptedSession(model).add('input()').start();
    const panel = await open({ model });
    await panel.input.click();
    command.asks('First? ');
    await fieldOf(panel).waitFor();
    await panel.page.keyboard.type('Ada');
    expect(await fieldOf(panel).inputValue()).toBe('Ada');
  });

  test('leaves the focus to who is typing', async ({ open }) => {
    const model = new PanelModel();
    const command = new ScriptedSession(model).add('input()').start();
    const panel = await open({ model });
    await panel.input.click();
    await panel.page.keyboard.type('half a th');
    command.asks('First? ');
    await fieldOf(panel).waitFor();
    await panel.page.keyboard.type('ought');
    expect(await panel.typed()).toBe('half a thought');
  });

  test('is asked apart from one of another process that asks too', async ({ open }) => {
    const { model, question } = asking('First? ');
    const other = new ScriptedSession(model, 'python')
      .add('await prompt()', undefined, 'javascript')
      .start()
      .asks('Second? ');
    const panel = await open({ model });
    await fieldOf(panel, 1).fill('two');
    await fieldOf(panel, 1).press('Enter');
    expect(await other.answered).toBe('two');
    await fieldOf(panel, 0).fill('one');
    await fieldOf(panel, 0).press('Enter');
    expect(await question.answered).toBe('one');
  });

  test('has no barriers, also beside another that asks', async ({ open }) => {
    const { model } = asking('Password: ', true);
    new ScriptedSession(model, 'python').add('await prompt()', undefined, 'javascript').start().asks('Second? ');
    const panel = await open({ model });
    await fieldOf(panel).waitFor();
    await fieldOf(panel, 1).waitFor();
    expect(await barriers(panel)).toEqual([]);
  });
});

/** What is over is cleared, which draws what is left in new nodes. */
async function drawAnew(panel: PanelPage): Promise<void> {
  await panel.command(0).evaluate((node) => node.classList.add('before'));
  panel.model.clear();
  await eventually(async () => expect(await panel.page.locator('.before').count()).toBe(0));
}

/** What the page gave VS Code to keep. */
async function stateOf(panel: PanelPage): Promise<string> {
  return (await panel.page.evaluate(() => sessionStorage.getItem('state'))) ?? '';
}

function asking(prompt: string, password = false): Asked {
  const model = new PanelModel();
  const session = new ScriptedSession(model);
  const command = session.add('who()').start().stdout(prompt);
  const cancel = new AbortController();
  const question = command.asks(prompt, { password, signal: cancel.signal });
  return { model, command, question, withdraw: () => cancel.abort() };
}

function fieldOf(panel: PanelPage, command = 0) {
  return panel.command(command).locator('input.field');
}
