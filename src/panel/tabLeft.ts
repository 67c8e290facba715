import * as vscode from 'vscode';
import { after } from '../engine/deadline.js';
import type { Disposable } from '../engine/disposable.js';

/**
 * Within which VS Code hands over the tab of a window that was reloaded, also on a busy machine. A tab that is replaced
 * before that loses what its page remembers: what is folded, and text that is being typed.
 */
const GRACE_MS = 5000;

interface TabOwner {
  readonly isOpen: boolean;
  show(): void;
}

/** The tab of a webview that an earlier extension host has left. Only for hosts that have none of that type. */
export function tabLeft(viewType: string): vscode.Tab | undefined {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  // VS Code puts a prefix before the type.
  return tabs.find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType));
}

export async function closeTab(tab: vscode.Tab): Promise<void> {
  await vscode.window.tabGroups.close(tab, true);
}

/**
 * After a crash of the extension host, VS Code keeps the tab, but does not hand it over: its page says nothing any
 * more. The panel replaces it when it is visible.
 */
export function replaceTabLeft(viewType: string, panel: TabOwner): Disposable {
  let grace: Disposable | undefined;
  const isLeft = (): boolean => !panel.isOpen && tabLeft(viewType)?.isActive === true;
  const look = (): void => {
    if (grace || !isLeft()) return;
    grace = after(GRACE_MS, () => {
      grace = undefined;
      if (isLeft()) panel.show();
    });
  };
  const tabs = vscode.window.tabGroups.onDidChangeTabs(look);
  look();
  return {
    dispose: () => {
      tabs.dispose();
      grace?.dispose();
    },
  };
}
