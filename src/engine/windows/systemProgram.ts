import { win32 } from 'node:path';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The path of a program that is part of Windows, such as 'taskkill.exe'. Windows looks for a name in the current folder
 * first, where a workspace could have a program of its own.
 */
export function systemProgram(name: string, env: Variables = process.env): string {
  return win32.join(env.SystemRoot ?? env.SYSTEMROOT ?? 'C:\\Windows', 'System32', name);
}
