import type { IForbiddenRuleType } from 'dependency-cruiser';

/** What is started, or loaded, from outside. */
const ENTRIES =
  '^(src/(extension|library|blockingThread|conformance/main|evaluators/javascript/((receiver|supervisor)/main|worker/(main|inProcess|output/thread|compile/parser|compile/typescript|debugging/relay|modules/typedHooks|reload/reloadHooks)))|media/panel/(main|plots/plots|data/data)|media/scriptPage/(page|frameStart))\\.ts$';

/**
 * Who may import whom; the reasons stand in CONTRIBUTING. Each rule is tried twice: on the project, which must keep it,
 * and on a small project in test/fixtures/rooms, which breaks every one.
 */
export const rules: readonly (IForbiddenRuleType & { readonly name: string })[] = [
  {
    name: 'the engine imports no other room but the protocol',
    from: { path: '^src/engine/' },
    to: { path: '^(src|media|test)/', pathNot: '^src/(engine|protocol)/' },
  },
  {
    name: 'the library knows nothing of VS Code',
    from: { path: '^src/(engine|evaluators|protocol|library\\.ts)' },
    to: { path: '^vscode$|@types/vscode/' },
  },
  {
    name: 'evaluators import the engine and the protocol only',
    from: { path: '^src/evaluators/' },
    to: { path: '^(src|media|test)/', pathNot: '^src/(evaluators|engine|protocol)/' },
  },
  {
    name: 'evaluators do not import one another',
    from: { path: '^src/evaluators/([^/]+)/' },
    to: { path: '^src/evaluators/[^/]+/', pathNot: '^src/evaluators/$1/' },
  },
  {
    name: 'the protocol is a leaf',
    from: { path: '^src/protocol/' },
    to: { path: '^(src|media|test)/', pathNot: '^src/protocol/' },
  },
  {
    name: "the panel's app imports the protocol only",
    from: { path: '^media/' },
    to: { path: '^(src|test)/', pathNot: '^src/protocol/' },
  },
  {
    name: 'panel, editor, host, variables, data and export never import commands',
    from: { path: '^src/(panel|editor|host|variables|data|export)/' },
    to: { path: '^src/commands/' },
  },
  {
    name: 'the host knows nothing of the editor and the panel',
    from: { path: '^src/host/' },
    to: { path: '^src/(editor|panel)/' },
  },
  {
    name: 'only what composes and commands know the variables view',
    from: { path: '^(src|media)/', pathNot: '^src/(extension\\.ts|window/|commands/|variables/)' },
    to: { path: '^src/variables/' },
  },
  {
    name: 'only what composes and commands know the data grid',
    from: { path: '^(src|media)/', pathNot: '^src/(extension\\.ts|window/|commands/|data/)' },
    to: { path: '^src/data/' },
  },
  {
    name: 'only what composes and commands know the exports',
    from: { path: '^(src|media)/', pathNot: '^src/(extension\\.ts|window/|commands/|export/)' },
    to: { path: '^src/export/' },
  },
  {
    name: 'only what composes and commands know debugging',
    from: { path: '^(src|media)/', pathNot: '^src/(extension\\.ts|window/|commands/|debug/)' },
    to: { path: '^src/debug/' },
  },
  {
    name: 'only what composes and commands know the profiles',
    from: { path: '^(src|media)/', pathNot: '^src/(extension\\.ts|window/|commands/|profiling/)' },
    to: { path: '^src/profiling/' },
  },
  {
    name: 'only what composes and commands know the saved sessions',
    from: { path: '^(src|media)/', pathNot: '^src/(extension\\.ts|window/|commands/|savedSessions/)' },
    to: { path: '^src/savedSessions/' },
  },
  {
    name: 'only the extension knows what the window is composed of',
    from: { path: '^(src|media)/', pathNot: '^src/(extension\\.ts|window/)' },
    to: { path: '^src/window/' },
  },
  {
    name: 'text imports no other room',
    from: { path: '^src/text/' },
    to: { path: '^(src|media|test)/', pathNot: '^src/text/' },
  },
  {
    name: 'only the faces compose',
    from: { path: '^(src|media)/', pathNot: '^src/(extension|library|blockingThread)\\.ts$' },
    to: { path: '^src/(extension|library|blockingThread)\\.ts$' },
  },
  {
    name: 'no cycles',
    from: { path: '^(src|media)/' },
    to: { circular: true },
  },
  {
    name: 'what runs imports no tests',
    from: { path: '^(src|media)/' },
    to: { path: '^test/' },
  },
  {
    name: 'nothing lies about unused',
    from: { path: ENTRIES },
    to: { path: '^(src|media)/', pathNot: ENTRIES, reachable: false },
  },
];
