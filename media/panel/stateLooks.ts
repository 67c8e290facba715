import type { CommandState } from '../../src/protocol/panelEntries.js';
import { icon, type IconName } from './icons.js';
import { progressRing } from './toolkit.js';

type Kind = CommandState['kind'];

/** A glyph and a word for each state: none where all is well, so that trouble stands out. */
const looks: Record<Kind, { readonly glyph?: IconName | 'ring'; readonly word: string }> = {
  queued: { glyph: 'clockface', word: 'queued' },
  running: { glyph: 'ring', word: 'running' },
  asking: { glyph: 'question', word: 'waiting for input' },
  done: { word: '' },
  failed: { glyph: 'error', word: 'failed' },
  interrupted: { glyph: 'stopCircle', word: 'interrupted' },
  died: { glyph: 'symbolEvent', word: 'died' },
  cancelled: { glyph: 'circleSlash', word: 'cancelled' },
};

export function stateGlyph(kind: Kind): Node[] {
  const { glyph } = looks[kind];
  if (glyph === undefined) return [];
  return [glyph === 'ring' ? progressRing() : icon(glyph)];
}

export function stateText(state: CommandState): string {
  if (state.kind === 'done') return 'done';
  return state.kind === 'died' ? `died, ${state.detail}` : looks[state.kind].word;
}
