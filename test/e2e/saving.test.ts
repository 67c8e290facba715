import { expect } from 'vitest';
import { test } from '../support/e2e/test.js';

const drawing = (name: string): string => `class ${name}:
    def _repr_svg_(self):
        return '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
print('kept', 1 + 1)
${name}()
`;

test('a session is saved as a file, which opens in an editor that runs nothing', async ({ open }) => {
  const window = await open({ files: { 'map.py': drawing('Map') } });
  await window.openFile('map.py');
  await window.selectLines(1, 5);
  await window.runCommand('ExtSession: Run Selection in Session');
  await window.panel.command('class Map').becomes('done');
  await window.runCommand('ExtSession: Save Session As...');
  await expect.poll(() => window.quickInput.inputValue()).toMatch(/session\.extsession$/);
  await window.quickInput.press('Enter');
  await expect.poll(() => window.readFile('session.extsession')).toContain('kept 2');

  await window.runCommand('View: Close All Editors');
  await expect.poll(() => window.textsOfFrames()).not.toContainEqual(expect.stringContaining('kept 2'));
  await window.openTab('session.extsession');
  const command = window.panel.command('class Map');
  await command.stdout.getByText('kept 2').waitFor();
  await command.node.focus();
  await command.node.getByRole('toolbar').waitFor();
  expect(await command.node.getByTitle('Run again (R)').isVisible()).toBe(false);
  expect(await window.panel.input.isVisible()).toBe(false);
  await window.runCommand('View: Close All Editors');
});

test('a drawing in the Plots view is saved as PNG, and as the PDF that comes with it', async ({ open }) => {
  const pdf = `Plan._repr_mimebundle_ = lambda self, **_: {'application/pdf': b'%PDF-1.4 of the plan'}\nPlan()\n`;
  const window = await open({ files: { 'plan.py': drawing('Plan').replace('Plan()\n', pdf) } });
  await window.setSettings({ 'extsession.plots': 'view' });
  await window.openFile('plan.py');
  await window.selectLines(1, 6);
  await window.runCommand('ExtSession: Run Selection in Session');
  await expect.poll(async () => (await window.imagesOfFrames()).length).toBe(1);
  const savePlotAs = async (name: string): Promise<void> => {
    await window.runCommand('ExtSession: Save Plot...');
    await expect.poll(() => window.quickInput.inputValue()).toMatch(/\.svg$/);
    await window.quickInput.fill((await window.quickInput.inputValue()).replace(/[^/]+$/, name));
    await window.quickInput.press('Enter');
  };
  await savePlotAs('plan.png');
  await expect.poll(() => window.readFile('plan.png')).toContain('IHDR');
  await savePlotAs('plan.pdf');
  await expect.poll(() => window.readFile('plan.pdf')).toBe('%PDF-1.4 of the plan');
});
