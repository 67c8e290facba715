import type { Evaluator } from '../engine/evaluator.js';
import { createJavaScriptEvaluator } from './javascript/javascriptEvaluator.js';
import { createPythonEvaluator } from './python/pythonEvaluator.js';

/**
 * The evaluators of the product. `folder` is this folder, or the build's copy with the workers in it; `typescript`, the
 * file of a compiler, is for projects that have none.
 */
export function builtInEvaluators(folder: string, typescript?: string): readonly Evaluator[] {
  return [createPythonEvaluator(`${folder}/python`), createJavaScriptEvaluator(`${folder}/javascript`, typescript)];
}
