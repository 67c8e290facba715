import type { Completions, MimeBundle } from '../../protocol/output.js';

/** The questions that the editor asks a session, which also answers while it runs code. */
export interface LiveSession {
  complete(code: string, offset: number): Promise<Completions>;
  inspect(code: string, offset: number): Promise<MimeBundle | undefined>;
}

export interface LiveSessions {
  /** The session for a file in a language, if it can answer; after a reload, once the window has connected to it. */
  live(languageId: string, uri?: string): Promise<LiveSession | undefined>;
}
