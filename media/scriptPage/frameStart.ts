import { scriptFrameHtml } from '../../src/protocol/scriptFrame.js';
import type { ScriptPageMessage } from '../../src/protocol/scriptPage.js';
import { inlineScriptsAsFiles, isInlineScript, scriptFile } from './inlineScripts.js';

/*
 * The first script of each frame that runs the scripts of an output. It removes WebRTC, which no policy supported by
 * browsers blocks. The policy allows only this inline script, so a frame that the output creates either runs nothing or
 * also starts with this script. The output's own scripts become files (`blob:`), which only their own frame can load.
 */

const start = document.currentScript as HTMLScriptElement;
const data = start.previousElementSibling as HTMLScriptElement;

removeWebRtc();
document.addEventListener('securitypolicyviolation', runBlockedCode);
window.addEventListener('click', openLink);
data.remove();
start.remove();
// While the parser is here, so that scripts run in order and each sees the content before it.
// oxlint-disable-next-line typescript/no-deprecated -- nothing else hands markup to the running parser
document.write(prepared(JSON.parse(data.text) as string));

function removeWebRtc(): void {
  for (const name of Object.getOwnPropertyNames(window)) {
    if (!/^(?:webkit)?RTC/.test(name)) continue;
    Object.defineProperty(window, name, { value: undefined, writable: false, configurable: false });
  }
}

function prepared(markup: string): string {
  const output = new DOMParser().parseFromString(markup, 'text/html');
  inlineScriptsAsFiles(output);
  for (const frame of output.querySelectorAll('iframe')) {
    if (frame.srcdoc !== '') frame.srcdoc = scriptFrameHtml(frame.srcdoc, start.text);
  }
  return output.documentElement.outerHTML;
}

/** Runs event handlers in the markup, and scripts that the output creates later. */
function runBlockedCode({ target }: SecurityPolicyViolationEvent): void {
  if (target instanceof HTMLScriptElement && isInlineScript(target)) target.replaceWith(scriptFile(target));
  else if (target instanceof Element) setHandlers(target);
}

function setHandlers(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    if (!name.startsWith('on') || !(name in element)) continue;
    element.removeAttribute(name);
    // oxlint-disable-next-line typescript/no-implied-eval -- the output's own code, in its own frame
    Reflect.set(element, name, new Function('event', value));
  }
}

/** The frame must not leave this document, so a link would only blank it; VS Code opens it instead. */
function openLink(event: MouseEvent): void {
  const link = event.composedPath().find((node) => node instanceof Element && node.localName === 'a');
  const href = link instanceof Element ? (link.getAttribute('href') ?? link.getAttribute('xlink:href')) : null;
  if (event.defaultPrevented || href === null) return;
  event.preventDefault();
  if (href.startsWith('#')) location.hash = href;
  if (!/^(?:https?|mailto):/i.test(href)) return;
  const message: ScriptPageMessage = { type: 'openLink', href };
  parent.postMessage(message, '*');
}
