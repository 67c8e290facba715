import type { CommandContext } from './commandContext.js';

/** What the context menu of a command in the panel offers, in the words of the panel's own page. */
const intents = {
  copySource: { type: 'copy', what: 'source' },
  copyOutput: { type: 'copy', what: 'output' },
  copyMarkdown: { type: 'copy', what: 'markdown' },
  runAgain: { type: 'runAgain' },
  goToSource: { type: 'openOrigin' },
  openOutput: { type: 'openInFull' },
  delete: { type: 'delete' },
} as const;

/** Handlers for the entry whose menu it was: VS Code passes what the page said about it. */
export function onEntry(name: keyof typeof intents) {
  return ({ panel }: CommandContext, argument: unknown): void => {
    const key = (argument as { readonly key?: unknown } | undefined)?.key;
    panel.perform({ ...intents[name], key });
  };
}
