/** A kind of exceptions that the user can choose to stop at. */
export interface ExceptionFilter {
  readonly filter: keyof typeof modes;
  readonly label: string;
  readonly description: string;
  readonly conditionDescription: string;
  readonly default: boolean;
}

/** What the user is told of them. */
export interface ExceptionFilters {
  readonly filters: readonly ExceptionFilter[];
  /** For a condition that does not name classes. */
  readonly notClasses: (names: string) => string;
}

/** What VS Code asks for. */
export interface ExceptionFilterArguments {
  readonly filters?: readonly string[];
  readonly filterOptions?: readonly { readonly filterId: string; readonly condition?: string }[];
}

interface ExceptionOption {
  readonly path: readonly { readonly names: readonly string[] }[];
  readonly breakMode: string;
}

/** What pydevd calls the kinds. */
const modes = { raised: 'always', uncaught: 'unhandled', userUnhandled: 'userUnhandled' } as const;
const ALL = { names: ['Python Exceptions'] };
const CLASS = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

/**
 * What pydevd is asked for, and what VS Code shows of each filter. The condition of a filter names the classes of the
 * exceptions to stop at, separated by commas.
 */
export function exceptionsFor(
  { filters = [], filterOptions = [] }: ExceptionFilterArguments,
  notClasses: ExceptionFilters['notClasses'],
): {
  readonly wanted: { readonly filters: readonly string[]; readonly exceptionOptions?: readonly ExceptionOption[] };
  readonly breakpoints: readonly { readonly verified: boolean; readonly message?: string }[];
} {
  const chosen = [...filters.map((filterId) => ({ filterId, condition: '' })), ...filterOptions];
  const named = chosen.map(({ filterId, condition = '' }) => ({ filterId, names: namesIn(condition) }));
  return {
    wanted: named.some(({ names }) => names.length > 0)
      ? { filters: [], exceptionOptions: named.flatMap(optionFor) }
      : { filters: named.map(({ filterId }) => filterId) },
    breakpoints: named.map(({ names }) => {
      const others = names.filter((name) => !CLASS.test(name));
      return others.length > 0 ? { verified: false, message: notClasses(others.join(', ')) } : { verified: true };
    }),
  };
}

function namesIn(condition: string): string[] {
  return condition
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

function optionFor({ filterId, names }: { filterId: string; names: readonly string[] }): ExceptionOption[] {
  const breakMode = Object.entries(modes).find(([filter]) => filter === filterId)?.[1];
  const classes = names.filter((name) => CLASS.test(name));
  if (breakMode === undefined || (names.length > 0 && classes.length === 0)) return [];
  return [{ path: classes.length > 0 ? [ALL, { names: classes.flatMap(qualified) }] : [ALL], breakMode }];
}

/** A class of the session is known by its module. */
function qualified(name: string): string[] {
  return name.includes('.') ? [name] : [name, `__main__.${name}`];
}
