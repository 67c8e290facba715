import * as v from 'valibot';
import type { Question } from '../../src/protocol/panelEntries.js';
import type { Channel } from './hostChannel.js';
import type { SourceExtent } from './command/sourceView.js';

const schema = v.object({
  extents: v.array(v.tuple([v.number(), v.picklist(['line', 'first', 'usual', 'whole'])])),
  expanded: v.array(v.string()),
  hiddenOutputs: v.exactOptional(v.array(v.number())),
  /** The forms of values that the user chose. */
  forms: v.array(v.tuple([v.string(), v.string()])),
  /** The text typed for questions that are still open. */
  drafts: v.exactOptional(v.array(v.tuple([v.string(), v.string()]))),
  /** The entry at the top of the view and how far it is scrolled out; absent at the end of the log. */
  top: v.exactOptional(v.object({ key: v.number(), offset: v.number() })),
  /** The window that `top` is from. */
  window: v.exactOptional(v.number()),
});
type Saved = v.InferOutput<typeof schema>;

const QUIET_MS = 100;

/**
 * What the user collapsed, expanded and scrolled to. Kept while the page is hidden, which discards it, and, except for
 * the scroll position, when the window is reloaded.
 */
export class ViewState {
  readonly #channel: Channel;

  readonly #extents = new Map<number, SourceExtent>();
  readonly #expanded = new Set<string>();
  readonly #hiddenOutputs = new Set<number>();
  readonly #forms = new Map<string, string>();
  readonly #drafts = new Map<string, string>();
  /** Only kept in the page, because VS Code may write the page's state to disk. */
  readonly #passwords = new Map<string, string>();
  #top: Saved['top'];
  #window: Saved['window'];
  #timer: number | undefined;

  constructor(channel: Channel) {
    this.#channel = channel;
    const result = v.safeParse(schema, channel.state);
    if (!result.success) return;
    const { extents, expanded, forms, top } = result.output;
    for (const [key, extent] of extents) this.#extents.set(key, extent);
    for (const id of expanded) this.#expanded.add(id);
    for (const key of result.output.hiddenOutputs ?? []) this.#hiddenOutputs.add(key);
    for (const [id, mime] of forms) this.#forms.set(id, mime);
    for (const [id, text] of result.output.drafts ?? []) this.#drafts.set(id, text);
    this.#top = top;
    this.#window = result.output.window;
  }

  /** A new window begins at the end, wherever the user was reading in the last one. */
  enter(window: number): void {
    if (this.#window === window) return;
    this.#window = window;
    this.top = undefined;
  }

  /** Entries with lower keys are gone for good, so their state is removed. */
  forgetBefore(oldest: number): void {
    for (const kept of [this.#extents, this.#hiddenOutputs]) forget(kept, (key) => key < oldest);
    for (const kept of [this.#expanded, this.#forms, this.#drafts, this.#passwords])
      forget(kept, (id) => Number.parseInt(id, 10) < oldest);
    if (this.#top && this.#top.key < oldest) this.top = undefined;
  }

  get top(): Saved['top'] {
    return this.#top;
  }

  set top(top: Saved['top']) {
    this.#top = top;
    this.#save();
  }

  /** `usual` is that of an entry that the user has not changed. */
  extent(key: number, usual: SourceExtent = 'usual'): SourceExtent {
    return this.#extents.get(key) ?? usual;
  }

  setExtent(key: number, extent: SourceExtent, usual: SourceExtent = 'usual'): void {
    if (extent === usual) this.#extents.delete(key);
    else this.#extents.set(key, extent);
    this.#save();
  }

  outputsHidden(key: number): boolean {
    return this.#hiddenOutputs.has(key);
  }

  hideOutputs(key: number, hidden: boolean): void {
    if (hidden) this.#hiddenOutputs.add(key);
    else this.#hiddenOutputs.delete(key);
    this.#save();
  }

  isExpanded(id: string): boolean {
    return this.#expanded.has(id);
  }

  setExpanded(id: string, expanded: boolean): void {
    if (expanded) this.#expanded.add(id);
    else this.#expanded.delete(id);
    this.#save();
  }

  form(key: number, part: number): string | undefined {
    return this.#forms.get(idOf(key, part));
  }

  setForm(key: number, part: number, mime: string): void {
    this.#forms.set(idOf(key, part), mime);
    this.#save();
  }

  draft(key: number, { id, password }: Question): string {
    return (password ? this.#passwords : this.#drafts).get(idOf(key, id)) ?? '';
  }

  /** An empty text counts as none. */
  setDraft(key: number, { id, password }: Question, text: string): void {
    const drafts = password ? this.#passwords : this.#drafts;
    if (text === '') drafts.delete(idOf(key, id));
    else drafts.set(idOf(key, id), text);
    if (!password) this.#save();
  }

  #save(): void {
    if (this.#timer !== undefined) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = undefined;
      this.#channel.state = {
        extents: [...this.#extents],
        expanded: [...this.#expanded],
        hiddenOutputs: [...this.#hiddenOutputs],
        forms: [...this.#forms],
        drafts: [...this.#drafts],
        ...(this.#top ? { top: this.#top } : {}),
        ...(this.#window === undefined ? {} : { window: this.#window }),
      } satisfies Saved;
    }, QUIET_MS);
  }
}

function forget<Id>(kept: { keys(): Iterable<Id>; delete(id: Id): boolean }, isGone: (id: Id) => boolean): void {
  for (const id of [...kept.keys()]) if (isGone(id)) kept.delete(id);
}

/** Identifies a part of an entry, or something at an index in it. */
export function idOf(key: number, part: number, place?: number): string {
  return [key, part, place].filter((piece) => piece !== undefined).join('.');
}
