import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keyMeaning, type KeyPress } from '../../../src/commands/running/keyMeaning.js';
import { languageIds } from '../../../src/editor/languages.js';
import { ownsShiftEnter } from '../../../src/host/shiftEnter.js';
import { inRoot } from '../../support/project.mjs';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly when: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly when?: string }[]>>;
  };
}
type Context = Readonly<Record<string, string | boolean>>;

const { activationEvents, contributes } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as Manifest;

/** A `when` clause as VS Code reads it, as far as ours go: they have no parentheses outside of patterns. */
function holds(when: string, context: Context): boolean {
  return when.split(' || ').some((all) => all.split(' && ').every((term) => holdsTerm(term, context)));
}

function holdsTerm(term: string, context: Context): boolean {
  const [, key = '', operator, operand = ''] = /^(!?[\w.]+)(?: (==|=~|!=) (.+))?$/.exec(term) ?? [];
  const value = context[key.replace('!', '')];
  switch (operator) {
    case '==':
      return String(value) === operand.replace(/^'(.*)'$/, '$1');
    case '!=':
      return String(value) !== operand;
    case '=~':
      return new RegExp(operand.slice(1, -1)).test(String(value));
    case undefined:
      if (key === '') throw new Error(`The test cannot read ${term}.`);
      return key.startsWith('!') ? !value : Boolean(value);
    default:
      throw new Error(`The test does not know ${operator}.`);
  }
}

function boundTo(key: string, context: Context): string[] {
  const bindings = contributes.keybindings.filter((each) => each.key === key && holds(each.when, context));
  return bindings.map(({ command }) => command.replace('extsession.', ''));
}

/** VS Code's own key for trust is not there: it is only set when all editors have been restored. */
const trusted = { 'extsession.isTrusted': true, 'extsession.isActive': true };
const python = { editorTextFocus: true, editorLangId: 'python', ...trusted };
const withCells = { 'extsession.hasCells': true };
const ours = { 'extsession.ownsShiftEnter': true };
const selected = { editorHasSelection: true };
const results = { 'extsession.hasInlineResults': true };
const vim = (mode: string) => ({ 'vim.active': true, 'vim.mode': mode });
const jupyter = { 'jupyter.hascodecells': true };

