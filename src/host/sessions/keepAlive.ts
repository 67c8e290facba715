import { setting } from '../settings.js';

const RELOAD_MS = 600_000;
const DAY_MS = 86_400_000;

/** How long a session waits for a window according to the settings, in milliseconds; 0 if it ends with its window. */
export function keepAliveMs(): number {
  switch (setting('sessions.keepAlive')) {
    case 'never':
      return 0;
    case 'untilClosed':
      return RELOAD_MS;
    case 'always': {
      const days = setting('sessions.keepAliveDays');
      return days > 0 ? days * DAY_MS : Infinity;
    }
  }
}

/** How long its commands may still run after that; undefined for the usual time. */
export function keepRunningMs(): number | undefined {
  return setting('sessions.keepAlive') === 'always' ? Infinity : undefined;
}
