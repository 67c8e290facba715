import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { dataMessageSchema, type DataIntent, type DataMessage } from '../../../src/protocol/data.js';
import { element } from '../element.js';
import { listenToHost } from '../ownOriginMessages.js';
import { loadTranslations } from '../translations.js';
import { CellPane } from './panes/cellPane.js';
import { markdownTable, tsv } from './cellText.js';
import { DataLoader, type StatisticsAnswer, type Wanted } from './dataLoader.js';
import { DataStatus } from './dataStatus.js';
import { FilterBar } from './filterBar.js';
import {
  codeSteps,
  exampleOf,
  noSteps,
  sortedBy,
  stepsOf,
  type Steps,
  withFilter,
  withoutFilter,
} from './sortAndFilters.js';
import { GridTools } from './gridTools.js';
import { GridView } from './gridView.js';
import { MOST_COPIED, selectedCells, selectedCount } from './selectedCells.js';
import { SliceInputs } from './sliceInputs.js';
import { StatisticsPane } from './panes/statisticsPane.js';

declare function acquireVsCodeApi(): { postMessage(intent: DataIntent): void };

loadTranslations();
const api = acquireVsCodeApi();
const send = (intent: DataIntent): void => {
  api.postMessage(intent);
};
const FIRST: Wanted = { rows: [0, 100], columns: [0, 30] };
const loader = new DataLoader(send);
const grid = new GridView({
  want: () => void loadMissing(),
  headClicked: (column, add) => void sortBy(column, add),
});
const slices = new SliceInputs(
  () => {
    steps = noSteps; // they are of other columns
    void reload().then(tellSteps);
  },
  () => void reload(),
);
const filterBar = new FilterBar({
  add: async (filter) => {
    const problem = await change(withFilter(steps, filter));
    if (problem !== undefined) status.say(''); // it is told beside the filter
    return problem;
  },
  remove: (filter) => {
    grid.node.focus(); // the button goes
    void change(withoutFilter(steps, filter));
  },
  showColumns: () => {
    grid.node.focus(); // the button goes
    grid.showAll();
    tellSteps();
  },
  closed: () => {
    grid.node.focus();
  },
});
const cell = new CellPane({
  ask: ({ row, column, path, start }) => loader.loadCell({ row, column, path: [...path], start, ...ofRows() }),
  nameOf: (column) => grid.blocks.head(column)?.[0] ?? '',
  toggled: (isOpen) => {
    tools.cell.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) statistics.toggle(false);
    toggled(isOpen);
  },
});
const statistics = new StatisticsPane({
  ask: loadStatistics,
  filter: (column, value) => {
    const [name, kind] = grid.blocks.head(column) ?? ['', ''];
    void change(withFilter(steps, { column, test: 'equals', value, name, kind }));
  },
  toggled: (isOpen) => {
    tools.statistics.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) cell.toggle(false);
    toggled(isOpen);
  },
  say: (words) => {
    status.say(words);
  },
});
const tools = new GridTools({
  sort: () => void sortBy(grid.selection.active.column, true),
  filter: () => {
    const { column } = grid.selection.active;
    const head = grid.blocks.head(column);
    if (head) filterBar.open(column, head, exampleOf(kind, head[0]));
  },
  cell: () => {
    cell.toggle();
  },
  statistics: () => {
    statistics.toggle();
  },
  pin: () => {
    grid.togglePin();
    grid.node.focus();
  },
  hide: () => {
    grid.hideSelected();
    tellSteps();
    grid.node.focus();
  },
  code: () => {
    send({ type: 'code', steps: { kind, ...codeSteps(steps) } });
  },
  copy: () => void copy('tsv'),
  copyMarkdown: () => void copy('markdown'),
  save: () => {
    send({ type: 'save', ...ofRows() });
  },
});
const status = new DataStatus({
  cancel: () => {
    send({ type: 'cancel' });
  },
  refresh: () => void reload(),
  slices: slices.node,
  tools: tools.node,
});
/** Whether the last request has failed, so that nothing more is asked for until something has changed. */
let hasFailed = false;
/** Counts changes of the data and of what is done to them, to recognize windows from before. */
let turn = 0;
let steps = noSteps;
/** The type of the table. */
let kind = '';

/** Why the last request has failed. */
let failure = '';

/** What all requests say of the rows. */
function ofRows(): Pick<Wanted, 'at' | 'choice' | 'filters' | 'sort' | 'turn'> {
  const { positions: at, choice } = slices;
  return { ...(at ? { at } : {}), ...(choice === undefined ? {} : { choice }), ...stepsOf(steps, turn) };
}

async function load(wanted: Wanted): ReturnType<DataLoader['load']> {
  return loader.load({ ...wanted, ...ofRows() });
}

