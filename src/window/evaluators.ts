import * as vscode from 'vscode';
import type { Logger } from '../engine/logger.js';
import { findInterpreter, pythonAt } from '../host/interpreters/interpreter.js';
import { findNode, nodeAt } from '../host/interpreters/node.js';
import { reloadedModules } from '../host/interpreters/reloadedModules.js';
import { interpreterOn } from '../host/machines/configuredMachines.js';
import { findStartup } from '../host/interpreters/startup.js';
import type { WindowSessions } from '../host/sessions/windowSessions.js';

/** How the window finds an interpreter for each evaluator, and what the interpreter starts with. */
export function windowEvaluators(log: Logger): ConstructorParameters<typeof WindowSessions>[1] {
  return [
    {
      evaluator: 'python',
      languageName: 'Python',
      languageIds: ['python'],
      findInterpreter: (uri) => findInterpreter(parsed(uri), log),
      interpreterAt: (path, uri) => pythonAt(path, parsed(uri), log),
      interpreterOn: (machine) => interpreterOn(machine, log),
      findStartup: (uri) => findStartup('python', parsed(uri), log),
      reloadedModules: () => reloadedModules('python'),
    },
    {
      evaluator: 'javascript',
      languageName: 'JavaScript',
      languageIds: ['javascript', 'typescript', 'javascriptreact', 'typescriptreact'],
      findInterpreter: (uri) => Promise.resolve(findNode(parsed(uri))),
      interpreterAt: (path) => Promise.resolve(nodeAt(path)),
      interpreterOn: (machine) => interpreterOn(machine, log),
      findStartup: (uri) => findStartup('javascript', parsed(uri), log),
      reloadedModules: () => reloadedModules('javascript'),
    },
  ];
}

function parsed(uri: string | undefined): vscode.Uri | undefined {
  return uri === undefined ? undefined : vscode.Uri.parse(uri, true);
}
