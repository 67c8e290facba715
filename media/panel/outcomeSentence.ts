import type { CommandStatus, Part } from '../../src/protocol/panelEntries.js';

const longestValue = 100;

/** What a screen reader is told when a command ends; nothing while it waits or runs. */
export function outcomeSentence(number: number, { state }: CommandStatus, parts: readonly Part[]): string | undefined {
  const command = `Command ${String(number)}`;
  switch (state.kind) {
    case 'queued':
    case 'running':
      return undefined;
    case 'asking':
      return `${command} is waiting for input: ${state.question.prompt.trim().slice(0, longestValue)}`;
    case 'done': {
      const value = parts.find((part) => part.type === 'value');
      const first = value && 'text' in value ? value.text.head[0] : undefined;
      return typeof first === 'string' ? `${command}: ${first.slice(0, longestValue)}` : `${command} done`;
    }
    case 'failed': {
      const error = parts.findLast((part) => part.type === 'error');
      return error ? `${command} failed: ${error.name} ${error.message.slice(0, longestValue)}` : `${command} failed`;
    }
    case 'died':
      return `${command} died, ${state.detail}`;
    case 'interrupted':
    case 'cancelled':
      return `${command} ${state.kind}`;
  }
}
