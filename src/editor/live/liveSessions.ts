import type { Completions, MimeBundle } from '../../protocol/output.js';

/** What the editor asks a session, which answers while it runs code too. */
export interface LiveSession {
  complete(code: string, offset: number): Promise<Completions>;
  inspect(code: string, offset: number): Promise<MimeBundle | undefined>;
}

export interface LiveSessions {
  /** The session that runs a language now, when it can answer. */
  live(languageId: string): LiveSession | undefined;
}
