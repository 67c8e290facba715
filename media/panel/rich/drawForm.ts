import type { DrawnForm, FormToDraw } from './drawnForm.js';
import { imageForm } from './imageForm.js';
import { jsonTree } from './jsonTree.js';

/**
 * Draws one form. What sanitises and renders markup is loaded by the first that needs it.
 * @throws EmptyFormError and whatever a renderer throws at what it cannot read.
 */
export async function drawForm(toDraw: FormToDraw): Promise<DrawnForm> {
  const { form, data } = toDraw;
  switch (form.mime) {
    case 'text/html':
      return (await import('./htmlForm.js')).htmlForm(data);
    case 'text/markdown':
      return (await import('./markdownForm.js')).markdownForm(data);
    case 'text/latex':
      return (await import('./latexForm.js')).latexForm(data);
    case 'application/json':
      return { node: jsonTree(JSON.parse(data)), facts: '' };
    case 'image/svg+xml':
    case 'image/png':
    case 'image/jpeg':
    case 'image/gif':
    case 'image/webp':
      return imageForm(toDraw);
  }
}
