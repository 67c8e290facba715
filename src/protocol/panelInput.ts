import * as v from 'valibot';

/* The data of the input line. */

/** The maximum number of characters of an input; a longer one is not sent. */
const LONGEST_INPUT = 1_000_000;
export const sourceSchema = v.pipe(v.string(), v.maxLength(LONGEST_INPUT));

/** The evaluator of the language in which it was typed, such as 'python'. */
export const evaluatorSchema = v.pipe(v.string(), v.maxLength(100));

/** An entry of the history. */
export const historyEntrySchema = v.object({ source: v.string(), evaluator: v.string() });
export type HistoryEntry = v.InferOutput<typeof historyEntrySchema>;

const offsetSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** The possible replacements of the text from `start` to `end`, in UTF-16 code units. */
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
