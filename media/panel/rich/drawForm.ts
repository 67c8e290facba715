import { PDF_TYPE, PLOTLY_TYPE } from '../../../src/protocol/panelForms.js';
import type { DrawnForm, FormToDraw } from './drawnForm.js';
import { imageForm } from './imageForm.js';
import { jsonTree } from './jsonTree.js';

/**
 * Draws a form. The code that sanitizes and renders markup is loaded when it is first needed.
 * @throws EmptyFormError, and any error of a renderer for invalid input.
 */
export async function drawForm(toDraw: FormToDraw): Promise<DrawnForm> {
  const { form, data } = toDraw;
  switch (form.mime) {
    case PLOTLY_TYPE:
      throw new Error('Only scripts can draw it.');
    case PDF_TYPE:
      throw new Error('Nothing draws it here.');
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
