import { readFileSync } from 'node:fs';

/** The maximum number of commands with open streams. */
const MOST = 500;

/**
 * The number of commands for which a session can keep streams open. Each needs two descriptors, and a session leaves
 * half of this process's limit to everything else. Node.js raises the limit to the allowed maximum (`RLIMIT_NOFILE`);
 * only Linux reports it.
 */
export function mostOpenCommands(): number {
  return Math.min(MOST, Math.max(1, Math.floor(descriptorLimit() / 4)));
}

function descriptorLimit(): number {
  try {
    const [, soft = ''] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
    return Number(soft) || Infinity;
  } catch {
    return Infinity;
  }
}
