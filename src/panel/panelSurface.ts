import type * as vscode from 'vscode';

/** Where the panel's page is shown: a tab among the editors, or a view. */
export interface PanelSurface {
  readonly webview: vscode.Webview;
  readonly visible: boolean;
  readonly onDidChangeVisible: vscode.Event<unknown>;
  readonly onDidDispose: vscode.Event<unknown>;
  /** The end of a view does not mean that the person is done with the transcript; that of a tab does. */
  readonly isView: boolean;
  /** Uncovers it; it takes the focus only when it is asked to. */
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

/** A view cannot be closed from here; VS Code disposes of it when its condition no longer holds. */
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
