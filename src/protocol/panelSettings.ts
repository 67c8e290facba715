import * as v from 'valibot';

/** The settings of the panel. */
export const panelSettingsSchema = v.object({
  /** Whether long lines of output wrap. */
  wrap: v.boolean(),
  /** The font of code and text, as in CSS; the editor's if absent. The size is in pixels. */
  fontFamily: v.exactOptional(v.string()),
  fontSize: v.exactOptional(v.pipe(v.number(), v.minValue(4), v.maxValue(100))),
  /** An output with more lines is shortened in the middle. */
  lineLimit: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Which sources are collapsed: long ones, all to their first line, or none. */
  foldSources: v.picklist(['long', 'all', 'none']),
  /** Whether the panel scrolls to the end when output arrives. */
  autoScroll: v.boolean(),
  /** Images are in the Plots view, and only drawn here when asked for. */
  plotsElsewhere: v.exactOptional(v.literal(true)),
  /** The page shows a file: nothing runs. */
  readOnly: v.exactOptional(v.literal(true)),
});
export type PanelSettings = v.InferOutput<typeof panelSettingsSchema>;
