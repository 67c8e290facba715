import type { Output } from '../../protocol/output.js';

/** The text of an output in the document of all output. */
export function outputText(output: Output): string {
  switch (output.type) {
    case 'stream':
      return output.text;
    case 'error':
      return `${output.traceback.trimEnd()}\n`;
    case 'display_data':
    case 'execute_result': {
      const text = output.data['text/plain'];
      return typeof text === 'string' ? `${text}\n` : '';
    }
  }
}
