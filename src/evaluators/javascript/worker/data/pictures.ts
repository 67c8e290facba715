import { types } from 'node:util';
import { imageBytes } from '../inspection/knownForms.js';

/** In characters: of the pictures of one answer, and of one of them. */
const MOST_OF_ALL = 2_000_000;
const MOST_OF_ONE = 60_000;

let room = 0;

/** Within it, small pictures are cells: those that the user sees. */
export function withPictures<Answer>(areWanted: boolean, answer: () => Answer): Answer {
  room = areWanted ? MOST_OF_ALL : 0;
  try {
    return answer();
  } finally {
    room = 0;
  }
}

/** The bytes of an image as `image/png;base64,...`, if it is small and there is room. */
export function smallPicture(value: unknown): string | undefined {
  const found = room > 0 ? pictureOf(value, Math.min(room, MOST_OF_ONE)) : undefined;
  room -= found?.length ?? 0;
  return found;
}

export function pictureOf(value: unknown, most: number): string | undefined {
  if (!types.isUint8Array(value)) return undefined;
  const [form] = Object.entries(imageBytes(value, (most / 4) * 3) ?? {});
  return form && `${form[0]};base64,${form[1]}`;
}
