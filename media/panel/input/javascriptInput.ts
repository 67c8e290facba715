import { parser } from '@lezer/javascript';

const typed = parser.configure({ dialect: 'ts' });

/**
 * Whether Enter should run this rather than begin another line: more is needed where the grammar's first complaint is
 * that the text has ended. A mistake is complete: running it says what is wrong.
 */
export function isCompleteJavaScript(source: string): boolean {
  const cursor = typed.parse(source).cursor();
  do {
    // A string ends with its line, whatever is added below.
    if (cursor.type.isError) return cursor.from < source.length || cursor.node.parent?.name === 'String';
  } while (cursor.next());
  return true;
}
