import type { FormFiles, FormOf } from './formFiles.js';
import type { ScriptPages } from './scripts/scriptPages.js';

/** What a user can do with a form outside of the page. */
export type FormActions = Readonly<Record<'open' | 'save' | 'run', (form: FormOf) => void>>;

export function formActions(files: FormFiles, scripts: ScriptPages): FormActions {
  return {
    open: (form) => void files.open(form),
    save: (form) => void files.save(form),
    run: (form) => void scripts.run(form),
  };
}
