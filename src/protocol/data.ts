import * as v from 'valibot';

const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const spanSchema = v.tuple([countSchema, countSchema]);

/** What a grid shows: a variable or a part of one, or a value that the session keeps for it. */
export type DataPlace = { readonly name: string; readonly path: readonly number[] } | { readonly kept: number };

export const filterTests = [
  'equals',
  'differs',
  'contains',
  'less',
  'atMost',
  'more',
  'atLeast',
  'missing',
  'present',
] as const;

/** Which rows are shown. `value` is as a user writes it. The column -1 stands for any of them, with `contains`, and for
 * all, with `expression`, which is code that the session runs. */
const filterSchema = v.object({
  column: v.pipe(v.number(), v.safeInteger(), v.minValue(-1)),
  test: v.picklist([...filterTests, 'expression']),
  value: v.exactOptional(v.pipe(v.string(), v.maxLength(10_000))),
});
export type DataFilter = v.InferOutput<typeof filterSchema>;

const nameSchema = v.pipe(v.string(), v.maxLength(10_000));
/** What is to be written as code. `kind` is the type of the table. */
const codeSchema = v.object({
  kind: nameSchema,
  filters: v.pipe(v.array(v.object({ ...filterSchema.entries, name: nameSchema, kind: nameSchema })), v.maxLength(50)),
  sort: v.pipe(v.array(v.object({ name: nameSchema, descending: v.boolean() })), v.maxLength(50)),
});
export type CodeSteps = v.InferOutput<typeof codeSchema>;

const sortSchema = v.object({ column: countSchema, descending: v.boolean() });
export type DataSort = v.InferOutput<typeof sortSchema>;

/** Which part of the value is the table, and what is done to it before it is shown. */
const stepsSchema = {
  at: v.exactOptional(v.pipe(v.array(countSchema), v.maxLength(64))),
  choice: v.exactOptional(countSchema),
  filters: v.exactOptional(v.pipe(v.array(filterSchema), v.maxLength(50))),
  sort: v.exactOptional(v.pipe(v.array(sortSchema), v.maxLength(50))),
  /** Another number has it done again, with the data as they are now. */
  turn: v.exactOptional(countSchema),
};

/** Which column statistics are of; the rows that the filters leave. */
export interface StatisticsRequest {
  readonly column: number;
  readonly at?: readonly number[] | undefined;
  readonly choice?: number | undefined;
  readonly filters?: readonly DataFilter[];
  readonly sort?: readonly DataSort[];
  readonly turn?: number;
}

/** A cell, and what it, or the part of it that the positions lead to, consists of. */
export interface CellRequest extends StatisticsRequest {
  readonly row: number;
  readonly path?: readonly number[] | undefined;
  readonly start?: number | undefined;
}

/** Which rows are written as Parquet. */
export type ParquetRequest = Omit<StatisticsRequest, 'column'>;

/** Which rows and columns the page needs, each from the first up to, not including, the second. */
export interface WindowRequest {
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
  /** The positions in the first dimensions of an array of more than two. */
  readonly at?: readonly number[] | undefined;
  /** Which one of several tables. */
  readonly choice?: number | undefined;
  /** Long texts are not cut. */
  readonly full?: boolean | undefined;
  readonly filters?: readonly DataFilter[];
  readonly sort?: readonly DataSort[];
  readonly turn?: number;
}

/** The host's requests of a worker. */
export type DataRequest =
  | ({ readonly ask: 'window'; readonly of: DataPlace } & WindowRequest)
  | ({ readonly ask: 'cell'; readonly of: DataPlace } & CellRequest)
  | ({ readonly ask: 'statistics'; readonly of: DataPlace } & StatisticsRequest)
  /** Makes a file; its number and size are the answer. `piece` then takes what comes after `offset`, in base64. */
  | ({ readonly ask: 'parquet'; readonly of: DataPlace } & ParquetRequest)
  | { readonly ask: 'piece'; readonly of: DataPlace; readonly file: number; readonly offset: number }
  /** Reads a file of the session's machine as a table, and keeps it. */
  | { readonly ask: 'open'; readonly location: string }
  | { readonly ask: 'release'; readonly of: DataPlace }
  /** Draws a figure that was shown into a file, as with `parquet`; without a format, whether there is one. */
  | { readonly ask: 'figure'; readonly figure: string; readonly format?: FigureFormat };

/** What a figure that is still in the session can be drawn as. */
export const figureFormats = ['svg', 'pdf'] as const;
export type FigureFormat = (typeof figureFormats)[number];

const pictureSchema = v.pipe(v.string(), v.regex(/^image\/(png|jpeg|gif|webp);base64,/));

/**
 * A text, or a mark and a text: `m` for a missing value, `n` for a number and `v` for another value among values of
 * several types, `o` for what only its type or a summary is shown of, `c` for a text that was cut, and `i` for a small
 * picture, such as `image/png;base64,...`.
 */
const cellSchema = v.union([v.string(), v.tuple([v.picklist(['m', 'n', 'v', 'o', 'c', 'i']), v.string()])]);
export type Cell = v.InferOutput<typeof cellSchema>;

/** The name of a column, its type, and `n` if its values are numbers. */
const headSchema = v.tuple([v.string(), v.string(), v.picklist(['n', 't'])]);
export type Head = v.InferOutput<typeof headSchema>;

