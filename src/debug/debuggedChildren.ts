import type { Socket } from 'node:net';
import * as vscode from 'vscode';

/** Opens a debug session for each process that a debugged command has started, within that of the command. */
export class DebuggedChildren {
  /** Those whose debug session has not taken them yet, by the id of the process. */
  readonly #connected = new Map<number, Socket>();
  readonly #report: (error: unknown) => void;

  /** `report` tells why a process runs without its debug session. */
  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  /** A process has connected. It waits until its debug session has set its breakpoints, or runs without one. */
  open(parent: vscode.DebugSession, socket: Socket, child: number): void {
    this.#connected.set(child, socket);
    const name = vscode.l10n.t('Process {0}', child);
    const configuration = { ...parent.configuration, name, child };
    const options = { parentSession: parent, lifecycleManagedByParent: true, suppressSaveBeforeStart: true };
    vscode.debug.startDebugging(parent.workspaceFolder, configuration, options).then(
      (isStarted) => {
        if (!isStarted) this.take(configuration)?.destroy();
      },
      (error: unknown) => {
        this.take(configuration)?.destroy();
        this.#report(error);
      },
    );
  }

  /** The connection of the process that a debug session is for; undefined if it is for none, or has been taken. */
  take({ child }: vscode.DebugConfiguration | { readonly child: number }): Socket | undefined {
    const socket = this.#connected.get(child as number);
    this.#connected.delete(child as number);
    return socket;
  }

  dispose(): void {
    for (const socket of this.#connected.values()) socket.destroy();
    this.#connected.clear();
  }
}
