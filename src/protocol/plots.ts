import * as v from 'valibot';
import { mimeSchema } from './panelForms.js';

const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A plot of the Plots view, without its data. */
const plotSchema = v.object({
  id: v.string(),
  /** The first line of the code that drew it. */
  title: v.string(),
  /** The number of that command; 0 if it has none. */
  command: countSchema,
  mime: mimeSchema,
  /** The size of the data, in characters. */
  size: countSchema,
  /** In pixels, if the data contain it. */
  width: v.exactOptional(countSchema),
  height: v.exactOptional(countSchema),
  /** Why the view does not draw it: it is large, it was too large to be saved, or a page with scripts draws it. */
  obstacle: v.exactOptional(v.picklist(['large', 'lost', 'scripts'])),
});
export type Plot = v.InferOutput<typeof plotSchema>;

export const plotsMessageSchema = v.variant('type', [
  /** All plots, newest first, and the one that is in front. */
  v.object({ type: v.literal('plots'), plots: v.array(plotSchema), current: v.exactOptional(v.string()) }),
  /** The data of a plot; absent if they are no longer kept. */
  v.object({ type: v.literal('data'), id: v.string(), data: v.exactOptional(v.string()) }),
  /** The plot is to be saved as PNG, which the page makes of it. */
  v.object({ type: v.literal('render'), id: v.string() }),
]);
export type PlotsMessage = v.InferOutput<typeof plotsMessageSchema>;

const MOST_OF_PNG = 100_000_000;
const ofPlot = { id: v.pipe(v.string(), v.maxLength(100)) };

/** What a user does in the page. */
export const plotsIntentSchema = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  /** The page needs the data of a plot. */
  v.strictObject({ type: v.literal('load'), ...ofPlot }),
  v.strictObject({ type: v.literal('select'), ...ofPlot }),
  v.strictObject({ type: v.literal('delete'), ...ofPlot }),
  /** Shows a plot that needs scripts on a page of its own. */
  v.strictObject({ type: v.literal('run'), ...ofPlot }),
  /** A plot as PNG, in base64; absent if it cannot be drawn. */
  v.strictObject({
    type: v.literal('rendered'),
    ...ofPlot,
    png: v.exactOptional(v.pipe(v.string(), v.maxLength(MOST_OF_PNG))),
  }),
]);
export type PlotsIntent = v.InferOutput<typeof plotsIntentSchema>;
