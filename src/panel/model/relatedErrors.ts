import type { ExceptionInfo, Frame } from '../../protocol/output.js';
import type { PanelFrame, RelatedError } from '../../protocol/panelEntries.js';
import { messageText, nameText, notesText } from './errorTexts.js';

const MOST_RELATED = 20;
/** Limited, so that the cause of a large group is shown too. */
const MOST_MEMBERS = 10;
const DEEPEST = 3;

type Place = Pick<RelatedError, 'kind' | 'depth' | 'place'>;
interface Found extends Place {
  readonly error: ExceptionInfo;
  /** The error, or the group that contains it, exceeds the limit. */
  readonly hidden: boolean;
}

/**
 * The exceptions related to one, in reading order: the members of a group, then the exceptions raised earlier. Bounded;
 * the rest are counted.
 */
export function relatedErrors(
  error: ExceptionInfo,
  ownFrame: (frames: readonly Frame[]) => PanelFrame | undefined,
): { readonly related: RelatedError[]; readonly omitted: number } {
  const related: RelatedError[] = [];
  let omitted = 0;
  const pending = behind(error, { depth: 0, hidden: false });
  for (let next = pending.pop(); next; next = pending.pop()) {
    const hidden = next.hidden || related.length === MOST_RELATED;
    if (hidden) omitted += 1;
    else related.push(relatedError(next, ownFrame(next.error.frames)));
    pending.push(...behind(next.error, { depth: next.depth, hidden }));
  }
  return { related, omitted };
}

/** The exceptions directly related to one, in reverse reading order. */
function behind(
  { cause, context, exceptions = [] }: ExceptionInfo,
  { depth, hidden }: Pick<Found, 'depth' | 'hidden'>,
): Found[] {
  const of = exceptions.length;
  const members = exceptions.map((error, at): Found => {
    const isTooMany = at >= MOST_MEMBERS || depth >= DEEPEST;
    return { kind: 'member', depth: depth + 1, place: { index: at + 1, of }, error, hidden: hidden || isTooMany };
  });
  const raisedFrom: Found[] = [
    ...(context ? [{ kind: 'context' as const, depth, error: context, hidden }] : []),
    ...(cause ? [{ kind: 'cause' as const, depth, error: cause, hidden }] : []),
  ];
  return [...raisedFrom, ...members.reverse()];
}

function relatedError({ kind, depth, place, error }: Found, frame: PanelFrame | undefined): RelatedError {
  return {
    kind,
    depth,
    ...(place ? { place } : {}),
    name: nameText(error.name),
    message: messageText(error),
    ...notesText(error),
    ...(frame ? { frame } : {}),
  };
}
