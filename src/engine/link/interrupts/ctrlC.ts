import { within } from '../../deadline.js';
import { systemProgram } from '../../windows/systemProgram.js';
import { startPiped } from '../childProcess.js';

/** Ample for the start of PowerShell on a busy machine. */
const PATIENCE_MS = 15_000;
const LONGEST_REASON = 2000;

export interface CtrlCOptions {
  /** Any process in the console. */
  readonly pid: number;
  /** Called at the last moment: whether it is still wanted. */
  readonly isDue: () => boolean;
}

/**
 * Raises Ctrl+C for all processes of a console. Only a process in that console can do that, and Node.js has no call for it:
 * PowerShell does it, after a second that it takes to start.
 * @throws an error that says why it could not.
 */
export async function sendCtrlC({ pid, isDue }: CtrlCOptions): Promise<void> {
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