describe('a key', () => {
  it.each<[string, string, Context, string[]]>([
    ['Shift+Enter that is ours', 'shift+enter', { ...ours }, ['runSelection']],
    ['Shift+Enter that is ours, in a cell', 'shift+enter', { ...ours, ...withCells }, ['runCellAndAdvance']],
    ['Shift+Enter on a selection in a cell', 'shift+enter', { ...ours, ...withCells, ...selected }, ['runSelection']],
    ['Shift+Enter of another extension', 'shift+enter', {}, []],
    ['Shift+Enter of another extension, in a cell', 'shift+enter', { ...withCells }, []],
    ['Ctrl+Enter', 'ctrl+enter', {}, ['runSelection']],
    ['Ctrl+Enter in a cell', 'ctrl+enter', { ...withCells }, ['runCell']],
    ['Ctrl+Enter on a selection in a cell', 'ctrl+enter', { ...withCells, ...selected }, ['runSelection']],
    ["Ctrl+Enter in one of Jupyter's cells", 'ctrl+enter', { ...withCells, ...jupyter }, []],
    ["the next cell, of Jupyter's", 'ctrl+alt+]', { ...withCells, ...jupyter }, []],
    ['the next cell', 'ctrl+alt+]', { ...withCells }, ['goToNextCell']],
    ['Escape with results in the text', 'escape', { ...results }, ['clearInlineResults']],
    ['Escape without any', 'escape', {}, []],
    ['Escape that closes a widget', 'escape', { ...results, findWidgetVisible: true }, []],
    ["Escape in Vim's normal mode", 'escape', { ...results, ...vim('Normal') }, ['clearInlineResults']],
    ['Escape that leaves a mode', 'escape', { ...results, ...vim('Insert') }, []],
    ['Escape that leaves another mode', 'escape', { ...results, ...vim('VisualBlock') }, []],
    ['Escape in another language', 'escape', { ...results, editorLangId: 'markdown' }, []],
  ])('in Python: %s', (_, key, context, expected) => {
    expect(boundTo(key, { ...python, ...context })).toEqual(expected);
  });

  it.each(['shift+enter', 'ctrl+enter', 'alt+shift+e', 'ctrl+alt+]', 'ctrl+alt+['])(
    '%s is left alone where the text is no file, where nothing can run, and without the focus in the text',
    (key) => {
      const context = { ...python, ...ours, ...withCells };
      expect(boundTo(key, context)).not.toEqual([]);
      for (const elsewhere of ['notebookEditorFocused', 'isCompositeNotebook', 'inDebugRepl', 'inChat']) {
        expect(boundTo(key, { ...context, [elsewhere]: true }), elsewhere).toEqual([]);
      }
      expect(boundTo(key, { ...context, 'extsession.isTrusted': false })).toEqual([]);
      expect(boundTo(key, { ...context, editorTextFocus: false })).toEqual([]);
    },
  );

  it.each([
    ...['findWidgetVisible', 'messageVisible', 'dirtyDiffVisible', 'exceptionWidgetVisible', 'breakpointWidgetVisible'],
    ...['dropWidgetVisible', 'pasteWidgetVisible', 'cancellableOperation', 'selectionAnchorSet', 'inlineChatVisible'],
    ...['callHierarchyVisible', 'suggestWidgetVisible', 'editorHasSelection', 'inSnippetMode', 'inDebugRepl', 'inChat'],
  ])('Escape is left to what it closes: %s', (key) => {
    expect(boundTo('escape', { ...python, ...results })).toEqual(['clearInlineResults']);
    expect(boundTo('escape', { ...python, ...results, [key]: true })).toEqual([]);
  });

  it.each(['shift+enter', 'ctrl+enter'])('%s accepts a suggestion while the list is there', (key) => {
    expect(boundTo(key, { ...python, ...ours, suggestWidgetVisible: true })).toEqual([]);
  });

  it.each(languageIds.filter((id) => id !== 'python'))('in %s: Enter runs something only in files with cells', (id) => {
    const context = { editorTextFocus: true, editorLangId: id, ...trusted, ...ours };
    expect(boundTo('shift+enter', context)).toEqual([]);
    expect(boundTo('ctrl+enter', { ...context, ...selected })).toEqual([]);
    expect(boundTo('shift+enter', { ...context, ...withCells })).toEqual(['runCellAndAdvance']);
    expect(boundTo('ctrl+enter', { ...context, ...withCells })).toEqual(['runCell']);
    expect(boundTo('ctrl+enter', { ...context, ...withCells, ...selected })).toEqual(['runSelection']);
    expect(boundTo('alt+shift+e', context)).toEqual(['runSelection']);
  });

  it('does nothing in languages that no session runs', () => {
    const elsewhere = { editorTextFocus: true, editorLangId: 'typescriptreacts', ...trusted, ...results };
    const context = { ...elsewhere, ...ours, ...withCells, ...selected };
    for (const key of new Set(contributes.keybindings.map((each) => each.key))) {
      expect(boundTo(key, context), key).toEqual([]);
    }
  });
});

describe('Shift+Enter is ours', () => {
  it.each([
    ['auto', [], true],
    ['auto', ['ms-python.python'], false],
    ['auto', ['ms-toolsai.jupyter'], false],
    ['auto', ['ms-python.pylint'], true],
    ['always', ['ms-python.python', 'ms-toolsai.jupyter'], true],
    ['never', [], false],
  ] as const)('when the setting is %s and %j is installed: %s', (choice, installed: readonly string[], expected) => {
    expect(ownsShiftEnter(choice, (id) => installed.includes(id))).toBe(expected);
  });
});

