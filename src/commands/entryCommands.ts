import type { CommandContext } from './commandContext.js';

/** The intents of the webview for the commands in the context menu of an entry. */
const intents = {
  copySource: { type: 'copy', what: 'source' },
  copyOutput: { type: 'copy', what: 'output' },
  copyMarkdown: { type: 'copy', what: 'markdown' },
  runAgain: { type: 'runAgain' },
  goToSource: { type: 'openOrigin' },
  openOutput: { type: 'openInFull' },
  delete: { type: 'delete' },
} as const;

/** A handler for the entry whose menu was opened: VS Code passes the context that the page set. */
export function onEntry(name: keyof typeof intents) {
  return ({ panel }: CommandContext, argument: unknown): void => {
    const key = (argument as { readonly key?: unknown } | undefined)?.key;
    panel.perform({ ...intents[name], key });
  };
}
