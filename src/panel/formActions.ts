import type { FormFiles, FormOf } from './formFiles.js';
import type { ScriptPages } from './scripts/scriptPages.js';

/** What a user can do with a form outside of the page. */
export interface FormActions extends Readonly<Record<'open' | 'run', (form: FormOf) => void>> {
  /** @param asPng makes a PNG of an image in another format */
  save(form: FormOf, asPng?: () => Promise<string | undefined>): void;
}

/** `fail` tells the user why something cannot be done. */
export function formActions(files: FormFiles, scripts: ScriptPages, fail: (error: unknown) => void): FormActions {
  return {
    open: (form) => void files.open(form).catch(fail),
    save: (form, asPng) => void files.save(form, asPng).catch(fail),
    run: (form) => void scripts.run(form).catch(fail),
  };
}
