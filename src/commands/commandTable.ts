import { changeCellKind } from '../editor/cellEdits/changeCellKind.js';
import { deleteCell } from '../editor/cellEdits/deleteCell.js';
import { insertCellAbove, insertCellBelow } from '../editor/cellEdits/insertCell.js';
import { mergeCellBelow } from '../editor/cellEdits/mergeCells.js';
import { moveCellDown, moveCellUp } from '../editor/cellEdits/moveCell.js';
import { splitCell } from '../editor/cellEdits/splitCell.js';
import * as vscode from 'vscode';
import type { CommandContext } from './commandContext.js';
import { copyIssueReport } from './copyIssueReport.js';
import { viewData, viewDataFile } from './dataCommands.js';
import { editCell, selectCell } from './editCell.js';
import { debugError, onEntry } from './entryCommands.js';
import { toggleWordWrap } from '../host/panelSettings.js';
import { evaluateExpression } from './running/evaluateExpression.js';
import { exportCommand, exportFile, importNotebook } from './exportCommands.js';
import { attachFile, detachFile, detachSessionFile, runInSession } from './sessions/fileSession.js';
import { goToNextCell, goToPreviousCell } from './goToCell.js';
import { connectToMachine } from './sessions/connectToMachine.js';
import { newSession } from './sessions/newSession.js';
import { openPanel } from './openPanel.js';
import { debugCell, debugFile, debugSelection } from './running/debugCode.js';
import { runFromLine, runToLine } from './running/runAroundLine.js';
import { onPlot } from './plotCommands.js';
import { restartAndRunAbove, restartAndRunAll, restartAndRunToHere } from './running/restartAndRun.js';
import { runAll, runCell, runCellAndAdvance, runCellAndBelow, runCellsAbove } from './running/runCell.js';
import { runByKey } from './running/runByKey.js';
import { runFile, runFileWithArguments } from './running/runFile.js';
import { runSelection } from './running/runSelection.js';
import { attachSession, stopSessionElsewhere } from './sessions/sessionsElsewhere.js';
import { selectInterpreter } from './sessions/selectInterpreter.js';
import {
  interruptSession,
  removeSession,
  renameSession,
  restartSession,
  showSession,
  stopAllSessions,
  stopSession,
} from './sessions/sessionCommands.js';
import { pauseInDebugger } from './sessions/pauseInDebugger.js';
import { whereIsIt } from './sessions/whereIsIt.js';
import { goToAssignment } from './variables/goToAssignment.js';
import { plotVariable } from './variables/plotVariable.js';
import { setVariable } from './variables/setVariable.js';
import {
  addVariableToInput,
  copyVariableAsCode,
  copyVariableName,
  copyVariableValue,
  deleteVariable,
  filterVariables,
  pinVariable,
  showVariable,
  sortVariables,
} from './variables/variableCommands.js';

