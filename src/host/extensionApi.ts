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
  const all = window.languages.map((language) => apiSession(lender, language, permission));
  return {
    version: 1,
    get status() {
      return window.status;
    },
    onDidChangeStatus: permission.event(window.onDidChangeStatus),
    onDidSubmit: lent(permission.event(window.onDidSubmit), lender),
    execute: (source, languageId = 'python') => permission.for(() => execute(lender, source, languageId)),
    list: () => permission.for(() => all),
    start: (language = 'python') =>
      permission.for(async () => {
        const found = all.find((session) => session.language === language);
        if (!found) throw new ExtSessionError('EVALUATOR_NOT_FOUND', `There is no session for '${language}'.`);
        await processOf(window.of(language));
        return found;
      }),
  };
}

function apiSession(lender: Lender, language: string, permission: Permission): ApiSession {
  const sessions = lender.window.of(language);
  return {
    language,
    get status() {
      return sessions.status;
    },
    onDidChangeStatus: permission.event(sessions.onDidChangeStatus),
    onDidSubmit: lent(permission.event(sessions.onDidSubmit), lender),
    execute: (source) => permission.for(() => execute(lender, source, language)),
    evaluate: (expression) => permission.for(async () => (await processOf(sessions)).evaluate(expression)),
    get: (name) => permission.for(async () => (await processOf(sessions)).get(name)),
    interrupt: () => permission.for(() => sessions.interrupt()),
  };
}

async function execute({ window, lend }: Lender, source: string, languageId: string): Promise<ExtResults> {
  const results = (await window.execute({ source, languageId })) ?? thereIsNone();
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

function thereIsNone(): never {
  throw new ExtSessionError('SESSION_DEAD', 'No session could be started. ExtSession has told the user why.');
}
