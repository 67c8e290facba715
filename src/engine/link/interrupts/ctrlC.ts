import { within } from '../../deadline.js';
import { systemProgram } from '../../windows/systemProgram.js';
import { startPiped } from '../childProcess.js';

/** Ample for the start of PowerShell on a busy machine. */
const PATIENCE_MS = 15_000;
const LONGEST_REASON = 2000;

export interface CtrlCOptions {
  /** Called when it is about to be raised for a command. */
  readonly told: (id: number) => void;
  readonly failed: (error: unknown) => void;
  readonly raise: (isDue: () => boolean) => Promise<void>;
}

/**
 * Raises Ctrl+C for commands, if that is still wanted when it is possible: it takes longer than the time between two
 * interrupts.
 */
export class CtrlC {
  readonly #options: CtrlCOptions;
  #wanted: number | undefined;
  #isRaising = false;

  constructor(options: CtrlCOptions) {
    this.#options = options;
  }

  want(id: number): void {
    this.#wanted = id;
    if (!this.#isRaising) void this.#raise();
  }

  cancel(): void {
    this.#wanted = undefined;
  }

  async #raise(): Promise<void> {
    this.#isRaising = true;
    try {
      while (this.#wanted !== undefined) await this.#options.raise(() => this.#take());
    } catch (error) {
      this.#wanted = undefined;
      this.#options.failed(error);
    } finally {
      this.#isRaising = false;
    }
  }

  #take(): boolean {
    const id = this.#wanted;
    this.#wanted = undefined;
    if (id !== undefined) this.#options.told(id);
    return id !== undefined;
  }
}

/**
 * Raises Ctrl+C for all processes of the console that the process is in. Only one in that console can do that, and
 * Node.js has no call for it: PowerShell does it, after a second that it takes to start. Then `isDue` is called, as the
 * last word.
 * @throws an error that says why it could not.
 */
export async function sendCtrlC(pid: number, isDue: () => boolean): Promise<void> {
  const file = systemProgram('WindowsPowerShell\\v1.0\\powershell.exe');
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', script(pid)];
  const powershell = await startPiped({ file, args }, process.env);
  let told = '';
  powershell.stderr.on('data', (bytes: Buffer) => {
    if (told.length < LONGEST_REASON) told += bytes.toString();
  });
  powershell.stdout?.once('data', () => {
    powershell.stdin.end(isDue() ? 'send\n' : 'leave\n');
  });
  const status = await within(PATIENCE_MS, powershell.exited);
  if (status?.exitCode === 0) return;
  powershell.end();
  throw new Error(status ? `PowerShell failed: ${told.trim()}` : 'PowerShell did not start in time.');
}

/** It waits with the signal until it is told that all is ready. Its own process ignores it. */
function script(pid: number): string {
  const functions = [
    'bool FreeConsole()',
    'bool AttachConsole(uint process)',
    'bool SetConsoleCtrlHandler(IntPtr handler, bool add)',
    'bool GenerateConsoleCtrlEvent(uint kind, uint group)',
  ].map((declaration) => `[DllImport("kernel32.dll")] public static extern ${declaration};`);
  return [
    "$ErrorActionPreference = 'Stop'",
    `Add-Type -Namespace ExtSession -Name Console -MemberDefinition '${functions.join(' ')}'`,
    "[Console]::Out.WriteLine('ready')",
    "if ([Console]::In.ReadLine() -ne 'send') { exit 0 }",
    '[void][ExtSession.Console]::FreeConsole()',
    `if (-not [ExtSession.Console]::AttachConsole(${String(pid)})) { throw 'The process has no console.' }`,
    '[void][ExtSession.Console]::SetConsoleCtrlHandler([IntPtr]::Zero, $true)',
    "if (-not [ExtSession.Console]::GenerateConsoleCtrlEvent(0, 0)) { throw 'The console cannot be reached.' }",
  ].join('; ');
}
