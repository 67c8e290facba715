import type { SessionStatus } from '../../host/sessions/sessionStatus.js';
import type { PanelSession, PanelStatus } from '../../protocol/panel.js';
import { sessionOf } from '../../protocol/panelEntries.js';
import { LiveCommand } from './liveCommand.js';
import type { TranscriptEntry } from './transcriptEntry.js';

type OfSession = Pick<TranscriptEntry, 'session'>;

/** The session whose entries are shown, among those that can be. */
export class ShownSession {
  #status: SessionStatus = { title: 'ExtSession', evaluator: 'python', state: 'none' };
  #all: readonly SessionStatus[] = [];

  get id(): string {
    return sessionOf(this.#status);
  }

  /** Sets the status of all sessions, and returns whether another one is shown now. */
  set(status: SessionStatus, all: readonly SessionStatus[]): boolean {
    const before = this.id;
    this.#status = status;
    this.#all = all;
    return this.id !== before;
  }

  /** Whether an entry is shown: it belongs to this session, or to none. */
  has({ session }: OfSession): boolean {
    return (session ?? this.id) === this.id;
  }

  /** The status, without what runs or is queued in other sessions. */
  status(items: readonly TranscriptEntry[]): PanelStatus {
    const live = items.filter((item) => item.live && item.session === this.id && !item.isRun);
    const running = live.find((item) => item instanceof LiveCommand && item.running);
    const queued = live.length - (running ? 1 : 0);
    const sessions = this.#choices(items);
    return {
      ...this.#status,
      queued,
      ...(running ? { running: running.key } : {}),
      ...(sessions.length > 1 ? { sessions } : {}),
    };
  }

  /** The sessions that can be shown: those that exist, and those that have entries. */
  #choices(items: readonly OfSession[]): PanelSession[] {
    const used = new Set(items.map(({ session }) => session));
    return this.#all
      .filter((status) => status.state !== 'none' || sessionOf(status) === this.id || used.has(sessionOf(status)))
      .map(({ title, interpreterLabel, state, ...named }) => ({
        session: sessionOf(named),
        title,
        ...(interpreterLabel === undefined ? {} : { interpreterLabel }),
        state,
      }));
  }
}
