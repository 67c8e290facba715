import * as vscode from 'vscode';
import type { Disposable } from '../engine/disposable.js';
import type { ExtSession } from '../engine/extSession.js';
import type { Logger } from '../engine/logger.js';
import type { Variable } from '../protocol/output.js';
import { MemoryMeter } from './memoryMeter.js';
import { RootNodes } from './rootNodes.js';
import { SeenParts } from './seenParts.js';
import { SeenVariables } from './seenVariables.js';
import { VariableChoices } from './variableChoices.js';
import type { VariableKind } from './variableKinds.js';
import type { VariableOrder } from './variableOrder.js';
import { partOf, rangesOf, type ValueNode, type VariableNode } from './variableNode.js';
import { variableTreeItem } from './variableTreeItem.js';

/** A command that follows the last one so soon is not waited for. */
const SOON_MS = 50;

export interface VariablesViewOptions {
  /** The session whose variables are shown, if it can be asked now. */
  session(): ExtSession | undefined;
  /** Whether a command runs that may change them. */
  isBusy(): boolean;
  /** Fires when a command has ended, and when there is another session. */
  readonly onDidChange: (listener: () => void) => Disposable;
  readonly memory: vscode.Memento;
  readonly log: Logger;
}

/** The tree of the current session's variables. Nothing is asked while nobody sees it. */
export class VariablesView implements vscode.TreeDataProvider<VariableNode>, vscode.Disposable {
  readonly #options: VariablesViewOptions;
  readonly #changed = new vscode.EventEmitter<VariableNode[] | undefined>();
  readonly #view: vscode.TreeView<VariableNode>;
  readonly #seen = new SeenVariables();
  readonly #parts = new SeenParts();
  readonly #roots = new RootNodes();
  /** The variables that are open: their parts may have changed when they themselves look the same. */
  #open = new Set<VariableNode>();
  readonly #choices: VariableChoices;
  readonly #meter: MemoryMeter;
  readonly #subscriptions: readonly Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #isAsked = false;
  /** Whether a command has ended since the session was asked. */
  #hasRun = false;
  #session: ExtSession | undefined;
  /** Whether the session did not answer when it was last asked. */
  #isOld = false;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: VariablesViewOptions) {
    this.#options = options;
    this.#view = vscode.window.createTreeView('extsession.variables', {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#choices = new VariableChoices(options.memory);
    this.#meter = new MemoryMeter({
      pid: () => options.session()?.pid,
      tell: (text) => {
        const age = options.isBusy() && this.#seen.size > 0 ? vscode.l10n.t('updates when idle') : '';
        this.#view.description = [text, age].filter(Boolean).join(' · ');
      },
    });
    this.#meter.isVisible = this.#view.visible;
    this.#subscriptions = [
      this.#view,
      this.#changed,
      this.#meter,
      this.#view.onDidExpandElement(({ element }) => this.#open.add(element)),
      this.#view.onDidCollapseElement(({ element }) => this.#open.delete(element)),
      this.#view.onDidChangeVisibility(({ visible }) => {
        this.#meter.isVisible = visible;
        this.#refreshSoon();
      }),
      options.onDidChange(() => {
        this.#hasRun = true;
        this.#refreshSoon();
      }),
    ];
  }

  getTreeItem(node: VariableNode): vscode.TreeItem {
    return variableTreeItem(node);
  }

  async getChildren(node?: VariableNode): Promise<VariableNode[]> {
    if (!node) return [...this.#roots.all];
    const whole = node.type === 'range' ? node.whole : node;
    const [start, count] = node.type === 'range' ? [node.start, node.count] : [0, node.variable.parts ?? 0];
    const ranges = rangesOf(whole, start, count);
    if (ranges) return ranges;
    try {
      const parts = await this.#session?.parts(whole.path, { start, count });
      const nodes = parts?.items.map((variable, index) => partOf(whole, start + index, variable)) ?? [];
      return nodes.map((part) => this.#parts.marked(part, whole, this.#seen.time));
    } catch (error) {
      this.#options.log.debug(`The parts of ${whole.path[0]} are not known: ${String(error)}`);
      return [];
    }
  }

  /** Asks the session now. What cannot be asked keeps what was seen of it last. */
  async refresh(): Promise<void> {
    const session = this.#options.session();
    if (session !== this.#session) {
      this.#seen.forget();
      this.#parts.forget();
      this.#isOld = false;
    }
    this.#session = session;
    try {
      const changes = await session?.variableChanges(this.#seen.revision);
      if (session !== this.#session) return;
      if (changes) this.#seen.update(changes, this.#hasRun);
      this.#hasRun = false;
      this.#isOld = false;
    } catch (error) {
      this.#options.log.debug(`The variables are not known: ${String(error)}`);
      this.#isOld = this.#seen.size > 0;
    }
    void this.#meter.measure();
    this.#draw();
  }

  get order(): VariableOrder {
    return this.#choices.order;
  }

  /** The kinds that are not shown. */
  get hidden(): readonly VariableKind[] {
    return this.#choices.hidden;
  }

  variable(name: string): Variable | undefined {
    return this.#seen.get(name);
  }

  /** Code that makes the value of a line again; undefined if there is none. */
  async codeOf({ path }: ValueNode): Promise<string | undefined> {
    return (await this.#session?.parts(path, { count: 0, asCode: true }))?.code;
  }

  async sort(order: VariableOrder): Promise<void> {
    await this.#choices.sort(order);
    this.#draw();
  }

  /** Shows all kinds but these. */
  async hide(kinds: readonly VariableKind[]): Promise<void> {
    await this.#choices.hide(kinds);
    this.#draw();
  }

  /** Shows a variable above all others, or no longer. */
  async pin(name: string, isPinned: boolean): Promise<void> {
    await this.#choices.pin(name, isPinned);
    this.#draw();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #draw(): void {
    const { order, hidden, pinned } = this.#choices;
    const changed = this.#roots.update(this.#seen, { order, hidden, pinned });
    const message = this.#messageNow();
    if (this.#view.message !== message) this.#view.message = message;
    const open = this.#roots.all.filter((node) => this.#open.has(node));
    if (!changed) this.#open = new Set(open);
    const drawn = changed && [...new Set([...changed, ...open])];
    if (drawn?.length !== 0) this.#changed.fire(drawn);
  }

  #messageNow(): string {
    if (this.#isOld) return vscode.l10n.t('The session is not responding. Its variables are shown as last seen.');
    if (this.#seen.size > 0 && this.#roots.all.length === 0) return vscode.l10n.t('The filter hides all variables.');
    return '';
  }

  /** Refreshes once for several requests, and again for those that come meanwhile. */
  #refreshSoon(): void {
    if (!this.#view.visible) return;
    this.#isAsked = true;
    this.#timer ??= setTimeout(() => {
      this.#isAsked = false;
      void this.refresh().finally(() => {
        this.#timer = undefined;
        if (this.#isAsked) this.#refreshSoon();
      });
    }, SOON_MS);
  }
}
