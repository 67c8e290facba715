import * as l10n from '@vscode/l10n';
import type { ColumnStatistics } from '../../../../src/protocol/data.js';

/** A smaller share would look like none. */
const LEAST = 0.001;

type Fact = ColumnStatistics['facts'][number][0];

function factName(fact: Fact): string {
  const names: Readonly<Record<Fact, string>> = {
    min: l10n.t('Minimum'),
    quarter: l10n.t('25 %'),
    median: l10n.t('Median'),
    threeQuarters: l10n.t('75 %'),
    max: l10n.t('Maximum'),
    mean: l10n.t('Mean'),
    deviation: l10n.t('Standard deviation'),
  };
  return names[fact];
}

/** Each fact by its name. */
export function factTexts({
  rows,
  missing,
  distinct,
  isMore,
  facts,
}: ColumnStatistics): [name: string, text: string][] {
  const known = facts.map(([fact, text]): [string, string] => [factName(fact), text]);
  const different = distinct === undefined ? '' : count(distinct);
  return [
    [l10n.t('Rows'), count(rows)],
    [l10n.t('Missing'), shareText(missing, rows)],
    ...(different
      ? [[l10n.t('Distinct'), isMore ? l10n.t('more than {0}', different) : different] as [string, string]]
      : []),
    ...known,
  ];
}

/** A number of rows, and their share of all. */
export function shareText(number: number, all: number): string {
  if (number === 0 || all === 0) return count(number);
  const percent = (share: number): string =>
    share.toLocaleString(language(), { style: 'percent', maximumFractionDigits: 1 });
  const share = number / all;
  return `${count(number)} (${share < LEAST ? `< ${percent(LEAST)}` : percent(share)})`;
}

export function histogramText({ histogram, facts }: ColumnStatistics): string {
  const of = (wanted: Fact): string => facts.find(([fact]) => fact === wanted)?.[1] ?? '';
  const most = Math.max(...histogram);
  const place = histogram.indexOf(most) + 1;
  return l10n.t(
    'Histogram from {0} to {1}. The largest bin, {3} of {4}, has {2} values.',
    of('min'),
    of('max'),
    count(most),
    place,
    histogram.length,
  );
}

function count(number: number): string {
  return number.toLocaleString(language());
}

function language(): string {
  return document.documentElement.lang || 'en';
}
