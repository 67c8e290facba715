import type { CommandContext } from '../commandContext.js';
import { valueNode } from './variableCommands.js';

const PYPLOT = 'matplotlib.pyplot';

/** Draws a column or an array with Matplotlib, as a command that the panel shows. */
export async function plotVariable({ sessions, variables, panel }: CommandContext, argument: unknown): Promise<void> {
  const node = valueNode(argument);
  const { evaluator, id } = sessions.current;
  if (node?.code === undefined || evaluator !== 'python') return;
  const known = variables.variable('plt');
  const isFree = known === undefined || (known.kind === 'module' && known.summary?.includes(PYPLOT) === true);
  panel.show();
  const source = plotSource(node.code, { size: node.variable.size ?? '', pyplot: isFree ? 'plt' : '_plt' });
  await sessions.execute({ source, languageId: evaluator, session: id });
}

/** A line for one dimension, an image for two. */
export function plotSource(code: string, { size, pyplot }: { readonly size: string; readonly pyplot: string }): string {
  const draw = size.includes(' x ')
    ? [`${pyplot}.imshow(${code}, aspect='auto')`, `${pyplot}.colorbar()`]
    : [`${pyplot}.plot(${code})`];
  return [
    `import ${PYPLOT} as ${pyplot}`,
    ...draw,
    `${pyplot}.title(${JSON.stringify(code)})`,
    `${pyplot}.show()`,
  ].join('\n');
}
