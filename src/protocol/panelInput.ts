import * as v from 'valibot';

/* What the input line sends and gets. */

/** Characters of one input; a paste beyond it is not sent. */
export const LONGEST_INPUT = 1_000_000;
export const sourceSchema = v.pipe(v.string(), v.maxLength(LONGEST_INPUT));

/** Whose language it was typed in, such as 'python'. */
export const evaluatorSchema = v.pipe(v.string(), v.maxLength(100));

/** What was typed before. */
export const historyEntrySchema = v.object({ source: v.string(), evaluator: v.string() });
export type HistoryEntry = v.InferOutput<typeof historyEntrySchema>;

const offsetSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** What may stand in place of the text from `start` to `end`, in UTF-16 code units. */
export const completionsSchema = v.object({
  start: offsetSchema,
  end: offsetSchema,
  items: v.array(
    v.object({
      text: v.string(),
      kind: v.picklist(['class', 'function', 'keyword', 'module', 'property', 'variable']),
      type: v.exactOptional(v.string()),
    }),
  ),
  isIncomplete: v.exactOptional(v.boolean()),
});
