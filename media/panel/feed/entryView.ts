import type { Intent } from '../../../src/protocol/panel.js';
import type { CommandEntry, Entry } from '../../../src/protocol/panelEntries.js';
import type { ActOn } from '../command/commandActions.js';
import { CommandView } from '../command/commandView.js';
import type { SourceExtent } from '../command/sourceView.js';
import { dividerView, noticeView, type StaticEntryView } from './staticEntries.js';
import { idOf, type ViewState } from '../viewState.js';

export type EntryView = CommandView | StaticEntryView;

export interface EntryViewOptions {
  readonly send: (intent: Intent) => void;
  readonly actOn: ActOn;
  readonly state: ViewState;
  /** A command was collapsed or expanded. */
  readonly onFold: () => void;
  /** The user moves on past the last entry. */
  readonly onLeave: () => void;
}

/** Startup commands are the same each time: their first line is enough. */
function usualExtent({ isStart }: CommandEntry): SourceExtent {
  return isStart === true ? 'first' : 'usual';
}

/** Creates the view of an entry. What the user does with it is kept in the state or sent to the host. */
export function entryView(entry: Entry, { send, actOn, state, onFold, onLeave }: EntryViewOptions): EntryView {
  const { key } = entry;
  switch (entry.type) {
    case 'divider':
      return dividerView(entry);
    case 'notice':
      return noticeView(entry, (action) => {
        send({ type: 'noticeAction', key, action });
      });
    case 'command': {
      const view: CommandView = new CommandView(entry, {
        act: (action) => {
          actOn(view, action);
        },
        extent: state.extent(key, usualExtent(entry)),
        onExtent: (extent) => {
          state.setExtent(key, extent, usualExtent(entry));
          onFold();
        },
        isExpanded: (part, related) => state.isExpanded(idOf(key, part, related)),
        onExpand: (part, expanded, related) => {
          state.setExpanded(idOf(key, part, related), expanded);
        },
        onOpenFrame: (part, frame) => {
          send({ type: 'openFrame', key, part, frame });
        },
        onOpenPlace: (part, line, place) => {
          send({ type: 'openPlace', key, part, line, place });
        },
        outputsHidden: state.outputsHidden(key),
        onHideOutputs: (hidden) => {
          state.hideOutputs(key, hidden);
        },
        draft: (question) => state.draft(key, question),
        onDraft: (question, text) => {
          state.setDraft(key, question, text);
        },
        onAnswer: (question, text) => {
          send({ type: 'answer', key, question, ...(text === undefined ? {} : { text }) });
        },
        onLeave,
        chosenForm: (part) => state.form(key, part),
        onChooseForm: (part, mime) => {
          state.setForm(key, part, mime);
        },
        onForm: (part, mime, action) => {
          send({ type: 'form', key, part, mime, action });
        },
      });
      return view;
    }
  }
}
