import * as v from 'valibot';

const longestLink = 8000;

/** What the page that runs the scripts of an output may ask for: a link that the user clicked is opened. */
const scriptPageMessageSchema = v.object({
  type: v.literal('openLink'),
  href: v.pipe(v.string(), v.maxLength(longestLink), v.regex(/^(?:https?|mailto):/i)),
});
export type ScriptPageMessage = v.InferOutput<typeof scriptPageMessageSchema>;

/** @returns nothing when it is no message, or one that asks for something else */
export function parseScriptPageMessage(data: unknown): ScriptPageMessage | undefined {
  const result = v.safeParse(scriptPageMessageSchema, data, { abortEarly: true });
  return result.success ? result.output : undefined;
}
