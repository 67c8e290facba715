import * as l10n from '@vscode/l10n';
import type { FormChange, TextChange } from '../../../src/protocol/panel.js';
import type { CommandStatus, Part } from '../../../src/protocol/panelEntries.js';
import { countText } from '../amounts.js';
import { element, textButton } from '../element.js';
import type { Searchable } from '../find/searchable.js';
import { PartView, type PartViewOptions } from './partView.js';

/** The parts of a command's output, in order, with a gap for those that are not shown. */
export class PartList {
  readonly #command: HTMLElement;
  readonly #options: PartViewOptions;
  readonly #views = new Map<number, PartView>();
  #gap: HTMLElement | undefined;

  /** The rows of the parts are children of the node of the command. */
  constructor(command: HTMLElement, options: PartViewOptions) {
    this.#command = command;
    this.#options = options;
  }

  get parts(): Part[] {
    return Array.from(this.#views.values(), ({ part }) => part);
  }

  get size(): number {
    return this.#views.size;
  }

  get lineCount(): number {
    let sum = 0;
    for (const { lineCount } of this.#views.values()) sum += lineCount;
    return sum;
  }

  /** Whether all output is a value of one line. */
  get isOneLineValue(): boolean {
    const [only] = this.#views.values();
    return this.#views.size === 1 && only?.part.type === 'value' && only.lineCount === 1;
  }

  /** The number of lines that are not kept, and whether lines are cut. */
  get missing(): { readonly lines: number; readonly isCut: boolean } {
    const views = [...this.#views.values()];
    return {
      lines: views.reduce((sum, { missing }) => sum + missing, 0),
      isCut: views.some(({ isCut }) => isCut),
    };
  }

  /** Adds a part before a node, by default at the end, or replaces the part with the same id. */
  add(part: Part, before: Node | null = null): void {
    const old = this.#views.get(part.id);
    const view = new PartView(part, this.#options);
    this.#views.set(part.id, view);
    if (old) old.node.replaceWith(view.node);
    else this.#command.insertBefore(view.node, before);
  }

  /** Removes all parts. Returns whether one of them had the focus. */
  clear(): boolean {
    const nodes = Array.from(this.#views.values(), ({ node }) => node);
    if (this.#gap) nodes.push(this.#gap);
    const hadFocus = nodes.some((node) => node.contains(document.activeElement));
    for (const node of nodes) node.remove();
    this.#views.clear();
    return hadFocus;
  }

  change(change: TextChange): void {
    this.#views.get(change.part)?.change(change);
  }

  receiveForm({ part, mime, data }: FormChange): void {
    this.#views.get(part)?.receiveForm(mime, data);
  }

  /** Removes the parts that are no longer kept, and shows a gap in their place. */
  drop({ after, count }: NonNullable<CommandStatus['dropped']>): void {
    for (const [id, view] of this.#views) {
      if (id < after - count || id >= after) continue;
      view.node.remove();
      this.#views.delete(id);
    }
    const label = l10n.t('{0} outputs not shown', countText(count));
    const link = textButton('tb', label, () => {
      this.#options.act('openOutput');
    });
    this.#gap?.remove();
    const body = element('div', { class: 'body gap' }, link);
    this.#gap = element('div', { class: 'row out' }, element('div', { class: 'tag' }), body);
    this.#views.get(after)?.node.before(this.#gap);
  }

  /** Notes how late late parts are. `stillOpen`: a process can still write to the last one. */
  note(stillOpen: boolean): void {
    const last = [...this.#views.values()].at(-1);
    for (const view of this.#views.values()) view.note(view === last && stillOpen);
  }

  *searchables(): Generator<Searchable> {
    for (const view of this.#views.values()) yield* view.searchables();
  }

  /** Applies changed settings. */
  restyle(): void {
    for (const view of this.#views.values()) view.restyle();
  }
}
