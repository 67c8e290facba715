import type { Logger } from '../logger.js';
import { sent } from '../supervised/frames.js';
import type { SupervisorConnection } from '../supervised/supervisorConnection.js';

const EVERY_MS = 10_000;
/** Beats without an answer. */
const MOST_SILENT = 3;

/**
 * Ends a connection whose other end does not answer any more. No system says so when the way there is interrupted, such
 * as by another network or a machine that sleeps. Beats are counted, not time: this machine may have slept, too.
 */
export function watchPulse(connection: SupervisorConnection, log: Logger, everyMs = EVERY_MS): void {
  let before = connection.arrived;
  let silent = 0;
  const beat = (): void => {
    silent = connection.arrived === before ? silent + 1 : 0;
    before = connection.arrived;
    if (silent < MOST_SILENT) {
      connection.send(sent.ping, null);
      return;
    }
    log.info(`Nothing has arrived from the session for ${String((MOST_SILENT * everyMs) / 1000)} s.`);
    connection.destroy();
  };
  const timer = setInterval(beat, everyMs).unref();
  void connection.closed.then(() => {
    clearInterval(timer);
  });
}
