const scriptType = /^(?:module|(?:text|application)\/(?:x-)?(?:java|ecma)script)?$/i;

/** Whether the code of a script is in the document itself. */
export function isInlineScript(script: HTMLScriptElement): boolean {
  return !script.hasAttribute('src') && scriptType.test(script.type.trim());
}

/** The same script, loaded from a file of this document. */
export function scriptFile(script: HTMLScriptElement): HTMLScriptElement {
  const file = document.createElement('script');
  for (const { name, value } of script.attributes) file.setAttribute(name, value);
  // Inline scripts run in place, but files only do so without these attributes.
  if (script.type !== 'module') for (const name of ['async', 'defer']) file.removeAttribute(name);
  file.async = script.type === 'module' && script.async;
  file.src = URL.createObjectURL(new Blob([script.text], { type: 'text/javascript' }));
  return file;
}

/** Does not change scripts in drawings, which do not run. */
export function inlineScriptsAsFiles(output: Document): void {
  for (const script of output.querySelectorAll<HTMLScriptElement>('script')) {
    if (script instanceof HTMLScriptElement && isInlineScript(script)) script.replaceWith(scriptFile(script));
  }
}
