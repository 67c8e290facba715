import type { Completions } from '../../src/protocol/output.js';
import {
  dispatch,
  type Change,
  type ChangeHandlers,
  type HostMessage,
  type PanelStatus,
} from '../../src/protocol/panel.js';
import type { PanelSettings } from '../../src/protocol/panelSettings.js';
import { Announcer } from './announcer.js';
import { Channel } from './hostChannel.js';
import { LatestRequest } from './input/latestRequest.js';
import { applySettings } from './currentSettings.js';
import { element } from './element.js';
import { emptyView } from './feed/emptyView.js';
import { Finder } from './find/finder.js';
import { PaintBudget } from './paintBudget.js';
import { HeaderView } from './headerView.js';
import { HelpView } from './helpView.js';
import { InputView } from './input/inputView.js';
import { loadGrammars } from './highlight.js';
import { keepFocus, whenFocused } from './keepFocus.js';
import { LineRuler } from './lineRuler.js';
import { LogView } from './feed/logView.js';
import { formMarkup } from './rich/formMarkup.js';
import { SidewaysStops } from './sidewaysStops.js';
import { Ticker } from './ticker.js';
import { TimeSlice } from './timeSlice.js';
import { loadTranslations } from './translations.js';
import { ViewState } from './viewState.js';

type Snapshot = Extract<HostMessage, { type: 'snapshot' }>;

// In tasks of their own: together with evaluating the modules, these would block the page for more than 50 ms.
const slice = new TimeSlice();
await loadGrammars(new Set());
await slice.end();

loadTranslations();
const channel = new Channel();
const budget = new PaintBudget();
const announcer = new Announcer();
const state = new ViewState(channel);
const send = channel.send.bind(channel);
const header = new HeaderView({
  interrupt: () => {
    send({ type: 'interrupt' });
  },
  restart: () => {
    send({ type: 'restart' });
  },
  clear: () => {
    send({ type: 'clear' });
  },
  showSession: (session) => {
    send({ type: 'showSession', session });
  },
});
const log = new LogView({
  send,
  state,
  announcer,
  onLeave: () => {
    input.focus();
  },
});
await slice.end();
const ruler = new LineRuler((columns) => {
  send({ type: 'columns', columns });
});
log.node.append(ruler.node);
const completions = new LatestRequest<Completions>();
const signature = new LatestRequest<string>();
const input = new InputView({
  run: (source, evaluator) => {
    log.follow();
    // Of the session whose language the input line has.
    const session = status?.evaluator === evaluator ? status.session : undefined;
    send({ type: 'run', source, evaluator, ...(session === undefined ? {} : { session }) });
  },
  complete: (source, offset, evaluator) =>
    completions.ask((request) => {
      send({ type: 'complete', request, source, offset, evaluator });
    }),
  signature: (source, evaluator) =>
    signature.ask((request) => {
      send({ type: 'signature', request, source, evaluator });
    }),
  leave: () => {
    log.focus();
  },
});
let status: PanelStatus | undefined;
let empty: HTMLElement | undefined;

const panel = element('div', { class: 'panel' });

const ticker = new Ticker(() => {
  header.tick(log.command(status?.running)?.elapsedMs);
  return log.tick();
});

const changes: ChangeHandlers = {
  ...log.changes,
  settings: ({ settings }) => {
    apply(settings);
    log.restyle();
  },
  status: (change) => {
    status = change.status;
  },
  completions: ({ request, completions: answer }) => {
    completions.answer(request, answer);
  },
  signature: ({ request, text }) => {
    signature.answer(request, text);
  },
  foundElsewhere: (found) => {
    finder.receive(found);
  },
  draw: ({ request, mime, data }) => {
    void formMarkup(mime, data).then((markup) => {
      send({ type: 'drawn', request, ...(markup === undefined ? {} : { markup }) });
    });
  },
  focus: () => {
    whenFocused(() => {
      (log.asking?.ask ?? input).focus();
    });
  },
  insert: ({ text }) => {
    input.insert(text);
  },
};

channel.listen(async (message) => {
  await loadGrammars(languagesIn(message));
  if (message.type === 'snapshot') await drawAnew(message);
  else await drawChanges(message.changes);
  settle();
});

/** The languages of the sources that a message brings. */
function languagesIn(message: HostMessage): Set<string> {
  const entries =
    message.type === 'snapshot'
      ? message.entries
      : message.changes.flatMap((change) =>
          change.type === 'entry' ? [change.entry] : change.type === 'earlier' ? change.entries : [],
        );
  return new Set(entries.flatMap((entry) => (entry.type === 'command' ? [entry.languageId] : [])));
}

async function drawChanges(all: readonly Change[]): Promise<void> {
  for (const change of all) {
    if (budget.isSpent) {
      settle();
      await budget.renewed();
    }
    dispatch(changes, change);
  }
}

async function drawAnew({ oldest, window, welcome, history, settings, ...snapshot }: Snapshot): Promise<void> {
  apply(settings);
  state.forgetBefore(oldest);
  state.enter(window);
  status = snapshot.status;
  empty?.remove();
  empty = emptyView(welcome, (action) => {
    send({ type: 'welcomeAction', action });
  });
  log.node.prepend(empty);
  await log.reset(snapshot);
  input.history = history;
  loadInput();
}

function apply(settings: PanelSettings): void {
  applySettings(settings);
  panel.classList.toggle('is-unwrapped', !settings.wrap);
  panel.classList.toggle('is-read-only', settings.readOnly === true);
  sideways.wraps = settings.wrap;
}

function settle(): void {
  if (status) header.draw(status, log.command(status.running)?.elapsedMs);
  if (empty) empty.hidden = log.size > 0;
  if (status) input.draw(status, log.lastWaiting(status.evaluator));
  log.settle();
  sideways.changed();
  ticker.start();
}

/** Called when the transcript has been drawn, since nobody types before that. */
const loadInput = once(() => {
  requestIdleCallback(() => void input.load(), { timeout: 500 });
});

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

const help = new HelpView();
const finder = new Finder(log, send);
const sideways = new SidewaysStops(log.node);
document.addEventListener('keydown', (event) => {
  const isTyped =
    event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]') !== null;
  if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === 'KeyZ') send({ type: 'toggleWordWrap' });
  else if (event.key === '?' && !isTyped) help.open();
  else return;
  event.preventDefault();
  event.stopPropagation(); // otherwise, VS Code would handle it too
});
panel.append(header.node, finder.node, log.node, log.endNode, input.node, announcer.node, help.node);
document.body.append(panel);
keepFocus();
new ResizeObserver(() => {
  log.resized();
  sideways.changed();
}).observe(log.node);
