import type { Form } from '../../../src/protocol/panelForms.js';

/** A form as drawn in the panel. */
export interface DrawnForm {
  readonly node: HTMLElement;
  /** Facts such as the size; may be empty. */
  readonly facts: string;
  /** Rejects with EmptyFormError if what the page has laid out would take too long to paint. */
  readonly check?: () => Promise<void>;
  /** Copies the form in the way that other programs support best. */
  readonly copy?: () => Promise<void>;
  /** Whether it was scaled down to fit, and how to change that. */
  readonly zoom?: { readonly toggle: () => boolean; readonly canZoom: () => boolean };
}

/** A form has nothing to show; the message tells the user why. */
export class EmptyFormError extends Error {}

export interface FormToDraw {
  readonly form: Form;
  readonly data: string;
  /** A description in words. */
  readonly label: string;
}
