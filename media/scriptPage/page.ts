declare function acquireVsCodeApi(): { readonly postMessage: (message: unknown) => void };

/*
 * The page around the frame that runs the scripts of an output. It passes on the requests of the frame, which the
 * extension checks, and only while the user is using the frame: no script opens anything by itself.
 */

const vscode = acquireVsCodeApi();
window.addEventListener('message', ({ source, data }) => {
  if (source === window.frames[0] && navigator.userActivation.isActive) vscode.postMessage(data);
});
