import path from 'node:path';
import process from 'node:process';

let told: string | undefined;

/**
 * Makes the file that a command is part of `process.argv[1]`, by which ES modules recognize that they are the program,
 * or removes it for code without a file. What user code has set stays.
 */
export function setProgramArgument(filename: string): void {
  const { argv } = process;
  if (!Array.isArray(argv) || argv.length < 1 || argv[1] !== told) return;
  const file = path.isAbsolute(filename) ? filename : undefined;
  if (file === told) return;
  if (file !== undefined) Reflect.set(argv, 1, file);
  else if (argv.length === 2) Reflect.set(argv, 'length', 1);
  told = argv[1];
}
