import path from 'node:path';
import type { Evaluator } from '../engine/evaluator.js';
import { createJavaScriptEvaluator } from './javascript/javascriptEvaluator.js';
import { createPythonEvaluator } from './python/pythonEvaluator.js';

/**
 * The evaluators of the product. `folder` is this folder, or that of the build, with the workers in it; `typescript`,
 * the file of a compiler, is for projects that have none.
 */
export function builtInEvaluators(folder: string, typescript?: string): readonly Evaluator[] {
  return [
    createPythonEvaluator(path.join(folder, 'python')),
    createJavaScriptEvaluator(path.join(folder, 'javascript'), typescript),
  ];
}
