import type { Evaluator } from '../engine/evaluator.js';
import { createJavaScriptEvaluator } from './javascript/javascriptEvaluator.js';
import { createPythonEvaluator } from './python/pythonEvaluator.js';

/** The evaluators of the product. `folder` is this folder, or the build's copy with the workers in it. */
export function builtInEvaluators(folder: string): readonly Evaluator[] {
  return [createPythonEvaluator(`${folder}/python`), createJavaScriptEvaluator(`${folder}/javascript`)];
}
