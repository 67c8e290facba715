import type { CommandAction } from '../protocol/commandAction.js';
import { commandMarkdown } from './commandMarkdown.js';
import type { PanelModel } from './model/panelModel.js';
import type { PanelActions } from './panelActions.js';
import { stripEscapes } from './terminal/stripEscapes.js';

export type CommandActions = Readonly<Record<CommandAction, (key: number) => void>>;

export interface CommandActionsOptions {
  readonly model: PanelModel;
  readonly copy: (text: string) => void;
  readonly actions: Pick<PanelActions, 'runAgain' | 'debugError' | 'openOrigin'>;
  readonly openOutput: (key: number) => Promise<void>;
  /** Tells the user that output could not be read: it is too large, or its temporary file is broken. */
  readonly fail: (error: unknown) => void;
}

/**
 * What a user can do with a command. The page of the panel and the context menus of VS Code both call these. A key that
 * does not refer to a command (any more) is ignored.
 */
export function commandActions(options: CommandActionsOptions): CommandActions {
  const { model, copy, actions, openOutput, fail } = options;
  const copyTextOf = (read: (key: number) => string | undefined) => (key: number) => {
    try {
      const text = read(key);
      if (text !== undefined) copy(text);
    } catch (error) {
      fail(error);
    }
  };
  const output = (key: number): string | undefined => {
    const text = model.output(key);
    return text === undefined ? undefined : stripEscapes(text);
  };
  return {
    copySource: copyTextOf((key) => model.command(key)?.source),
    copyOutput: copyTextOf(output),
    copyMarkdown: copyTextOf((key) => {
      const [command, text] = [model.command(key), output(key)]; // what was printed at a session's start has no source
      return command && text !== undefined ? commandMarkdown(command.source, command.languageId, text) : text;
    }),
    runAgain: (key) => {
      const command = model.command(key);
      if (command) actions.runAgain(command);
    },
    debugError: (key) => {
      if (model.command(key)) actions.debugError(key);
    },
    goToSource: (key) => {
      const origin = model.origin(key);
      if (origin) actions.openOrigin(origin);
    },
    openOutput: (key) => {
      openOutput(key).catch(fail);
    },
    stop: (key) => {
      model.stop(key);
    },
    delete: (key) => {
      model.delete(key);
    },
  };
}
