import type { CommandContext } from '../commandContext.js';
import { valueNode } from './variableCommands.js';

const PYPLOT = 'matplotlib.pyplot';

/** Draws a column or an array with Matplotlib, as a command that the panel shows. */
export async function plotVariable({ sessions, variables, panel }: CommandContext, argument: unknown): Promise<void> {
  const node = valueNode(argument);
  const { evaluator, id } = sessions.current;
  if (node?.code === undefined || evaluator !== 'python') return;
  const known = variables.variable('plt');
  const isImported = known?.kind === 'module' && known.summary?.includes(PYPLOT) === true;
  const pyplot = known && !isImported ? '_plt' : 'plt';
  const draw = drawing(node.code, { size: node.variable.size ?? '', pyplot });
  panel.show();
  const source = [...(isImported ? [] : [`import ${PYPLOT} as ${pyplot}`]), ...draw].join('\n');
  await sessions.execute({ source, languageId: evaluator, session: id });
}

/** A line for one dimension, an image for two. */
function drawing(code: string, { size, pyplot }: { readonly size: string; readonly pyplot: string }): string[] {
  const draw = size.includes(' x ')
    ? [`${pyplot}.imshow(${code}, aspect='auto')`, `${pyplot}.colorbar()`]
    : [`${pyplot}.plot(${code})`];
  return [...draw, `${pyplot}.title(${JSON.stringify(code)})`, `${pyplot}.show()`];
}
