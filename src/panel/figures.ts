import * as v from 'valibot';
import * as vscode from 'vscode';
import { within } from '../engine/deadline.js';
import {
  dataAnswerSchema,
  type DataAnswer,
  type DataRequest,
  type FigureFormat,
  figureFormats,
} from '../protocol/data.js';

/** A session that is busy does not tell soon whether it still has a figure. */
const SOON_MS = 1000;

/** A figure that was shown, and the id of its session. */
export interface FigureOf {
  readonly session: string;
  readonly figure: string;
}

/** Asks a session, between its commands; undefined if it does not run. */
export type AskSession = (session: string, request: DataRequest, signal: AbortSignal) => Promise<unknown> | undefined;

/** Figures that sessions still have. They draw them again. */
export class Figures {
  readonly #ask: AskSession;

  constructor(ask: AskSession) {
    this.#ask = ask;
  }

  /** What it can be drawn as: nothing if it is gone. While a command runs, that is known only afterwards. */
  async formats({ session, figure }: FigureOf): Promise<readonly FigureFormat[]> {
    const late = new AbortController();
    const asked = this.#ask(session, { ask: 'figure', figure }, late.signal);
    if (!asked) return [];
    const answered = asked.then(
      (answer) => v.parse(dataAnswerSchema, answer).problem === undefined,
      () => late.signal.aborted,
    );
    const isThere = await within(SOON_MS, answered);
    late.abort();
    return isThere === false ? [] : figureFormats;
  }

  /** As it is now. */
  async draw({ session, figure }: FigureOf, format: FigureFormat, signal: AbortSignal): Promise<Uint8Array> {
    const ask = async (request: DataRequest): Promise<DataAnswer> => {
      const answer = v.parse(dataAnswerSchema, await this.#ask(session, request, signal));
      if (answer.problem === 'large') throw new Error(vscode.l10n.t('The drawing is larger than 64 MB.'));
      if (answer.problem !== undefined) throw new Error(gone());
      return answer;
    };
    const { file = 0, size = 0 } = await ask({ ask: 'figure', figure, format });
    const pieces: Uint8Array[] = [];
    for (let offset = 0; offset < size;) {
      const { piece = '' } = await ask({ ask: 'piece', of: { kept: 0 }, file, offset });
      const bytes = Buffer.from(piece, 'base64');
      if (bytes.length === 0) throw new Error(gone());
      pieces.push(bytes);
      offset += bytes.length;
    }
    return Buffer.concat(pieces);
  }
}

function gone(): string {
  return vscode.l10n.t('The figure is no longer in the session. Run its code again.');
}
