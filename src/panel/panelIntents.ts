import type { Completions } from '../protocol/output.js';
import type { Change, IntentHandlers, OutputPlace } from '../protocol/panel.js';
import { sessionOf } from '../protocol/panelEntries.js';
import { placesIn } from '../protocol/textLinks.js';
import type { CommandActions } from './commandActions.js';
import type { FormDrawings } from './formDrawings.js';
import type { FormActions } from './formActions.js';
import type { OutputSearch } from './find/outputSearch.js';
import type { PanelActions, Welcome } from './panelActions.js';
import type { PanelFeed } from './panelFeed.js';
import { formOfPart } from './formOfPart.js';
import { frameOf, lineOf } from './model/entryParts.js';
import type { PanelModel } from './model/panelModel.js';

type CompletionsChange = Extract<Change, { type: 'completions' }>;

const MOST_COMPLETIONS = 1000;

export interface PanelIntentsOptions {
  readonly model: PanelModel;
  readonly feed: PanelFeed;
  readonly actions: PanelActions;
  readonly commands: CommandActions;
  readonly welcome: Welcome;
  readonly copy: (text: string) => void;
  readonly openMatch: (key: number, place: OutputPlace) => Promise<void>;
  readonly search: OutputSearch;
  readonly forms: FormActions;
  readonly drawings: Pick<FormDrawings, 'receive'>;
  /** Tells the user that output could not be read: it is too large, or its temporary file is broken. */
  readonly fail: (error: unknown) => void;
}

type Intents<Name extends keyof IntentHandlers> = Pick<IntentHandlers, Name>;

/** Handles the intents of the webview. Numbers that do not refer to anything (any more) are ignored. */
export function panelIntents(options: PanelIntentsOptions): IntentHandlers {
  return {
    ...pageIntents(options),
    ...sessionIntents(options),
    ...inputIntents(options),
    ...buttonIntents(options),
    ...placeIntents(options),
    ...findIntents(options),
    ...formIntents(options),
  };
}

function pageIntents({ feed, search, drawings }: PanelIntentsOptions): Intents<'ready' | 'ack' | 'drawn'> {
  return {
    ready: () => {
      search.stop(); // the page that asked is gone
      feed.start();
    },
    ack: ({ seq }) => {
      feed.acknowledge(seq);
    },
    drawn: ({ request, markup }) => {
      drawings.receive(request, markup);
    },
  };
}

/** The buttons and menus of the header. */
function sessionIntents({
  actions,
}: PanelIntentsOptions): Intents<
  'interrupt' | 'restart' | 'showSession' | 'clear' | 'showLog' | 'toggleWordWrap' | 'columns'
> {
  return {
    interrupt: () => {
      actions.interrupt();
    },
    restart: () => {
      actions.restart();
    },
    showSession: ({ session }) => {
      actions.showSession(session);
    },
    clear: () => {
      actions.clear();
    },
    showLog: () => {
      actions.showLog();
    },
    toggleWordWrap: () => {
      actions.toggleWordWrap();
    },
    columns: ({ columns }) => {
      actions.setColumns(columns);
    },
  };
}

/** The input line, and the line that answers what a command asks. */
function inputIntents({
  model,
  feed,
  actions,
}: PanelIntentsOptions): Intents<'run' | 'complete' | 'signature' | 'answer'> {
  return {
    run: ({ source, evaluator, session }) => {
      actions.runInput(source, evaluator, session);
    },
    complete: ({ request, source, offset, evaluator }) => {
      void actions.complete(source, offset, evaluator).then((completions) => {
        feed.answer({ type: 'completions', request, ...(completions ? { completions: sendable(completions) } : {}) });
      });
    },
    signature: ({ request, source, evaluator }) => {
      void actions.signature(source, evaluator).then((text) => {
        feed.answer({ type: 'signature', request, ...(text === undefined ? {} : { text }) });
      });
    },
    answer: ({ key, question, text }) => {
      model.answer(key, question, text);
    },
  };
}

function buttonIntents({
  model,
  actions,
  commands,
  welcome,
}: PanelIntentsOptions): Intents<'commandAction' | 'noticeAction' | 'welcomeAction'> {
  const run = (action: Welcome['actions'][number] | undefined): void => {
    if (action) actions.vscodeCommand(action.vscodeCommand, action.arguments ?? []);
  };
  return {
    commandAction: ({ key, action }) => {
      commands[action](key);
    },
    noticeAction: ({ key, action }) => {
      run(model.action(key, action));
    },
    welcomeAction: ({ action }) => {
      run(welcome.actions[action]);
    },
  };
}

/** Places in files that tracebacks and output name. */
function placeIntents({ model, feed, actions }: PanelIntentsOptions): Intents<'openFrame' | 'openPlace'> {
  const goToCommand = (number: number, failed: number): void => {
    const key = model.commandNamed(number, failed);
    if (key === undefined) actions.missCommand(number);
    else feed.answer({ type: 'reveal', key });
  };
  return {
    openFrame: ({ key, part, frame }) => {
      const entry = model.entry(key, 0);
      const found = frameOf(entry, part, frame);
      if (!entry || !found?.openable) return;
      if (found.command === undefined) actions.openFrame(found.file, found.line, sessionOf(entry) ?? '');
      else goToCommand(found.command, key);
    },
    openPlace: ({ key, part, line, place }) => {
      const entry = model.entry(key, 0);
      const found = lineOf(entry, part, line);
      const named = found === undefined ? undefined : placesIn(found)[place];
      if (entry && named) actions.openFrame(named.file, named.line, sessionOf(entry) ?? '');
    },
  };
}

function findIntents({ feed, search, openMatch, fail }: PanelIntentsOptions): Intents<'find' | 'openMatch'> {
  return {
    find: ({ request, query }) => {
      if (!query) {
        search.stop();
        return;
      }
      search
        .run(query)
        .then((found) => {
          if (found) feed.answer({ type: 'foundElsewhere', request, ...found });
        })
        .catch(fail);
    },
    openMatch: ({ key, place }) => {
      openMatch(key, place).catch(fail);
    },
  };
}

function formIntents({ model, feed, copy, forms }: PanelIntentsOptions): Intents<'form'> {
  return {
    form: ({ key, part, mime, action }) => {
      if (action === 'load') {
        feed.want({ key, part, mime });
        return;
      }
      const data = model.form(key, part, mime);
      const entry = model.entry(key, 0);
      if (data === undefined || entry?.type !== 'command') return;
      if (action === 'copy') copy(data);
      else forms[action](formOfPart(model, { entry, part, mime }, data));
    },
  };
}

/** Limits a long list of completions to the first ones; further typing asks again. */
function sendable({ start, end, items, isIncomplete }: Completions): NonNullable<CompletionsChange['completions']> {
  const isCut = items.length > MOST_COMPLETIONS;
  return { start, end, items: items.slice(0, MOST_COMPLETIONS), isIncomplete: isCut || isIncomplete === true };
}
