import type { Completions } from '../protocol/output.js';
import type { Change, IntentHandlers, OutputPlace } from '../protocol/panel.js';
import { placesIn } from '../protocol/textLinks.js';
import { commandMarkdown } from './commandMarkdown.js';
import type { FormOf } from './formFiles.js';
import type { OutputSearch } from './find/outputSearch.js';
import type { PanelActions, Welcome } from './panelActions.js';
import { stripEscapes } from './terminal/stripEscapes.js';
import type { PanelFeed } from './panelFeed.js';
import { formOf, frameOf, lineOf } from './model/entryParts.js';
import type { PanelModel } from './model/panelModel.js';

type CompletionsChange = Extract<Change, { type: 'completions' }>;

const MOST_COMPLETIONS = 1000;

export interface PanelIntentsOptions {
  readonly model: PanelModel;
  readonly feed: PanelFeed;
  readonly actions: PanelActions;
  readonly welcome: Welcome;
  readonly copy: (text: string) => void;
  readonly openInFull: (key: number, place?: OutputPlace) => Promise<void>;
  readonly search: OutputSearch;
  readonly forms: Readonly<Record<'open' | 'save' | 'run', (form: FormOf) => void>>;
  /** Tells the user that output could not be read: it is too large, or its temporary file is broken. */
  readonly fail: (error: unknown) => void;
}

/** Handles the intents of the webview. Numbers that do not refer to anything (any more) are ignored. */
export function panelIntents(options: PanelIntentsOptions): IntentHandlers {
  const { model, feed, actions, welcome, copy, openInFull, search, forms, fail } = options;
  const run = (action: Welcome['actions'][number] | undefined): void => {
    if (action) actions.vscodeCommand(action.vscodeCommand, action.arguments ?? []);
  };
  const goToCommand = (number: number, failed: number): void => {
    const key = model.commandNamed(number, failed);
    if (key === undefined) actions.missCommand(number);
    else feed.answer({ type: 'reveal', key });
  };
  return {
    ready: () => {
      search.stop(); // the page that asked is gone
      feed.start();
    },
    ack: ({ seq }) => {
      feed.acknowledge(seq);
    },
    interrupt: () => {
      actions.interrupt();
    },
    stop: ({ key }) => {
      model.stop(key);
    },
    restart: () => {
      actions.restart();
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
    run: ({ source, evaluator }) => {
      actions.runInput(source, evaluator);
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
    openOrigin: ({ key }) => {
      const origin = model.origin(key);
      if (origin) actions.openOrigin(origin);
    },
    openFrame: ({ key, part, frame }) => {
      const found = frameOf(model.entry(key, 0), part, frame);
      if (!found?.openable) return;
      if (found.command === undefined) actions.openFrame(found.file, found.line);
      else goToCommand(found.command, key);
    },
    openPlace: ({ key, part, line, place }) => {
      const found = lineOf(model.entry(key, 0), part, line);
      const named = found === undefined ? undefined : placesIn(found)[place];
      if (named) actions.openFrame(named.file, named.line);
    },
    openInFull: ({ key, place }) => {
      openInFull(key, place).catch(fail);
    },
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
    runAgain: ({ key }) => {
      const command = model.command(key);
      if (command) actions.runAgain(command);
    },
    copy: ({ key, what }) => {
      try {
        const text = copied(model, key, what);
        if (text !== undefined) copy(text);
      } catch (error) {
        fail(error);
      }
    },
    form: ({ key, part, mime, action }) => {
      if (action === 'load') {
        feed.want({ key, part, mime });
        return;
      }
      const data = model.form(key, part, mime);
      const entry = model.entry(key, 0);
      if (data === undefined || entry?.type !== 'command') return;
      if (action === 'copy') copy(data);
      else forms[action]({ command: entry.number, mime, data, plotlyScript: formOf(entry, part, mime)?.plotlyScript });
    },
    delete: ({ key }) => {
      model.delete(key);
    },
    noticeAction: ({ key, action }) => {
      run(model.action(key, action));
    },
    welcomeAction: ({ action }) => {
      run(welcome.actions[action]);
    },
  };
}

/** What is copied of a command; undefined if it is not there any more. */
function copied(model: PanelModel, key: number, what: 'source' | 'output' | 'markdown'): string | undefined {
  const command = model.command(key); // none for the output of a session's start
  if (what === 'source') return command?.source;
  const output = model.output(key);
  if (output === undefined) return undefined;
  const text = stripEscapes(output);
  return what === 'markdown' && command ? commandMarkdown(command.source, command.languageId, text) : text;
}

/** Limits a long list of completions to the first ones; further typing asks again. */
function sendable({ start, end, items, isIncomplete }: Completions): NonNullable<CompletionsChange['completions']> {
  const isCut = items.length > MOST_COMPLETIONS;
  return { start, end, items: items.slice(0, MOST_COMPLETIONS), isIncomplete: isCut || isIncomplete === true };
}