describe('before the extension is active', () => {
  /** What VS Code does where nobody else binds a key. */
  const byVsCode = { 'shift+enter': 'type', 'ctrl+enter': 'editor.action.insertLineAfter' };
  const keys = ['shift+enter', 'ctrl+enter'] as const;
  const starting = (languageId: string, choice: string) => ({
    ...python,
    editorLangId: languageId,
    'extsession.isActive': false,
    'extsession.isTrusted': false, // not known yet, whatever is true of the workspace
    'config.extsession.keys.shiftEnter': choice,
  });

  it.each(languageIds)('a key in %s waits for it, and does not edit the text', (id) => {
    for (const key of keys) expect(boundTo(key, starting(id, 'auto'))).toEqual(['runByKey']);
    expect(boundTo('alt+shift+e', starting(id, 'auto'))).toEqual(['runSelection']); // which types a letter on macOS
    expect(boundTo('shift+enter', starting(id, 'never'))).toEqual([]);
    for (const elsewhere of [{ suggestWidgetVisible: true }, { notebookEditorFocused: true }, { editorLangId: 'go' }])
      for (const key of keys) expect(boundTo(key, { ...starting(id, 'auto'), ...elsewhere })).toEqual([]);
  });

  it('a key does what it does afterwards, whoever else is installed', () => {
    const press = fc.record({
      key: fc.constantFrom(...keys),
      languageId: fc.constantFrom(...languageIds),
      hasCells: fc.boolean(),
      hasSelection: fc.boolean(),
      installed: fc.subarray(['ms-python.python', 'ms-toolsai.jupyter']),
      on: fc.subarray(['jupyter.interactiveWindow.textEditor.executeSelection', 'python.REPL.sendToNativeREPL']),
      choice: fc.constantFrom('auto', 'always'),
      isTrusted: fc.boolean(),
    });
    fc.assert(
      fc.property(press, ({ installed, on, choice, ...rest }) => {
        const isInstalled = (id: string) => installed.includes(id);
        const isOn = (setting: string) => on.includes(setting);
        const pressed = { ...rest, isInstalled, isOn, ownsShiftEnter: ownsShiftEnter(choice, isInstalled) };
        const [own] = boundTo(rest.key, contextAfterwards(pressed));
        const other = pressed.isTrusted ? boundElsewhere(pressed) : byVsCode[rest.key];
        const expected = own === undefined ? other : `extsession.${own}`;
        expect(keyMeaning(pressed).vscodeCommand).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('Ctrl+Enter leaves the cursor where it is, and a new line is typed where nobody binds Shift+Enter', () => {
    const alone = {
      languageId: 'python',
      hasCells: false,
      hasSelection: false,
      isTrusted: true,
      isInstalled: () => false,
      isOn: () => false,
    };
    const press = (key: KeyPress['key'], ownsShiftEnter: boolean) => keyMeaning({ ...alone, key, ownsShiftEnter });
    expect(press('ctrl+enter', true).argument).toEqual({ advance: false });
    expect(press('shift+enter', false)).toEqual({ vscodeCommand: 'type', argument: { text: '\n' } });
  });
});

function contextAfterwards({
  languageId,
  hasCells,
  hasSelection,
  ownsShiftEnter: isOurs,
  isTrusted,
  isInstalled,
}: KeyPress) {
  return {
    ...python,
    'extsession.isTrusted': isTrusted,
    editorLangId: languageId,
    editorHasSelection: hasSelection,
    'extsession.hasCells': hasCells,
    'extsession.ownsShiftEnter': isOurs,
    'jupyter.hascodecells': hasCells && languageId === 'python' && isInstalled('ms-toolsai.jupyter'),
  };
}

/** What the manifests of the Jupyter and the Python extension bind, and what an editor does without them. */
function boundElsewhere({ key, languageId, hasCells, hasSelection, isInstalled, isOn }: KeyPress): string {
  const isPython = languageId === 'python';
  if (isInstalled('ms-toolsai.jupyter') && isPython) {
    if (hasCells && !hasSelection)
      return key === 'ctrl+enter' ? 'jupyter.runcurrentcell' : 'jupyter.runcurrentcelladvance';
    const ownsSelection = hasCells || isOn('jupyter.interactiveWindow.textEditor.executeSelection');
    if (key === 'shift+enter' && ownsSelection) return 'jupyter.execSelectionInteractive';
  }
  if (isInstalled('ms-python.python') && isPython && key === 'shift+enter')
    return isOn('python.REPL.sendToNativeREPL') ? 'python.execInREPL' : 'python.execSelectionInTerminal';
  return key === 'ctrl+enter' ? 'editor.action.insertLineAfter' : 'type';
}

describe('the palette', () => {
  it.each(['starting', 'busy', 'asking', 'paused', 'interrupting'])(
    'offers an interrupt of a session that is %s',
    (state) => {
      const entry = contributes.menus.commandPalette?.find(({ command }) => command === 'extsession.interruptSession');
      expect(holds(entry?.when ?? '', { 'extsession.sessionState': state })).toBe(true);
      expect(holds(entry?.when ?? '', { 'extsession.sessionState': 'idle' })).toBe(false);
    },
  );
});

describe.each(languageIds)('files of %s', (id) => {
  it('start the extension', () => {
    expect(activationEvents).toContain(`onLanguage:${id}`);
  });

  it.each(['editor/context', 'editor/title/run', 'commandPalette'])('have its commands in %s', (menu) => {
    const context = { editorLangId: id, resourceLangId: id, ...withCells };
    const shown = contributes.menus[menu]?.filter(({ when }) => when === undefined || holds(when, context));
    expect(shown?.map(({ command }) => command)).toEqual(
      expect.arrayContaining(['extsession.runSelection', 'extsession.runCell']),
    );
  });
});
