/** What a user can do with a command of the panel: from its toolbar, its keys and links, and its context menu. */
export const commandActions = [
  'copySource',
  'copyOutput',
  'copyMarkdown',
  'runAgain',
  /** Opens the frames of its error in the debugger. */
  'debugError',
  'goToSource',
  'openOutput',
  /** Ends the process of a file that runs. */
  'stop',
  'delete',
] as const;
export type CommandAction = (typeof commandActions)[number];
