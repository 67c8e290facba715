import { timingSafeEqual } from 'node:crypto';

/** Compares without telling by its duration how much of `given` is right. */
export function isToken(given: Buffer, token: string): boolean {
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
