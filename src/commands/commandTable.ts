import type { CommandContext } from './commandContext.js';
import { onEntry } from './entryCommands.js';
import { toggleWordWrap } from '../host/panelSettings.js';
import { evaluateExpression } from './evaluateExpression.js';
import { goToNextCell, goToPreviousCell } from './goToCell.js';
import { openPanel } from './openPanel.js';
import { runFromLine, runToLine } from './runAroundLine.js';
import { restartAndRunAll, runAll, runCell, runCellAndAdvance, runCellAndBelow, runCellsAbove } from './runCell.js';
import { runByKey } from './runByKey.js';
import { runSelection } from './runSelection.js';
import { selectInterpreter } from './selectInterpreter.js';
import { interruptSession, restartSession } from './sessionCommands.js';

/** The VS Code commands that package.json declares. */
export const commandIds = [
  'extsession.runSelection',
  'extsession.runCell',
  'extsession.runCellAndAdvance',
  'extsession.runCellsAbove',
  'extsession.runCellAndBelow',
  'extsession.runAll',
  'extsession.runByKey',
  'extsession.runToLine',
  'extsession.runFromLine',
  'extsession.goToNextCell',
  'extsession.goToPreviousCell',
  'extsession.clearInlineResults',
  'extsession.evaluateExpression',
  'extsession.interruptSession',
  'extsession.restartSession',
  'extsession.restartAndRunAll',
  'extsession.openPanel',
  'extsession.clearPanel',
  'extsession.toggleWordWrap',
  'extsession.selectInterpreter',
  'extsession.manageAccess',
  'extsession.showLog',
  'extsession.entry.copySource',
  'extsession.entry.copyOutput',
  'extsession.entry.copyMarkdown',
  'extsession.entry.runAgain',
  'extsession.entry.goToSource',
  'extsession.entry.openOutput',
  'extsession.entry.delete',
] as const;

type Handler = (context: CommandContext, argument: unknown) => void | Promise<void>;

/** The handler of each command. A command without a handler is a compile error. */
export const commandTable: Readonly<Record<(typeof commandIds)[number], Handler>> = {
  'extsession.runSelection': runSelection,
  'extsession.runCell': runCell,
  'extsession.runCellAndAdvance': runCellAndAdvance,
  'extsession.runCellsAbove': runCellsAbove,
  'extsession.runCellAndBelow': runCellAndBelow,
  'extsession.runAll': runAll,
  'extsession.runByKey': runByKey,
  'extsession.runToLine': runToLine,
  'extsession.runFromLine': runFromLine,
  'extsession.goToNextCell': goToNextCell,
  'extsession.goToPreviousCell': goToPreviousCell,
  'extsession.clearInlineResults': ({ editor }) => editor.clearResults(),
  'extsession.evaluateExpression': evaluateExpression,
  'extsession.interruptSession': interruptSession,
  'extsession.restartSession': restartSession,
  'extsession.restartAndRunAll': restartAndRunAll,
  'extsession.openPanel': openPanel,
  'extsession.clearPanel': ({ transcript }) => transcript.clear(),
  'extsession.toggleWordWrap': toggleWordWrap,
  'extsession.selectInterpreter': selectInterpreter,
  'extsession.manageAccess': ({ access }) => access.manage(),
  'extsession.showLog': ({ log }) => log.show(),
  'extsession.entry.copySource': onEntry('copySource'),
  'extsession.entry.copyOutput': onEntry('copyOutput'),
  'extsession.entry.copyMarkdown': onEntry('copyMarkdown'),
  'extsession.entry.runAgain': onEntry('runAgain'),
  'extsession.entry.goToSource': onEntry('goToSource'),
  'extsession.entry.openOutput': onEntry('openOutput'),
  'extsession.entry.delete': onEntry('delete'),
};
