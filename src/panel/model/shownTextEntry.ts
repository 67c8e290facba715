import type { DocumentChange } from '../../text/documentChange.js';
import type { ShownText } from '../../host/sessions/command.js';
import { sessionOf, type CommandEntry, type CommandStatus, type Part } from '../../protocol/panelEntries.js';
import type { DrawnType } from '../../protocol/panelForms.js';
import { AnsiParser } from '../terminal/ansiParser.js';
import { TextScreen } from '../terminal/textScreen.js';
import { CommandOrigin } from './commandOrigin.js';
import type { TranscriptEntry } from './transcriptEntry.js';
import { ValueForms } from './valueForms.js';

const LONGEST_NAME = 200;

/** Markdown of a document, shown as a display that no command has made. */
export class ShownTextEntry implements TranscriptEntry {
  readonly #forms: ValueForms;
  readonly #screen = new TextScreen();
  readonly #origin: CommandOrigin;
  readonly #shownBy: { readonly evaluator: string; readonly session?: string };

  readonly live = false;
  readonly isRun = false;
  readonly number = 0;
  readonly command = undefined;
  readonly actions = [];
  readonly outputs = [];
  readonly fullOutput: string;

  constructor(
    readonly key: number,
    { markdown, origin }: ShownText,
    shownBy: { readonly evaluator: string; readonly session?: string },
  ) {
    this.#shownBy = shownBy;
    this.#origin = new CommandOrigin(origin);
    this.#forms = new ValueForms({ 'text/markdown': markdown });
    this.#screen.write(markdown, new AnsiParser());
    this.fullOutput = markdown;
  }

  get session(): string {
    return sessionOf(this.#shownBy);
  }

  get characters(): number {
    return this.#screen.characters + this.#forms.characters;
  }

  status(): CommandStatus {
    return { state: { kind: 'done', elapsedMs: 0 }, open: false, at: this.#origin.label };
  }

  /** Updates the origin after edits of its document, and returns whether it has moved. */
  followEdits(uri: string, changes: readonly DocumentChange[]): boolean {
    return this.#origin.followEdits(uri, changes);
  }

  form(_part: number, mime: DrawnType): string | undefined {
    return this.#forms.data(mime);
  }

  entry(longestData?: number): CommandEntry {
    const forms = this.#forms.block(longestData);
    const part: Part = { id: 0, type: 'display', text: this.#screen.block(), ...(forms ? { forms } : {}) };
    return {
      key: this.key,
      type: 'command',
      number: 0,
      source: (/\S.*/.exec(this.fullOutput)?.[0] ?? '').slice(0, LONGEST_NAME),
      sourceOmitted: 0,
      languageId: 'markdown',
      ...this.#shownBy,
      isText: true,
      origin: this.#origin.now,
      status: this.status(),
      parts: [part],
    };
  }

  divides(): boolean {
    return false;
  }

  dispose(): void {
    // There is nothing to dispose.
  }
}
