import type { CommandAction } from '../../../src/protocol/commandAction.js';
import type { Intent } from '../../../src/protocol/panel.js';
import type { CommandView } from './commandView.js';

/** Actions that only change how the page shows a command. */
const viewActions = {
  collapse: (command: CommandView): void => {
    command.extent = command.extent === 'whole' ? 'usual' : 'line';
  },
  expand: (command: CommandView): void => {
    command.extent = command.extent === 'line' || command.extent === 'first' ? 'usual' : 'whole';
  },
  toggleFold: (command: CommandView): void => {
    command.extent = command.extent === 'line' ? 'usual' : 'line';
  },
  /** Collapses the source to one line, or expands it; the output does not change. */
  toggleInput: (command: CommandView): void => {
    command.toggleInput();
  },
  toggleOutputs: (command: CommandView): void => {
    command.outputsHidden = !command.outputsHidden;
  },
} as const;
type ViewAction = keyof typeof viewActions;

export type PageAction = CommandAction | ViewAction;

/** Performs an action on a command: the toolbar, the keys and the links of a command all call this. */
export type ActOn = (command: CommandView, action: PageAction) => void;

export function commandActions(send: (intent: Intent) => void): ActOn {
  return (command, action) => {
    if (isViewAction(action)) viewActions[action](command);
    else send({ type: 'commandAction', key: command.key, action });
  };
}

function isViewAction(action: PageAction): action is ViewAction {
  return Object.hasOwn(viewActions, action);
}