export const dataWindowSchema = v.object({
  type: v.string(),
  /** How many rows pass the filters, and how many there are. */
  rows: countSchema,
  total: countSchema,
  columns: countSchema,
  /** Of an array of more than two dimensions; otherwise empty. */
  shape: v.array(countSchema),
  /** The names of several tables, of which one is shown; otherwise empty. */
  choices: v.pipe(v.array(v.string()), v.maxLength(10_000)),
  /** The first row and the first column that are here. */
  start: spanSchema,
  /** The numbers of the rows in the table, if they are not those in the view; otherwise empty. */
  positions: v.array(countSchema),
  /** Column by column. */
  heads: v.array(headSchema),
  cells: v.array(v.array(cellSchema)),
  /** The labels of the rows, level by level; empty if rows have only numbers. */
  indexHeads: v.array(headSchema),
  index: v.array(v.array(cellSchema)),
});
export type DataWindow = v.InferOutput<typeof dataWindowSchema>;

export const statisticFacts = ['min', 'quarter', 'median', 'threeQuarters', 'max', 'mean', 'deviation'] as const;

/** What there is to tell of a column. */
export const statisticsSchema = v.object({
  /** The name of the column, its type, and how it is aligned. */
  head: headSchema,
  rows: countSchema,
  missing: countSchema,
  /** How many values differ from all others; with `isMore`, there are more. */
  distinct: v.exactOptional(countSchema),
  isMore: v.exactOptional(v.boolean()),
  /** Of numbers and times. */
  facts: v.pipe(v.array(v.tuple([v.picklist(statisticFacts), v.string()])), v.maxLength(statisticFacts.length)),
  /** How many values are in each of the spans of equal width from the smallest to the largest. */
  histogram: v.pipe(v.array(countSchema), v.maxLength(100)),
  /** The most frequent values, and how often they are there. */
  top: v.pipe(v.array(v.tuple([cellSchema, countSchema])), v.maxLength(50)),
});
export type ColumnStatistics = v.InferOutput<typeof statisticsSchema>;

const detailSchema = v.object({
  type: v.string(),
  cell: cellSchema,
  image: v.exactOptional(pictureSchema),
  /** How many parts it has, and a page of them. */
  total: countSchema,
  items: v.pipe(
    v.array(
      v.object({
        name: v.string(),
        type: v.string(),
        summary: v.exactOptional(v.string()),
        size: v.exactOptional(v.string()),
        parts: v.exactOptional(countSchema),
      }),
    ),
    v.maxLength(1000),
  ),
});
/** A cell as a whole. */
export type CellDetail = v.InferOutput<typeof detailSchema>;

/**
 * Why there is no answer: the value is not there any more, it is no table, `type` is no value of a filtered column, or
 * says what is wrong with an expression, why there is no Parquet or why the file cannot be read; `rows`: there are too
 * many to go through all of them; `large`: a drawing has too many bytes.
 */
const problemSchema = v.picklist(['gone', 'unsupported', 'value', 'expression', 'parquet', 'file', 'rows', 'large']);

/** The answer of a worker. */
export const dataAnswerSchema = v.object({
  window: v.exactOptional(dataWindowSchema),
  statistics: v.exactOptional(statisticsSchema),
  file: v.exactOptional(countSchema),
  cell: v.exactOptional(detailSchema),
  size: v.exactOptional(countSchema),
  kept: v.exactOptional(countSchema),
  piece: v.exactOptional(v.string()),
  problem: v.exactOptional(problemSchema),
  type: v.exactOptional(v.string()),
});
export type DataAnswer = v.InferOutput<typeof dataAnswerSchema>;

/** What `extsession.view` displays. */
export const DATA_TYPE = 'application/vnd.extsession.data+json';
export const keptDataSchema = v.object({ kept: countSchema, title: v.pipe(v.string(), v.maxLength(500)) });

export const dataMessageSchema = v.variant('type', [
  v.object({ type: v.literal('window'), number: countSchema, window: dataWindowSchema }),
  v.object({ type: v.literal('statistics'), number: countSchema, statistics: statisticsSchema }),
  v.object({ type: v.literal('cell'), number: countSchema, cell: detailSchema }),
  /** There is no answer. Without words, the request was cancelled. */
  v.object({ type: v.literal('failed'), number: countSchema, words: v.exactOptional(v.string()) }),
  /** What the request that is under way waits for. */
  v.object({ type: v.literal('waiting'), on: v.picklist(['command', 'session', 'nothing']) }),
  /** A command has run, which may have changed the data. */
  v.object({ type: v.literal('changed') }),
]);
export type DataMessage = v.InferOutput<typeof dataMessageSchema>;

/** What the page asks of its host, one request at a time. */
export const dataIntentSchema = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({
    type: v.literal('window'),
    number: countSchema,
    rows: spanSchema,
    columns: spanSchema,
    full: v.exactOptional(v.boolean()),
    ...stepsSchema,
  }),
  v.strictObject({
    type: v.literal('statistics'),
    number: countSchema,
    column: countSchema,
    ...stepsSchema,
  }),
  v.strictObject({
    type: v.literal('cell'),
    number: countSchema,
    row: countSchema,
    column: countSchema,
    path: v.exactOptional(v.pipe(v.array(countSchema), v.maxLength(100))),
    start: v.exactOptional(countSchema),
    ...stepsSchema,
  }),
  v.strictObject({ type: v.literal('cancel') }),
  v.strictObject({
    type: v.literal('save'),
    ...stepsSchema,
  }),
  v.strictObject({ type: v.literal('code'), steps: codeSchema }),
  v.strictObject({ type: v.literal('copy'), text: v.pipe(v.string(), v.maxLength(20_000_000)) }),
]);
export type DataIntent = v.InferOutput<typeof dataIntentSchema>;
