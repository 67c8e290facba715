export interface ScopedFrame {
  readonly callFrameId: string;
  readonly scopeChain: readonly { readonly type: string; readonly object: { readonly objectId?: string } }[];
}

interface Assignment {
  readonly callFrameId: string;
  readonly scopeNumber: number;
  readonly variableName: string;
  readonly newValue: object;
}

/** Fails where a value cannot be changed. */
const ASSIGN = 'function (name, value) { "use strict"; this[name] = value; }';

/**
 * The arguments of `Runtime.callFunctionOn` that do for a variable of the session what `Debugger.setVariableValue` does
 * for others: V8 cannot, since they are properties of the global object. Undefined for other requests.
 */
export function globalAssignment(
  method: string,
  frames: readonly ScopedFrame[],
  params: object | undefined,
): object | undefined {
  if (method !== 'Debugger.setVariableValue') return undefined;
  const { callFrameId, scopeNumber = -1, variableName, newValue } = (params ?? {}) as Partial<Assignment>;
  const scope = frames.find((frame) => frame.callFrameId === callFrameId)?.scopeChain[scopeNumber];
  const { objectId } = scope?.object ?? {};
  if (scope?.type !== 'global' || objectId === undefined) return undefined;
  return { objectId, functionDeclaration: ASSIGN, arguments: [{ value: variableName }, newValue], silent: true };
}

/** What is wrong with an assignment that V8 has tried. */
export function failureOf(result: object | undefined): string | undefined {
  const { exceptionDetails } = (result ?? {}) as { exceptionDetails?: { exception?: { description?: string } } };
  return exceptionDetails && (exceptionDetails.exception?.description?.split('\n')[0] ?? 'It cannot be changed.');
}
