import * as v from 'valibot';

const longestLink = 8000;

/** The only request of a page that runs the scripts of an output: opening a link that the user clicked. */
const scriptPageMessageSchema = v.object({
  type: v.literal('openLink'),
  href: v.pipe(v.string(), v.maxLength(longestLink), v.regex(/^(?:https?|mailto):/i)),
});
export type ScriptPageMessage = v.InferOutput<typeof scriptPageMessageSchema>;

/** @returns undefined if it is not a message, or requests anything else */
export function parseScriptPageMessage(data: unknown): ScriptPageMessage | undefined {
  const result = v.safeParse(scriptPageMessageSchema, data, { abortEarly: true });
  return result.success ? result.output : undefined;
}
