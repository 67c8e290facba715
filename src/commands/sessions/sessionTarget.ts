import type { LanguageSession } from '../../host/sessions/languageSession.js';
import type { CommandContext } from '../commandContext.js';

/** The session that an item of the sessions view stands for, or the current one. */
export function sessionTarget({ sessions }: Pick<CommandContext, 'sessions'>, argument: unknown): LanguageSession {
  return namedSession({ sessions }, argument) ?? sessions.current;
}

/** The session that an item of the sessions view stands for. */
export function namedSession(
  { sessions }: Pick<CommandContext, 'sessions'>,
  argument: unknown,
): LanguageSession | undefined {
  const id = (argument as { readonly session?: unknown } | undefined)?.session;
  return typeof id === 'string' ? sessions.find(id) : undefined;
}
