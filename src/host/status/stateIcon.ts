import type { SessionStatus } from '../sessions/sessionStatus.js';

const icons: Readonly<Record<SessionStatus['state'], string>> = {
  none: 'circle-slash',
  starting: 'loading~spin',
  connecting: 'loading~spin',
  reconnecting: 'loading~spin',
  idle: 'circle-large-outline',
  busy: 'loading~spin',
  asking: 'question',
  paused: 'debug-pause',
  interrupting: 'loading~spin',
  restarting: 'loading~spin',
  dead: 'error',
};

/** The icon of VS Code for the state of a session. */
export function stateIcon({ state }: Pick<SessionStatus, 'state'>): string {
  return icons[state];
}
