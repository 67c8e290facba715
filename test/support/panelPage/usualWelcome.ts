import type { Welcome } from '../../../src/panel/panelActions.js';

/** What an empty panel of a test says. */
export const usualWelcome: Welcome = {
  title: 'Run code from a Python, JavaScript or TypeScript file',
  detail: 'Each command appears here with its own output.',
  hints: [
    { keys: ['Shift', 'Enter'], does: 'Run the line or selection' },
    { keys: ['Ctrl', 'Enter'], does: 'Run the `# %%` cell' },
  ],
  actions: [
    { title: 'Open a Python file', vscodeCommand: 'workbench.action.files.openFile', primary: true },
    { title: 'Choose another Python', vscodeCommand: 'extsession.selectInterpreter' },
  ],
};
