/** A key that other extensions bind too, or that edits the text where nobody binds it. */
export type RunKey = 'shift+enter' | 'ctrl+enter';

/** Where and among whom a key was pressed. */
export interface KeyPress {
  readonly key: RunKey;
  readonly languageId: string;
  readonly hasCells: boolean;
  readonly hasSelection: boolean;
  readonly ownsShiftEnter: boolean;
  /** Whether the workspace is trusted: otherwise, nothing runs. */
  readonly isTrusted: boolean;
  readonly isInstalled: (extensionId: string) => boolean;
  /** Whether a setting of another extension is on. */
  readonly isOn: (setting: string) => boolean;
}

export interface KeyMeaning {
  readonly vscodeCommand: string;
  readonly argument?: unknown;
}

/** What a key does: ours, or what the Python extension, the Jupyter extension or VS Code itself binds to it there. */
export function keyMeaning(press: KeyPress): KeyMeaning {
  if (!press.isTrusted) return ofVsCode(press.key);
  return (press.key === 'shift+enter' ? ofShiftEnter(press) : ofCtrlEnter(press)) ?? ofVsCode(press.key);
}

function ofShiftEnter(press: KeyPress): KeyMeaning | undefined {
  const { hasCells, hasSelection } = press;
  if (!press.ownsShiftEnter) return ofJupyter(press) ?? ofPython(press);
  if (hasCells && !hasSelection) return { vscodeCommand: 'extsession.runCellAndAdvance' };
  return hasCells || press.languageId === 'python' ? { vscodeCommand: 'extsession.runSelection' } : undefined;
}

function ofCtrlEnter({ languageId, hasCells, hasSelection, isInstalled }: KeyPress): KeyMeaning | undefined {
  const isPython = languageId === 'python';
  if (hasCells && !hasSelection) {
    const isTaken = isPython && isInstalled('ms-toolsai.jupyter');
    return { vscodeCommand: isTaken ? 'jupyter.runcurrentcell' : 'extsession.runCell' };
  }
  if (!hasCells && !isPython) return undefined;
  return { vscodeCommand: 'extsession.runSelection', argument: { advance: false } };
}

function ofJupyter({ languageId, hasCells, hasSelection, isInstalled, isOn }: KeyPress): KeyMeaning | undefined {
  if (!isInstalled('ms-toolsai.jupyter') || languageId !== 'python') return undefined;
  if (hasCells && !hasSelection) return { vscodeCommand: 'jupyter.runcurrentcelladvance' };
  const takesSelections = hasCells || isOn('jupyter.interactiveWindow.textEditor.executeSelection');
  return takesSelections ? { vscodeCommand: 'jupyter.execSelectionInteractive' } : undefined;
}

function ofPython({ languageId, isInstalled, isOn }: KeyPress): KeyMeaning | undefined {
  if (!isInstalled('ms-python.python') || languageId !== 'python') return undefined;
  const isNative = isOn('python.REPL.sendToNativeREPL');
  return { vscodeCommand: isNative ? 'python.execInREPL' : 'python.execSelectionInTerminal' };
}

function ofVsCode(key: RunKey): KeyMeaning {
  return key === 'shift+enter'
    ? { vscodeCommand: 'type', argument: { text: '\n' } }
    : { vscodeCommand: 'editor.action.insertLineAfter' };
}
