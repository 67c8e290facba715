import type { Variable } from '../../protocol/output.js';
import type { CommandContext } from '../commandContext.js';
import { lineChart } from './lineChart.js';
import { valueNode } from './variableCommands.js';

const PYPLOT = 'matplotlib.pyplot';

/** Draws a column or an array, as a command that the panel shows: in Python with Matplotlib. */
export async function plotVariable({ sessions, variables, panel }: CommandContext, argument: unknown): Promise<void> {
  const node = valueNode(argument);
  const { evaluator, id } = sessions.current;
  if (node?.code === undefined) return;
  const { code, variable } = node;
  const source = evaluator === 'python' ? inPython(code, variable, variables.variable('plt')) : lineChart(code);
  panel.show();
  await sessions.execute({ source, languageId: evaluator, session: id });
}

function inPython(code: string, { size = '' }: Variable, known: Variable | undefined): string {
  const isImported = known?.kind === 'module' && known.summary?.includes(PYPLOT) === true;
  const pyplot = known && !isImported ? '_plt' : 'plt';
  return [...(isImported ? [] : [`import ${PYPLOT} as ${pyplot}`]), ...drawing(code, { size, pyplot })].join('\n');
}

/** A line for one dimension, an image for two. */
function drawing(code: string, { size, pyplot }: { readonly size: string; readonly pyplot: string }): string[] {
  const draw = size.includes(' x ')
    ? [`${pyplot}.imshow(${code}, aspect='auto')`, `${pyplot}.colorbar()`]
    : [`${pyplot}.plot(${code})`];
  return [...draw, `${pyplot}.title(${JSON.stringify(code)})`, `${pyplot}.show()`];
}
