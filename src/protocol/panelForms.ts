import * as v from 'valibot';

/** A figure as data. A page that runs scripts draws it with the plotly.js whose path is in the same bundle. */
export const PLOTLY_TYPE = 'application/vnd.plotly.v1+json';
export const PLOTLY_SCRIPT_TYPE = 'application/vnd.extsession.plotlyjs';
/** The name of a figure, by which its session draws it again. */
export const FIGURE_TYPE = 'application/vnd.extsession.figure';
/** A document that can be saved, but that the panel does not draw. */
export const PDF_TYPE = 'application/pdf';

/**
 * The MIME types that are kept, richest first: the panel draws them, or scripts on a separate page do, or they can be
 * saved. The fallback for all of
 * them, text/plain, is separate.
 */
export const drawnTypes = [
  PLOTLY_TYPE,
  'text/html',
  'image/svg+xml',
  'text/latex',
  'text/markdown',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/json',
  PDF_TYPE,
] as const;
export const mimeSchema = v.picklist(drawnTypes);
export type DrawnType = (typeof drawnTypes)[number];

/** Of the name of a figure. */
export const LONGEST_FIGURE = 100;

const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A form of a value. Binary data is base64, structures are JSON text. */
const formSchema = v.object({
  mime: mimeSchema,
  /** The size of the data, in characters. */
  size: countSchema,
  /** In pixels, if the data contain it. */
  width: v.exactOptional(countSchema),
  height: v.exactOptional(countSchema),
  /** Absent if it is long: the webview requests it when it is about to be visible. */
  data: v.exactOptional(v.string()),
  /** Drawing it would take the panel too long. */
  tooBig: v.exactOptional(v.literal(true)),
  /** It has scripts, which a separate page can run. */
  scripts: v.exactOptional(v.literal(true)),
  /** The path of the plotly.js that draws the figure. */
  plotlyScript: v.exactOptional(v.string()),
  /** The name of the figure that the image shows. */
  figure: v.exactOptional(v.pipe(v.string(), v.maxLength(LONGEST_FIGURE))),
  /** The data are gone: they were too large for the saved transcript. */
  lost: v.exactOptional(v.literal(true)),
});
export type Form = v.InferOutput<typeof formSchema>;

/** The forms of a value or display in addition to its text. */
export const formsSchema = v.object({
  /** Richest first. Only empty if `undrawn` is not. */
  drawn: v.array(formSchema),
  /** The MIME types of the value that the panel cannot draw. */
  undrawn: v.array(v.string()),
});
export type Forms = v.InferOutput<typeof formsSchema>;

/** `run` shows a form with its scripts on a separate page. */
export const formActions = ['load', 'open', 'save', 'copy', 'run'] as const;
export type FormAction = (typeof formActions)[number];
