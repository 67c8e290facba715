import type { ApiSession, ExtSessionApi, ExtSessionExports } from '../api.js';
import type { Disposable } from '../engine/disposable.js';
import { ExtSessionError } from '../engine/errors.js';
import type { ExtResults } from '../engine/extResults.js';
import type { ExtSession } from '../engine/extSession.js';
import { type ExtensionAccess, callingExtension } from './extensionAccess.js';
import type { LanguageSession } from './sessions/languageSession.js';
import type { WindowSessions } from './sessions/windowSessions.js';

/** The return value of `activate`. `lend` is called with all results that other extensions receive. */
export function extensionExports(
  window: WindowSessions,
  access: ExtensionAccess,
  lend: (results: ExtResults) => void,
): ExtSessionExports {
  return {
    getApi: (version: number) => {
      if (version !== 1) throw new Error(`ExtSession has no API version ${String(version)}. Use version 1.`);
      return apiFor({ window, lend }, new Permission(callingExtension(new Error().stack ?? ''), access));
    },
  };
}

/** The permission of one extension. */
class Permission {
  readonly #extension: string;
  readonly #access: ExtensionAccess;

  constructor(extension: string, access: ExtensionAccess) {
    this.#extension = extension;
    this.#access = access;
  }

  /** @throws ExtSessionError with code ACCESS_DENIED. */
  async for<T>(use: () => T | Promise<T>): Promise<T> {
    await this.#access.require(this.#extension);
    return use();
  }

  /** An event that does not fire without permission. */
  event<T>(event: (listener: (value: T) => void) => Disposable): (listener: (value: T) => void) => Disposable {
    return (listener) =>
      event((value) => {
        if (this.#access.isAllowed(this.#extension)) listener(value);
      });
  }
}

interface Lender {
  readonly window: WindowSessions;
  readonly lend: (results: ExtResults) => void;
}

function apiFor(lender: Lender, permission: Permission): ExtSessionApi {
  const { window } = lender;
  const known = new WeakMap<LanguageSession, ApiSession>();
  const of = (session: LanguageSession): ApiSession => {
    const found = known.get(session) ?? apiSession(lender, session, permission);
    known.set(session, found);
    return found;
  };
  return {
    version: 1,
    get status() {
      return window.status;
    },
    onDidChangeStatus: permission.event(window.onDidChangeStatus),
    onDidSubmit: lent(permission.event(window.onDidSubmit), lender),
    execute: (source, languageId = 'python') => permission.for(() => execute(lender, source, languageId)),
    list: () => permission.for(() => window.all.map(of)),
    start: (language = 'python') =>
      permission.for(async () => {
        if (!window.languages.includes(language))
          throw new ExtSessionError('EVALUATOR_NOT_FOUND', `There is no session for '${language}'.`);
        const session = window.of(language);
        await processOf(session);
        return of(session);
      }),
  };
}

function apiSession(lender: Lender, session: LanguageSession, permission: Permission): ApiSession {
  const { evaluator: language, id } = session;
  const existing = (): LanguageSession => lender.window.find(id) ?? isRemoved();
  return {
    language,
    get status() {
      return session.status;
    },
    onDidChangeStatus: permission.event(session.onDidChangeStatus),
    onDidSubmit: lent(permission.event(session.onDidSubmit), lender),
    execute: (source) => permission.for(() => execute(lender, source, language, existing().id)),
    evaluate: (expression) => permission.for(async () => (await processOf(existing())).evaluate(expression)),
    get: (name) => permission.for(async () => (await processOf(existing())).get(name)),
    interrupt: () => permission.for(() => existing().interrupt()),
  };
}

async function execute(
  { window, lend }: Lender,
  source: string,
  languageId: string,
  session?: string,
): Promise<ExtResults> {
  const named = session === undefined ? {} : { session };
  const results = (await window.execute({ source, languageId, ...named })) ?? thereIsNone();
  lend(results);
  return results;
}

function lent(event: WindowSessions['onDidSubmit'], { lend }: Lender): WindowSessions['onDidSubmit'] {
  return (listener) =>
    event((command) => {
      lend(command.results);
      listener(command);
    });
}

async function processOf(sessions: LanguageSession): Promise<ExtSession> {
  return (await sessions.session()) ?? thereIsNone();
}

function isRemoved(): never {
  throw new ExtSessionError('SESSION_DEAD', 'The user has removed this session.');
}

function thereIsNone(): never {
  throw new ExtSessionError('SESSION_DEAD', 'No session could be started. ExtSession has told the user why.');
}