async function loadMissing(): Promise<void> {
  tools.pin.setAttribute('aria-pressed', String(grid.isPinned));
  const missing = hasFailed ? undefined : grid.missing();
  if (missing) {
    if (loader.isBusy) loader.cellsFirst();
    else await show(missing);
  } else if (!loader.isBusy && !hasFailed) {
    statistics.follow(grid.selection.active.column, turn);
    cell.follow(grid.selection.active, turn);
  }
}

function toggled(isOpen: boolean): void {
  if (!isOpen && !cell.isOpen && !statistics.isOpen) grid.node.focus();
  grid.draw();
}

async function loadStatistics(column: number): Promise<StatisticsAnswer> {
  const found = await loader.loadStatistics({ column, ...ofRows() });
  grid.draw();
  return found;
}

/** Whether it has been shown. */
async function show(wanted: Wanted): Promise<boolean> {
  const asked = turn;
  const window = await load(wanted);
  if (asked !== turn) return true;
  hasFailed = !window;
  if (!window) return false;
  status.say('');
  status.isStale = false;
  status.tell(window);
  slices.show(window.shape, window.choices);
  kind = window.type;
  grid.take(window);
  return true;
}

/** The data are others now. What is shown stays until they have come. */
function reload(): Promise<boolean> {
  turn += 1;
  hasFailed = false;
  grid.blocks.expire();
  return show(grid.missing() ?? FIRST);
}

/** Sorts and filters in another way; goes back to the way before if that fails, and returns why. */
async function change(next: Steps): Promise<string | undefined> {
  const before = steps;
  steps = next;
  if (await reload()) {
    tellSteps();
    return undefined;
  }
  if (steps === next) {
    steps = before;
    turn += 1;
    hasFailed = false;
    grid.blocks.restore();
    grid.draw();
  }
  return failure;
}

function tellSteps(): void {
  const isCoded = /^(pandas|polars)\..*DataFrame$/.test(kind);
  filterBar.show(
    steps,
    grid.hidden.map((column) => grid.blocks.head(column)?.[0] ?? ''),
  );
  grid.sort = steps.sort;
  tools.hasCode = isCoded && (steps.filters.length > 0 || steps.sort.length > 0);
}

async function sortBy(column: number, add: boolean): Promise<void> {
  await change(sortedBy(steps, column, grid.blocks.head(column)?.[0] ?? '', add));
}

async function copy(form: 'tsv' | 'markdown'): Promise<void> {
  const count = selectedCount(grid.selection);
  if (count > MOST_COPIED) {
    status.say(l10n.t('{0} cells are too many to copy. Select at most {1}.', count, MOST_COPIED));
    return;
  }
  const copied = await selectedCells(grid.selection, load, grid.hidden);
  if (!copied) return;
  const { heads, rows, isNumber } = copied;
  send({ type: 'copy', text: form === 'tsv' ? tsv(rows) : markdownTable([heads, ...rows], isNumber) });
  status.say(count === 1 ? l10n.t('1 cell copied') : l10n.t('{0} cells copied', count));
}

function receive(message: DataMessage): void {
  switch (message.type) {
    case 'window':
    case 'statistics':
    case 'cell':
      loader.receive(message.number, message);
      break;
    case 'failed':
      failure = message.words ?? l10n.t('Cancelled');
      loader.receive(message.number, undefined);
      if (!loader.isTakenBack(message.number)) status.say(failure);
      break;
    case 'waiting':
      status.wait(message.on);
      break;
    case 'changed':
      if (steps.filters.length === 0 && steps.sort.length === 0) void reload();
      else status.isStale = true;
      break;
  }
}

listenToHost((data) => {
  const message = v.safeParse(dataMessageSchema, data, { abortEarly: true });
  if (message.success) receive(message.output);
  else reportError(new Error('A message to the data grid that is none of its host was dropped.'));
});
document.addEventListener('keydown', (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key !== 'c' || event.target !== grid.node) return;
  event.preventDefault();
  void copy('tsv');
});
grid.node.addEventListener('dblclick', ({ target }) => {
  if (target instanceof Element && target.closest('[role=gridcell]')) cell.toggle(true);
});
grid.node.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  cell.toggle(true);
  cell.node.focus();
});
grid.node.setAttribute('aria-label', l10n.t('Table'));
document.body.append(
  element(
    'main',
    { class: 'data' },
    element('h1', { class: 'sr' }, l10n.t('Table')),
    status.node,
    filterBar.node,
    element('div', { class: 'body' }, grid.node, statistics.node, cell.node),
  ),
);
grid.node.focus();
send({ type: 'ready' });
void show(FIRST);
