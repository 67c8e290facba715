import * as vscode from 'vscode';
import type { KeptSessions } from '../sessions/kept/keptSessions.js';
import type { LanguageSession } from '../sessions/languageSession.js';
import type { WindowSessions } from '../sessions/windowSessions.js';
import { residentMemory } from './residentMemory.js';
import { treeChanges, type TreePicture } from './treeChanges.js';
import { elsewhereItem, fileItem, runningItem, sessionItem, type SessionNode } from './sessionItems.js';

/** How often times and memory are updated while the view is visible. */
const UPDATE_MS = 2000;
/** Short enough not to be noticed, and long enough for a short command. */
const SOON_MS = 100;

/** Lists the sessions of the window, and those that other windows of this user have left. */
export class SessionsView implements vscode.TreeDataProvider<SessionNode>, vscode.Disposable {
  static readonly viewId = 'extsession.sessions';

  readonly #sessions: WindowSessions;
  readonly #kept: KeptSessions;
  readonly #changed = new vscode.EventEmitter<SessionNode[] | undefined>();
  readonly #view: vscode.TreeView<SessionNode>;
  readonly #subscriptions: vscode.Disposable;
  readonly #memory = new Map<number, number>();
  /** VS Code knows a node by its identity. */
  #nodes = new Map<string, SessionNode>();
  #drawn: TreePicture<SessionNode> = new Map();
  #soon: NodeJS.Timeout | undefined;
  #updates: NodeJS.Timeout | undefined;
  #isDisposed = false;
  #isEmpty = true;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(sessions: WindowSessions, kept: KeptSessions) {
    this.#sessions = sessions;
    this.#kept = kept;
    this.#view = vscode.window.createTreeView(SessionsView.viewId, { treeDataProvider: this });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#view,
      this.#view.onDidChangeVisibility(() => {
        this.#followTime();
      }),
      sessions.onDidChangeSession(() => {
        this.#refreshSoon();
      }),
      sessions.onDidChangeStatus(() => {
        this.#refreshSoon();
      }),
      kept.onDidChangeElsewhere(() => {
        this.#refreshSoon();
      }),
    );
    this.#followTime();
  }

  getChildren(node?: SessionNode): SessionNode[] {
    if (node) return node.kind === 'session' ? this.#childrenOf(node.session) : [];
    const nodes = this.#topNodes();
    this.#layOut(nodes.length === 0);
    return nodes;
  }

  getTreeItem(node: SessionNode): vscode.TreeItem {
    if (node.kind === 'elsewhere') return elsewhereItem(node.elsewhere);
    if (node.kind === 'file') return fileItem(node.uri);
    const session = this.#sessions.find(node.session);
    if (!session) return new vscode.TreeItem('');
    return node.kind === 'running' ? runningItem(session, Date.now()) : sessionItem(session, this.#factsOf(session));
  }

  /** Reads again which sessions there are elsewhere. */
  refresh(): void {
    const before = this.#drawn;
    this.#drawn = this.#picture();
    const changed = treeChanges(before, this.#drawn);
    if (changed?.length !== 0) this.#changed.fire(changed && [...changed]);
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#soon);
    clearInterval(this.#updates);
    this.#subscriptions.dispose();
  }

  /**
   * VS Code does not lay the rows out when they take the place of the text for an empty view: they would appear seconds
   * later. It does when a message is set.
   */
  #layOut(isEmpty: boolean): void {
    if (this.#isEmpty && !isEmpty) this.#view.message = '';
    this.#isEmpty = isEmpty;
  }

  #topNodes(): SessionNode[] {
    const own = this.#sessions.all
      .filter(({ id, status }) => status.state !== 'none' || this.#sessions.isCreated(id))
      .map(({ id }): SessionNode => ({ kind: 'session', session: id }));
    const others = this.#kept.elsewhere().map((elsewhere): SessionNode => ({ kind: 'elsewhere', elsewhere }));
    return this.#known([...own, ...others]);
  }

  /** The same objects for the same nodes. */
  #known(nodes: readonly SessionNode[]): SessionNode[] {
    const known = nodes.map((node) => [JSON.stringify(node), node] as const);
    this.#nodes = new Map(known.map(([key, node]) => [key, this.#nodes.get(key) ?? node]));
    return [...this.#nodes.values()];
  }

  #picture(): TreePicture<SessionNode> {
    const textOf = (node: SessionNode): string =>
      JSON.stringify([node, ...this.getChildren(node)].map((each) => this.getTreeItem(each)));
    return new Map(this.#topNodes().map((node) => [node, textOf(node)]));
  }

  #childrenOf(id: string): SessionNode[] {
    const running = this.#sessions.find(id)?.process?.running;
    const files = this.#sessions.filesOf(id).map((uri): SessionNode => ({ kind: 'file', session: id, uri }));
    return [...(running ? [{ kind: 'running', session: id } as const] : []), ...files];
  }

  #factsOf(session: LanguageSession): Parameters<typeof sessionItem>[1] {
    const { id, process } = session;
    return {
      isCreated: this.#sessions.isCreated(id),
      isCurrent: this.#sessions.current === session,
      isOpen: this.#childrenOf(id).length > 0,
      memory: process?.pid === undefined ? undefined : this.#memory.get(process.pid),
      now: Date.now(),
    };
  }

  #refreshSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.#update();
    }, SOON_MS);
  }

  /** Nothing is measured while nobody sees it. */
  #followTime(): void {
    clearInterval(this.#updates);
    if (!this.#view.visible) return;
    this.#updates = setInterval(() => void this.#update(), UPDATE_MS);
    void this.#update();
  }

  async #update(): Promise<void> {
    if (this.#view.visible) await this.#measure();
    if (!this.#isDisposed) this.refresh();
  }

  async #measure(): Promise<void> {
    const pids = this.#sessions.all.flatMap(({ process }) => process?.pid ?? []);
    const measured = await Promise.all(pids.map(async (pid) => [pid, await residentMemory(pid)] as const));
    this.#memory.clear();
    for (const [pid, bytes] of measured) if (bytes !== undefined) this.#memory.set(pid, bytes);
  }
}
