const scriptType = /^(?:module|(?:text|application)\/(?:x-)?(?:java|ecma)script)?$/i;

/** Whether it is code that stands in the document itself. */
export function isInlineScript(script: HTMLScriptElement): boolean {
  return !script.hasAttribute('src') && scriptType.test(script.type.trim());
}

/** The same script, loaded from a file of this document's. */
export function scriptFile(script: HTMLScriptElement): HTMLScriptElement {
  const file = document.createElement('script');
  for (const { name, value } of script.attributes) file.setAttribute(name, value);
  // Text runs where it stands, which a file does without these.
  if (script.type !== 'module') for (const name of ['async', 'defer']) file.removeAttribute(name);
  file.async = script.type === 'module' && script.async;
  file.src = URL.createObjectURL(new Blob([script.text], { type: 'text/javascript' }));
  return file;
}

/** Scripts within drawings stay as they are: they do not run. */
export function inlineScriptsAsFiles(output: Document): void {
  for (const script of output.querySelectorAll<HTMLScriptElement>('script')) {
    if (script instanceof HTMLScriptElement && isInlineScript(script)) script.replaceWith(scriptFile(script));
  }
}
