import { ExtSession } from '../../src/library.js';

export function startSession(interpreter: string): Promise<ExtSession> {
  return ExtSession.start({ interpreter });
}

export async function withSession<T>(python: string, use: (session: ExtSession) => Promise<T>): Promise<T> {
  const session = await startSession(python);
  try {
    return await use(session);
  } finally {
    await session.exit();
  }
}
