import { expect } from 'vitest';
import * as v from 'valibot';
import { ExtSession } from '../../src/library.js';
import { dataAnswerSchema, type DataAnswer, type DataPlace, type DataWindow } from '../../src/protocol/data.js';

export const never = (): AbortSignal => new AbortController().signal;

/** A session whose values are looked at as a grid does. */
export class Viewed {
  session!: ExtSession;

  async start(options: Parameters<typeof ExtSession.start>[0]): Promise<void> {
    this.session = await ExtSession.start(options);
  }

  async run(source: string): Promise<void> {
    const results = this.session.execute(source);
    expect(await results.wait({ timeoutMs: 60_000 })).toMatchObject({ status: 'ok' });
  }

  async ask(of: DataPlace, others: object = {}): Promise<DataAnswer> {
    const request = { ask: 'window', of, rows: [0, 100], columns: [0, 100], ...others } as const;
    return v.parse(dataAnswerSchema, await this.session.data(request, never()));
  }

  async window(name: string, others: object = {}): Promise<DataWindow> {
    const { window } = await this.ask({ name, path: [] }, others);
    if (!window) throw new Error(`${name} is no table.`);
    return window;
  }
}
