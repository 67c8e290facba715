import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { registerEvaluator } from './engine/evaluator.js';
import { builtInEvaluators } from './evaluators/builtIn.js';

/** Next to this file in the source tree, and in the build, next to the library's folder. */
const evaluatorFolders = ['./evaluators', '..'].map((folder) => new URL(folder, import.meta.url));
const evaluatorFolder = evaluatorFolders.find((folder) => existsSync(folder));
if (evaluatorFolder) builtInEvaluators(fileURLToPath(evaluatorFolder)).forEach(registerEvaluator);

export * from './engine/errors.js';
export { type BlockingOptions, extevalSync, extexecSync } from './engine/blocking.js';
export type { ExitStatus } from './engine/link/childProcess.js';
export type { Code, CompletionCode } from './engine/worker/outcomeCodes.js';
export type { Disposable } from './engine/disposable.js';
export type {
  Evaluator,
  LaunchCommand,
  LaunchOptions,
  PortablePrograms,
  Receiver,
  Scope,
  Script,
} from './engine/evaluator.js';
export { registerEvaluator } from './engine/evaluator.js';
export { ExtEval } from './engine/extEval.js';
export { ExtResults, type ResultsState, type WaitOptions } from './engine/extResults.js';
export { ExtSession } from './engine/extSession.js';
export { type Execution, type FreshProcessOptions, exteval, extexec } from './engine/freshProcess.js';
export type { OutputLine } from './engine/output/lineReader.js';
export { OutputBudget } from './engine/output/outputBudget.js';
export type { Logger } from './engine/logger.js';
export type {
  AttachOptions,
  ExecuteOptions,
  ExtSessionOptions,
  RestartOptions,
  SessionState,
  StartupCommand,
} from './engine/sessionOptions.js';
export type { ExecutionPaths } from './engine/executionFiles.js';
export { Session } from './engine/inProcessSession.js';
export type { SessionReference } from './engine/supervised/sessionReference.js';
export { sleep } from './engine/sleep.js';
export type { InputRequest, OnInput } from './engine/worker/standardInput.js';
export type { NumericArray, RemoteValue, TypedArray, Value } from './engine/values.js';
export type { DebuggerPlace } from './protocol/worker.js';
export type {
  Completion,
  Completions,
  ErrorInfo,
  ExceptionInfo,
  EvaluatorInfo,
  Frame,
  MimeBundle,
  Pause,
  Outcome,
  Usage,
  Output,
  StreamName,
  Variable,
  VariableParts,
  VariablePath,
} from './protocol/output.js';
