import * as v from 'valibot';

/** MIME types that the panel draws, the richest first. What they all fall back to, text/plain, is a text of its own. */
export const drawnTypes = [
  'text/html',
  'image/svg+xml',
  'text/latex',
  'text/markdown',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/json',
] as const;
export const mimeSchema = v.picklist(drawnTypes);
export type DrawnType = (typeof drawnTypes)[number];

const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** One of the forms in which a value was sent. Binary data is base64, structures are JSON text. */
export const formSchema = v.object({
  mime: mimeSchema,
  /** Of the data, in characters. */
  size: countSchema,
  /** In pixels, where the data say so. */
  width: v.exactOptional(countSchema),
  height: v.exactOptional(countSchema),
  /** Absent when it is long: the webview asks for it when somebody is about to see it. */
  data: v.exactOptional(v.string()),
  /** Drawing it would take the panel too long. */
  tooBig: v.exactOptional(v.literal(true)),
  /** Scripts belong to it, which a page of its own can run. */
  scripts: v.exactOptional(v.literal(true)),
  /** The data are gone: they were too large for the transcript that outlives the window. */
  lost: v.exactOptional(v.literal(true)),
});
export type Form = v.InferOutput<typeof formSchema>;

/** What a value or display is, beside its text. */
export const formsSchema = v.object({
  /** Never empty unless `undrawn` is not; the richest first. */
  drawn: v.array(formSchema),
  /** MIME types that were offered too and that the panel cannot draw. */
  undrawn: v.array(v.string()),
});
export type Forms = v.InferOutput<typeof formsSchema>;

/** `run` shows a form with its scripts, in a page of its own. */
export const formActions = ['load', 'open', 'save', 'copy', 'run'] as const;
export type FormAction = (typeof formActions)[number];
