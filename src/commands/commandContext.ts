import type * as vscode from 'vscode';
import type { Debugging } from '../debug/debugging.js';
import type { KeptSessions } from '../host/sessions/kept/keptSessions.js';
import type { AskPass } from '../host/machines/askPass.js';
import type { FarFiles } from '../host/machines/farFiles.js';
import type { FileRuns } from '../host/sessions/fileRuns.js';
import type { WindowSessions } from '../host/sessions/windowSessions.js';
import type { PanelModel } from '../panel/model/panelModel.js';
import type { Change } from '../protocol/panel.js';
import type { CommandAction } from '../protocol/commandAction.js';
import type { VariablesView } from '../variables/variablesView.js';
import type { DataGrids } from '../data/dataGrids.js';
import type { PlotsView } from '../plots/plotsView.js';
import type { Exports } from '../export/exports.js';
import type { Profiles } from '../profiling/profiles.js';
import type { SavedSessions } from '../savedSessions/savedSessions.js';
import type { Cursors } from './cursors.js';

/** What the handlers of commands need. */
export interface CommandContext {
  readonly sessions: WindowSessions;
  readonly transcript: Pick<PanelModel, 'clear' | 'entries' | 'command' | 'origin' | 'outputs' | 'sessionOf'>;
  readonly files: Pick<FileRuns, 'run'>;
  readonly cursors: Cursors;
  readonly panel: {
    show(options?: { readonly focus?: boolean; readonly key?: number; readonly change?: Change }): void;
    readonly commands: Readonly<Record<CommandAction, (key: number) => void>>;
  };
  readonly editor: { clearResults(): void };
  readonly kept: Pick<KeptSessions, 'removeElsewhere' | 'stopLater'>;
  readonly variables: Pick<VariablesView, 'refresh' | 'sort' | 'hidden' | 'hide' | 'pin' | 'variable' | 'codeOf'>;
  readonly plots: Pick<PlotsView, 'plot' | 'step' | 'open' | 'save' | 'goToCommand' | 'runAgain' | 'delete' | 'clear'>;
  readonly grids: Pick<DataGrids, 'open' | 'openFile'>;
  readonly machines: Pick<AskPass, 'variables'>;
  readonly farFiles: Pick<FarFiles, 'find'>;
  readonly savedSessions: Pick<SavedSessions, 'save' | 'open'>;
  readonly exports: Pick<
    Exports,
    'exportTranscript' | 'exportCommands' | 'exportFile' | 'exportCommand' | 'importNotebook'
  >;
  readonly access: { manage(): Promise<void> };
  readonly debugging: Pick<Debugging, 'debug' | 'debugError'>;
  readonly profiles: Pick<Profiles, 'open' | 'openMemory' | 'clearLineTimes'>;
  readonly log: vscode.LogOutputChannel;
  /** Stores small values across windows. */
  readonly memory: vscode.Memento;
}
