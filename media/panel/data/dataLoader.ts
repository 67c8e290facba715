import type { CellDetail, ColumnStatistics, DataIntent, DataMessage, DataWindow } from '../../../src/protocol/data.js';
import type { Span } from './cellBlocks.js';

type Asked = Extract<DataIntent, { type: 'window' | 'statistics' | 'cell' }>;
type Sent = Asked | Extract<DataIntent, { type: 'cancel' }>;
type Answered = Extract<DataMessage, { type: Asked['type'] }>;
export type Wanted = Omit<Extract<Asked, { type: 'window' }>, 'type' | 'number'>;
type WantedStatistics = Omit<Extract<Asked, { type: 'statistics' }>, 'type' | 'number'>;

type WantedCell = Omit<Extract<Asked, { type: 'cell' }>, 'type' | 'number'>;

/** `later`: cells went first, so it is to be asked for again. */
export type StatisticsAnswer = ColumnStatistics | 'later' | undefined;

interface UnderWay {
  readonly number: number;
  readonly type: Asked['type'];
  readonly resolve: (answer: Answered | undefined) => void;
}

/** Asks for windows and statistics, one at a time. */
export class DataLoader {
  readonly #send: (intent: Sent) => void;
  #number = 0;
  #underWay: UnderWay | undefined;
  /** The request that has been taken back, since cells are wanted. */
  #takenBack: number | undefined;
  /** What is asked for next; a view that has moved on asks for something else instead. */
  readonly #next: (() => void)[] = [];

  constructor(send: (intent: Sent) => void) {
    this.#send = send;
  }

  get isBusy(): boolean {
    return this.#underWay !== undefined;
  }

  /** Resolves with undefined if there is no such window, after the requests before have been answered. */
  async load(wanted: Wanted): Promise<DataWindow | undefined> {
    this.cellsFirst();
    const answer = await this.#ask('window', (number) => ({ type: 'window', number, ...wanted }));
    return answer?.type === 'window' ? answer.window : undefined;
  }

  isTakenBack(number: number): boolean {
    return this.#takenBack === number;
  }

  /** Takes statistics back that are under way: cells are more urgent. */
  cellsFirst(): void {
    if (this.#underWay?.type !== 'statistics' || this.#takenBack === this.#underWay.number) return;
    this.#takenBack = this.#underWay.number;
    this.#send({ type: 'cancel' });
  }

  /** Like `load`, but does not wait for others. */
  async loadStatistics(wanted: WantedStatistics): Promise<StatisticsAnswer> {
    if (this.isBusy) return 'later';
    let asked: number | undefined;
    const answer = await this.#ask('statistics', (number) => {
      asked = number;
      return { type: 'statistics', number, ...wanted };
    });
    if (answer?.type === 'statistics') return answer.statistics;
    return asked !== undefined && this.isTakenBack(asked) ? 'later' : undefined;
  }

  /** Undefined if there is no such cell. */
  async loadCell(wanted: WantedCell): Promise<CellDetail | undefined> {
    const answer = await this.#ask('cell', (number) => ({ type: 'cell', number, ...wanted }));
    return answer?.type === 'cell' ? answer.cell : undefined;
  }

  receive(number: number, answer: Answered | undefined): void {
    const asked = this.#underWay;
    if (asked?.number !== number) return;
    this.#underWay = undefined;
    asked.resolve(answer);
    this.#next.shift()?.();
  }

  async #ask(type: Asked['type'], intent: (number: number) => Asked): Promise<Answered | undefined> {
    while (this.#underWay) await new Promise<void>((resolve) => this.#next.push(resolve));
    return new Promise((resolve) => {
      this.#underWay = { number: ++this.#number, type, resolve };
      this.#send(intent(this.#number));
    });
  }
}

/** A part of what there is, with some more on both sides, so that a small step needs no request. */
export function around([from, to]: Span, size: number, more: number): [number, number] {
  return [Math.max(0, from - more), Math.min(size, to + more)];
}
