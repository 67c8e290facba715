import * as vscode from 'vscode';
import type { Disposable } from '../engine/disposable.js';
import type { ExtSession } from '../engine/extSession.js';
import type { Logger } from '../engine/logger.js';
import type { Variable } from '../protocol/output.js';
import { ChangeTimes } from './changeTimes.js';
import { arranged, orders, type VariableOrder } from './variableOrder.js';
import { partOf, rangesOf, type ValueNode, type VariableNode } from './variableNode.js';
import { variableTreeItem } from './variableTreeItem.js';

/** A command that follows the last one so soon is not waited for. */
const SOON_MS = 150;
const ORDER_KEY = 'variables.order';
const ALL_KEY = 'variables.showsAll';

export interface VariablesViewOptions {
  /** The session whose variables are shown, if it can be asked now. */
  session(): ExtSession | undefined;
  /** Fires when a command has ended, and when there is another session. */
  readonly onDidChange: (listener: () => void) => Disposable;
  readonly memory: vscode.Memento;
  /** Tells menus whether functions, classes and modules are shown. */
  tellShowsAll(showsAll: boolean): void;
  readonly log: Logger;
}

/** The tree of the current session's variables. Nothing is asked while nobody sees it. */
export class VariablesView implements vscode.TreeDataProvider<VariableNode>, vscode.Disposable {
  readonly #options: VariablesViewOptions;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<VariableNode>;
  readonly #times = new ChangeTimes();
  readonly #subscriptions: readonly Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #session: ExtSession | undefined;
  #variables: readonly Variable[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: VariablesViewOptions) {
    this.#options = options;
    this.#view = vscode.window.createTreeView('extsession.variables', {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#subscriptions = [
      this.#view,
      this.#changed,
      this.#view.onDidChangeVisibility(() => {
        this.#refreshSoon();
      }),
      options.onDidChange(() => {
        this.#refreshSoon();
      }),
    ];
    options.tellShowsAll(this.#showsAll);
  }

  get #order(): VariableOrder {
    const kept = this.#options.memory.get(ORDER_KEY);
    return orders.find((order) => order === kept) ?? 'name';
  }

  get #showsAll(): boolean {
    return this.#options.memory.get(ALL_KEY) === true;
  }

  getTreeItem(node: VariableNode): vscode.TreeItem {
    return variableTreeItem(node);
  }

  async getChildren(node?: VariableNode): Promise<VariableNode[]> {
    if (!node) return this.#roots();
    const whole = node.type === 'range' ? node.whole : node;
    const [start, count] = node.type === 'range' ? [node.start, node.count] : [0, node.variable.parts ?? 0];
    const ranges = rangesOf(whole, start, count);
    if (ranges) return ranges;
    try {
      const parts = await this.#session?.parts(whole.path, { start, count });
      return parts?.items.map((variable, index) => partOf(whole, start + index, variable)) ?? [];
    } catch (error) {
      this.#options.log.debug(`The parts of ${whole.path[0]} are not known: ${String(error)}`);
      return [];
    }
  }

  /** Asks the session now. What cannot be asked keeps what was seen of it last. */
  async refresh(): Promise<void> {
    const session = this.#options.session();
    if (session !== this.#session) {
      this.#times.forget();
      this.#variables = [];
    }
    this.#session = session;
    try {
      const variables = (await session?.variables({ details: true })) ?? [];
      if (session !== this.#session) return;
      this.#variables = variables;
      this.#times.update(variables);
      this.#view.message = '';
    } catch (error) {
      this.#options.log.debug(`The variables are not known: ${String(error)}`);
      this.#view.message = vscode.l10n.t('The session does not answer while this command runs.');
    }
    this.#changed.fire(undefined);
  }

  async sort(order: VariableOrder): Promise<void> {
    await this.#options.memory.update(ORDER_KEY, order);
    this.#changed.fire(undefined);
  }

  async showAll(showsAll: boolean): Promise<void> {
    await this.#options.memory.update(ALL_KEY, showsAll);
    this.#options.tellShowsAll(showsAll);
    this.#changed.fire(undefined);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #roots(): ValueNode[] {
    const times = this.#times;
    return arranged(this.#variables, { order: this.#order, showsAll: this.#showsAll, times }).map((variable) => ({
      type: 'value',
      path: [variable.name],
      variable,
      code: variable.name,
      isChanged: times.isNew(variable.name),
    }));
  }

  #refreshSoon(): void {
    if (!this.#view.visible || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.refresh();
    }, SOON_MS);
  }
}
