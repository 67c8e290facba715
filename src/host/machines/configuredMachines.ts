import * as vscode from 'vscode';
import type { Logger } from '../../engine/logger.js';
import type { Interpreter } from '../interpreters/interpreter.js';
import { nodeVariables } from '../interpreters/node.js';
import { setting } from '../settings.js';
import { evaluatorOn, readMachines, type ConfiguredMachine, type Machine } from './machine.js';

/** The machines of the settings. What is not valid is logged. */
export function configuredMachines(log: Logger): readonly ConfiguredMachine[] {
  const { machines, problems } = readMachines(setting('machines'));
  for (const problem of problems) log.warn(`The setting 'extsession.machines' is not valid: ${problem}`);
  return vscode.workspace.isTrusted ? machines : [];
}

/** The interpreter there, with the variables that the settings have for a machine of that name. */
export function interpreterOn(machine: Machine, log: Logger): Interpreter {
  const { name, command, interpreter } = machine;
  const known = configuredMachines(log).find((each) => each.name === name);
  const path = interpreter ?? known?.interpreter;
  const usual = evaluatorOn(machine) === 'javascript' ? nodeVariables : {};
  return { ...(path === undefined ? {} : { path }), env: { ...usual, ...known?.env }, machine: { name, command } };
}
