import type { PanelFrame } from '../../protocol/panelEntries.js';
import { LiveCommand } from './liveCommand.js';
import { sameProcess } from './sameProcess.js';
import type { TranscriptEntry } from './transcriptEntry.js';

/**
 * The current line of a frame. Submitted code may have moved before something called it; the last command with it, at
 * or before the caller, knows its line.
 */
export function currentLine(
  items: Iterable<TranscriptEntry>,
  frame: PanelFrame,
  caller: Pick<LiveCommand, 'key' | 'session'>,
): number {
  const commands = sameProcess(items, caller).filter((item) => item instanceof LiveCommand);
  for (const command of commands.toReversed()) {
    const line = command.lineNow(frame);
    if (line !== undefined) return line;
  }
  return frame.line;
}
