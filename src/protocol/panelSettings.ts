import * as v from 'valibot';

/** How the person wants the panel to look and behave. */
export const panelSettingsSchema = v.object({
  /** Whether long lines of output continue below instead of to the right. */
  wrap: v.boolean(),
  /** Of code and text, as in CSS; the editor's when absent. The size is in pixels. */
  fontFamily: v.exactOptional(v.string()),
  fontSize: v.exactOptional(v.pipe(v.number(), v.minValue(4), v.maxValue(100))),
  /** An output of more lines is shown by its first and its last ones. */
  lineLimit: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Which sources are folded: those that are long, all to their first line, or none. */
  foldSources: v.picklist(['long', 'all', 'none']),
  /** Whether the end stays in view as output comes. */
  autoScroll: v.boolean(),
});
export type PanelSettings = v.InferOutput<typeof panelSettingsSchema>;
