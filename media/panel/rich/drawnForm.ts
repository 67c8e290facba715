import type { Form } from '../../../src/protocol/panelForms.js';

/** A form as it stands in the panel. */
export interface DrawnForm {
  readonly node: HTMLElement;
  /** What a person wants to know about it, such as its size; may be empty. */
  readonly facts: string;
  /** Puts it on the clipboard in the way that other programs understand best. */
  readonly copy?: () => Promise<void>;
  /** Whether it was made smaller to fit, and how to change that. */
  readonly zoom?: { readonly toggle: () => boolean; readonly canZoom: () => boolean };
}

/** There is nothing to see in a form; the message says why, to the person. */
export class EmptyFormError extends Error {}

export interface FormToDraw {
  readonly form: Form;
  readonly data: string;
  /** What it is, in words. */
  readonly label: string;
}
