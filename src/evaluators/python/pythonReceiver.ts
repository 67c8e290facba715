import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Receiver } from '../../engine/evaluator.js';

export interface PythonReceiverOptions {
  readonly interpreter: string;
  readonly nonce: string;
  /** Contains the supervisor. */
  readonly folder: string;
}

/**
 * An interactive Python, which runs the first line as soon as it is there: so no shell on the way has to understand
 * more than words. It must not be sent more before it has answered, because it would read ahead.
 */
export function pythonReceiver({ interpreter, nonce, folder }: PythonReceiverOptions): Receiver {
  const program = readFileSync(path.join(folder, 'supervisor', 'far.py'));
  return { command: [interpreter, '-ISqi'], greeting: firstLine(nonce, program.length), program };
}

/** Runs in every Python: an old one says which it is. */
function firstLine(nonce: string, size: number): string {
  const lines = [
    'import os,sys',
    'if sys.version_info<(3,7):',
    ` os.write(1,('${nonce} old Python %s at %s\\n'%(sys.version.split()[0],sys.executable)).encode())`,
    ' os._exit(64)',
    `os.write(1,b'${nonce} ok\\n')`,
    "b=b''",
    `while len(b)<${String(size)}:`,
    ` c=os.read(0,${String(size)}-len(b))`,
    ' if not c:os._exit(3)',
    ' b+=c',
    `exec(compile(b,'<extsession>','exec'),{'__name__':'extsession','NONCE':'${nonce}'})`,
  ];
  return `exec(${JSON.stringify(lines.join('\n'))})\n`;
}
