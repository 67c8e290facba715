import { readFileSync } from 'node:fs';

/** Commands whose streams someone holds, at most. */
const MOST = 500;

/**
 * For how many commands a session may keep streams open. Each takes two descriptors, and one session leaves half of what
 * this process may have to all else. Node raises its limit to what it is allowed (`RLIMIT_NOFILE`); only Linux tells it.
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
