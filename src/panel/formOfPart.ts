import type { CommandEntry } from '../protocol/panelEntries.js';
import { PDF_TYPE, type DrawnType } from '../protocol/panelForms.js';
import { sessionOf } from '../protocol/panelEntries.js';
import type { FormOf } from './formFiles.js';
import { formsOf } from './model/entryParts.js';
import type { TranscriptReader } from './model/transcriptReader.js';
import { isImage } from './model/valueForms.js';

export interface PartForm {
  readonly entry: CommandEntry;
  readonly part: number;
  readonly mime: DrawnType;
}

/** A form of an output, and what else it can be saved as. */
export function formOfPart(
  model: Pick<TranscriptReader, 'form'>,
  { entry, part, mime }: PartForm,
  data: string,
): FormOf {
  const forms = formsOf(entry, part);
  const figure = forms.find((form) => form.figure !== undefined)?.figure;
  return {
    command: entry.number,
    mime,
    data,
    plotlyScript: forms.find((form) => form.mime === mime)?.plotlyScript,
    others: forms
      .filter((form) => form.mime !== mime && canBeSaved(form.mime))
      .map((form) => ({ mime: form.mime, data: () => model.form(entry.key, part, form.mime) })),
    ...(figure === undefined ? {} : { figure: { session: sessionOf(entry), figure } }),
  };
}

function canBeSaved(mime: DrawnType): boolean {
  return isImage(mime) || mime === 'image/svg+xml' || mime === PDF_TYPE;
}
