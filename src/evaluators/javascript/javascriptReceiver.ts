import { readFileSync } from 'node:fs';
import type { Receiver } from '../../engine/evaluator.js';

export interface JavaScriptReceiverOptions {
  readonly interpreter: string;
  readonly nonce: string;
  /** The receiver, which `receiver/main.ts` is the source of. */
  readonly file: string;
}

const MOST = 8192;

/** Runs the first line that it is sent. */
const bootstrap = [
  'import{createRequire as c}from"node:module"',
  `const q=c("file:///x"),f=q("fs"),b=Buffer.alloc(${String(MOST)})`,
  'let n=0,k',
  `while(b[n-1]!=10){k=f.readSync(0,b,n,${String(MOST)}-n);k||process.exit(3);n+=k}`,
  'eval(b.toString("utf8",0,n))',
].join(';');

/**
 * A Node.js that loads a module from its arguments, in letters that no shell changes. It must not be sent more than a
 * line before it has answered, because it would read ahead.
 */
export function javascriptReceiver({ interpreter, nonce, file }: JavaScriptReceiverOptions): Receiver {
  const program = readFileSync(file);
  const module = `data:text/javascript,${bootstrap.replace(/[^\w./,:-]/g, escaped)}`;
  return {
    command: [interpreter, '--import', module, '-e', '0'],
    greeting: firstLine(nonce, program.length),
    program,
  };
}

function escaped(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** An old Node.js says which it is; those from before `--import` say that they do not know it. */
function firstLine(nonce: string, size: number): string {
  const lines = [
    'const v=process.versions.node,[a,i]=v.split(".").map(Number)',
    'const say=(t)=>f.writeSync(1,t+"\\n")',
    `if(a<20||(a==20&&i<12)){say("${nonce} old Node.js "+v+" at "+process.execPath);process.exit(64)}`,
    `say("${nonce} ok")`,
    `const p=Buffer.alloc(${String(size)})`,
    `for(let m=0,k;m<${String(size)};m+=k){k=f.readSync(0,p,m,p.length-m);k||process.exit(3)}`,
    `new Function("require","NONCE",p.toString())(q,"${nonce}")`,
  ];
  return `{${lines.join(';')}}\n`;
}