/** The VS Code commands that package.json declares. */
export const commandIds = [
  'extsession.runSelection',
  'extsession.runCell',
  'extsession.runCellAndAdvance',
  'extsession.runCellsAbove',
  'extsession.runCellAndBelow',
  'extsession.runAll',
  'extsession.runFile',
  'extsession.runFileWithArguments',
  'extsession.debugCell',
  'extsession.debugSelection',
  'extsession.debugFile',
  'extsession.runByKey',
  'extsession.runToLine',
  'extsession.runFromLine',
  'extsession.goToNextCell',
  'extsession.goToPreviousCell',
  'extsession.insertCellAbove',
  'extsession.insertCellBelow',
  'extsession.moveCellUp',
  'extsession.moveCellDown',
  'extsession.splitCell',
  'extsession.mergeCellBelow',
  'extsession.deleteCell',
  'extsession.selectCell',
  'extsession.changeCellToMarkdown',
  'extsession.changeCellToCode',
  'extsession.clearInlineResults',
  'extsession.evaluateExpression',
  'extsession.interruptSession',
  'extsession.pauseInDebugger',
  'extsession.whereIsIt',
  'extsession.restartSession',
  'extsession.stopSession',
  'extsession.newSession',
  'extsession.connectToMachine',
  'extsession.renameSession',
  'extsession.removeSession',
  'extsession.stopAllSessions',
  'extsession.showSession',
  'extsession.attachSession',
  'extsession.stopSessionElsewhere',
  'extsession.detachSessionFile',
  'extsession.runInSession',
  'extsession.attachFile',
  'extsession.detachFile',
  'extsession.restartAndRunAll',
  'extsession.restartAndRunToHere',
  'extsession.restartAndRunAbove',
  'extsession.openPanel',
  'extsession.clearPanel',
  'extsession.toggleWordWrap',
  'extsession.selectInterpreter',
  'extsession.manageAccess',
  'extsession.variable.refresh',
  'extsession.variable.sort',
  'extsession.variable.filter',
  'extsession.variable.copyName',
  'extsession.variable.copyValue',
  'extsession.variable.copyAsCode',
  'extsession.variable.addToInput',
  'extsession.variable.goToAssignment',
  'extsession.variable.plot',
  'extsession.variable.set',
  'extsession.variable.pin',
  'extsession.variable.unpin',
  'extsession.variable.show',
  'extsession.variable.delete',
  'extsession.viewData',
  'extsession.viewDataFile',
  'extsession.plot.previous',
  'extsession.plot.next',
  'extsession.plot.open',
  'extsession.plot.save',
  'extsession.plot.goToCommand',
  'extsession.plot.runAgain',
  'extsession.plot.delete',
  'extsession.plot.clear',
  'extsession.exportTranscript',
  'extsession.exportCommands',
  'extsession.exportFile',
  'extsession.importNotebook',
  'extsession.saveSession',
  'extsession.openSavedSession',
  'extsession.showLog',
  'extsession.entry.copySource',
  'extsession.entry.copyOutput',
  'extsession.entry.copyMarkdown',
  'extsession.entry.copyIssueReport',
  'extsession.entry.runAgain',
  'extsession.entry.debugError',
  'extsession.entry.goToSource',
  'extsession.entry.openOutput',
  'extsession.entry.export',
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
  'extsession.runFile': runFile,
  'extsession.runFileWithArguments': runFileWithArguments,
  'extsession.debugCell': debugCell,
  'extsession.debugSelection': debugSelection,
  'extsession.debugFile': debugFile,
  'extsession.runByKey': runByKey,
  'extsession.runToLine': runToLine,
  'extsession.runFromLine': runFromLine,
  'extsession.goToNextCell': goToNextCell,
  'extsession.goToPreviousCell': goToPreviousCell,
  'extsession.insertCellAbove': editCell(insertCellAbove),
  'extsession.insertCellBelow': editCell(insertCellBelow),
  'extsession.moveCellUp': editCell(moveCellUp),
  'extsession.moveCellDown': editCell(moveCellDown),
  'extsession.splitCell': editCell(splitCell, { alone: true }),
  'extsession.mergeCellBelow': editCell(mergeCellBelow),
  'extsession.deleteCell': editCell(deleteCell),
  'extsession.selectCell': selectCell,
  'extsession.changeCellToMarkdown': editCell((place) => changeCellKind(place, 'markdown')),
  'extsession.changeCellToCode': editCell((place) => changeCellKind(place, 'code')),
  'extsession.clearInlineResults': ({ editor }) => editor.clearResults(),
  'extsession.evaluateExpression': evaluateExpression,
  'extsession.interruptSession': interruptSession,
  'extsession.pauseInDebugger': pauseInDebugger,
  'extsession.whereIsIt': whereIsIt,
  'extsession.restartSession': restartSession,
  'extsession.stopSession': stopSession,
  'extsession.newSession': newSession,
  'extsession.connectToMachine': connectToMachine,
  'extsession.renameSession': renameSession,
  'extsession.removeSession': removeSession,
  'extsession.stopAllSessions': stopAllSessions,
  'extsession.showSession': showSession,
  'extsession.attachSession': attachSession,
  'extsession.stopSessionElsewhere': stopSessionElsewhere,
  'extsession.detachSessionFile': detachSessionFile,
  'extsession.runInSession': runInSession,
  'extsession.attachFile': attachFile,
  'extsession.detachFile': detachFile,
  'extsession.restartAndRunAll': restartAndRunAll,
  'extsession.restartAndRunToHere': restartAndRunToHere,
  'extsession.restartAndRunAbove': restartAndRunAbove,
  'extsession.openPanel': openPanel,
  'extsession.clearPanel': ({ transcript }) => transcript.clear(),
  'extsession.toggleWordWrap': toggleWordWrap,
  'extsession.selectInterpreter': selectInterpreter,
  'extsession.manageAccess': ({ access }) => access.manage(),
  'extsession.variable.refresh': ({ variables }) => variables.refresh(),
  'extsession.variable.sort': sortVariables,
  'extsession.variable.filter': filterVariables,
  'extsession.variable.copyName': copyVariableName,
  'extsession.variable.copyValue': copyVariableValue,
  'extsession.variable.copyAsCode': copyVariableAsCode,
  'extsession.variable.addToInput': addVariableToInput,
  'extsession.variable.goToAssignment': goToAssignment,
  'extsession.variable.plot': plotVariable,
  'extsession.variable.set': setVariable,
  'extsession.variable.pin': pinVariable(true),
  'extsession.variable.unpin': pinVariable(false),
  'extsession.variable.show': showVariable,
  'extsession.variable.delete': deleteVariable,
  'extsession.viewData': viewData,
  'extsession.viewDataFile': viewDataFile,
  'extsession.plot.previous': ({ plots }) => plots.step(1),
  'extsession.plot.next': ({ plots }) => plots.step(-1),
  'extsession.plot.open': onPlot('open'),
  'extsession.plot.save': onPlot('save'),
  'extsession.plot.goToCommand': onPlot('goToCommand'),
  'extsession.plot.runAgain': onPlot('runAgain'),
  'extsession.plot.delete': onPlot('delete'),
  'extsession.plot.clear': ({ plots }) => plots.clear(),
  'extsession.exportTranscript': ({ exports }) => exports.exportTranscript(),
  'extsession.exportCommands': ({ exports }) => exports.exportCommands(),
  'extsession.exportFile': exportFile,
  'extsession.importNotebook': importNotebook,
  'extsession.saveSession': ({ savedSessions }) => savedSessions.save(),
  'extsession.openSavedSession': ({ savedSessions }, argument) =>
    savedSessions.open(argument instanceof vscode.Uri ? argument : undefined),
  'extsession.showLog': ({ log }) => log.show(),
  'extsession.entry.copySource': onEntry('copySource'),
  'extsession.entry.copyOutput': onEntry('copyOutput'),
  'extsession.entry.copyMarkdown': onEntry('copyMarkdown'),
  'extsession.entry.copyIssueReport': copyIssueReport,
  'extsession.entry.runAgain': onEntry('runAgain'),
  'extsession.entry.debugError': debugError,
  'extsession.entry.goToSource': onEntry('goToSource'),
  'extsession.entry.openOutput': onEntry('openOutput'),
  'extsession.entry.export': exportCommand,
  'extsession.entry.delete': onEntry('delete'),
};
