import type { FormFiles, FormOf } from './formFiles.js';
import type { ScriptPages } from './scripts/scriptPages.js';

/** What a user can do with a form outside of the page. */
export type FormActions = Readonly<Record<'open' | 'save' | 'run', (form: FormOf) => void>>;

/** `fail` tells the user why something cannot be done. */
export function formActions(files: FormFiles, scripts: ScriptPages, fail: (error: unknown) => void): FormActions {
  return {
    open: (form) => void files.open(form).catch(fail),
    save: (form) => void files.save(form).catch(fail),
    run: (form) => void scripts.run(form).catch(fail),
  };
}
