import { fenced } from '../text/fenced.js';

/** In characters, of each part of a report: what a tracker of issues takes is about three times as much. */
const LONGEST = 16_000;

export interface IssueReport {
  readonly source: string;
  readonly languageId: string;
  /** Without escape sequences. */
  readonly output: string;
  readonly errors: readonly string[];
  /** Names and versions, in the order in which to show them. */
  readonly versions: Iterable<readonly [name: string, version: string]>;
}

/** What others need to find out why a command fails, as Markdown. */
export function issueReport({ source, languageId, output, errors, versions }: IssueReport): string {
  const parts = [section('Code', source, languageId), section('Output', output, 'text')];
  for (const error of errors) parts.push(section('Error', error, 'text'));
  const lines = Array.from(versions, ([name, version]) => `- ${name} ${version}`);
  parts.push(`### Versions\n\n${lines.join('\n')}\n`);
  return parts.filter((part) => part !== '').join('\n');
}

function section(title: string, text: string, language: string): string {
  const shown = shortened(text.trimEnd());
  return shown === '' ? '' : `### ${title}\n\n${fenced(shown, language)}\n`;
}

/** The beginning and the end of a long text. */
function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const half = LONGEST / 2;
  return `${text.slice(0, half)}\n[...]\n${text.slice(-half)}`;
}
