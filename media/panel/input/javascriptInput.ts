import { parser } from '@lezer/javascript';

const typed = parser.configure({ dialect: 'ts' });

/**
 * Whether Enter runs a text instead of starting another line: more is needed if the grammar's first error is that the
 * text has ended. A text with any other error is complete, and running it shows the error.
 */
export function isCompleteJavaScript(source: string): boolean {
  const cursor = typed.parse(source).cursor();
  do {
    // A string ends with its line, whatever follows.
    if (cursor.type.isError) return cursor.from < source.length || cursor.node.parent?.name === 'String';
  } while (cursor.next());
  return true;
}
