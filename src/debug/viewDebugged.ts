import * as v from 'valibot';
import * as vscode from 'vscode';

/** What VS Code hands to a command in the menu of its Variables view, as far as it is read here. */
const variableSchema = v.object({
  sessionId: v.string(),
  variable: v.object({ name: v.string(), evaluateName: v.string() }),
});
export type DebuggedVariable = v.InferOutput<typeof variableSchema>;

/** A variable of Python code that has stopped; undefined for other arguments. */
export function debuggedVariable(argument: unknown): DebuggedVariable | undefined {
  const parsed = v.safeParse(variableSchema, argument);
  return parsed.success ? parsed.output : undefined;
}

/** Has the command that has stopped show the variable in the data grid. */
export async function viewDebugged({ sessionId, variable }: DebuggedVariable): Promise<void> {
  const { activeDebugSession: session, activeStackItem: item } = vscode.debug;
  if (session?.id !== sessionId || !item || !('frameId' in item)) return; // the code has gone on
  const expression = `__import__("extsession").view((${variable.evaluateName}), ${JSON.stringify(variable.name)})`;
  try {
    await session.customRequest('evaluate', { expression, frameId: item.frameId, context: 'repl' });
  } catch (error) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t("'{0}' cannot be shown as a table. {1}", variable.name, lastLine(error)),
    );
  }
}

/** The debugger tells the traceback of an error. */
function lastLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trimEnd().split('\n').at(-1) ?? '';
}
