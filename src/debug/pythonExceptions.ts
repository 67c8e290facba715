import * as vscode from 'vscode';
import type { ExceptionFilters } from './exceptionFilters.js';

/** The exceptions of Python code that the Breakpoints view offers to stop at. */
export function pythonExceptions(): ExceptionFilters {
  const conditionDescription = vscode.l10n.t(
    'Names of the exception classes to stop at, separated by commas, for example: ValueError, KeyError',
  );
  return {
    filters: [
      {
        filter: 'raised',
        label: vscode.l10n.t('Raised Exceptions'),
        description: vscode.l10n.t('Stops where an exception is raised, also if the code catches it.'),
        conditionDescription,
        default: false,
      },
      {
        filter: 'uncaught',
        label: vscode.l10n.t('Uncaught Exceptions'),
        description: vscode.l10n.t('Stops at exceptions that would end the command or a thread.'),
        conditionDescription,
        default: true,
      },
      {
        filter: 'userUnhandled',
        label: vscode.l10n.t('User Uncaught Exceptions'),
        description: vscode.l10n.t(
          'Stops at exceptions that your code does not catch, even if a library that calls it does.',
        ),
        conditionDescription,
        default: false,
      },
    ],
    notClasses: (names) =>
      vscode.l10n.t(
        'Enter the names of exception classes, separated by commas. These are not names of classes: {0}',
        names,
      ),
  };
}
