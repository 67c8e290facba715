import type * as vscode from 'vscode';

/** Where the panel's page is shown: an editor tab or a view. */
export interface PanelSurface {
  readonly webview: vscode.Webview;
  readonly visible: boolean;
  readonly onDidChangeVisible: vscode.Event<unknown>;
  readonly onDidDispose: vscode.Event<unknown>;
  /** Closing a tab means that the user is done with the transcript; closing a view does not. */
  readonly isView: boolean;
  /** Makes it visible, and gives it focus only if asked to. */
  reveal(focus: boolean): void;
  dispose(): void;
}

export function tabSurface(panel: vscode.WebviewPanel, icon: vscode.Uri): PanelSurface {
  panel.iconPath = icon;
  return {
    webview: panel.webview,
    get visible() {
      return panel.visible;
    },
    onDidChangeVisible: panel.onDidChangeViewState,
    onDidDispose: panel.onDidDispose,
    isView: false,
    reveal: (focus) => {
      panel.reveal(undefined, !focus);
    },
    dispose: () => {
      panel.dispose();
    },
  };
}

/** The extension cannot close a view; VS Code disposes of it when its `when` condition no longer holds. */
export function viewSurface(view: vscode.WebviewView): PanelSurface {
  return {
    webview: view.webview,
    get visible() {
      return view.visible;
    },
    onDidChangeVisible: view.onDidChangeVisibility,
    onDidDispose: view.onDidDispose,
    isView: true,
    reveal: (focus) => {
      view.show(!focus);
    },
    dispose: () => undefined,
  };
}
