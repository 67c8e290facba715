import { ExtSession, type ExtSessionOptions } from '../../src/library.js';
import { intervalOf, median, timed } from './measure.js';
import type { Row } from './row.js';

const TURNS = 1500;
/** In which code is compiled. */
const WARM_UP = 250;

/** Switches the meter of commands in the worker off for the two in the middle of four, as no user code would. */
const pythonSwitch = `
import gc
gc.unfreeze()
meter = next(type(one) for one in gc.get_objects() if type(one).__name__ == "Meter" and "_extsession" in type(one).__module__)
gc.freeze()
def switch(meter, plain=(meter.begin, meter.end), none=(lambda self: None,) * 2):
    order = [plain, none, none, plain]
    def begin(self):
        order.append(order.pop(0))
        order[-1][0](self)
    meter.begin, meter.end = begin, lambda self: order[-1][1](self)
switch(meter)`;
const javascriptSwitch = `{
  const finder = new (require('node:inspector').Session)();
  finder.connect();
  const ask = (method, params) => {
    let found;
    finder.post(method, params, (_error, answer) => (found = answer));
    return found;
  };
  const every = ask('Runtime.evaluate', { expression: 'Object.prototype' }).result.objectId;
  let meter;
  globalThis.hold = (found) => (meter = found);
  ask('Runtime.callFunctionOn', {
    objectId: ask('Runtime.queryObjects', { prototypeObjectId: every }).objects.objectId,
    functionDeclaration: \`function () {
      for (const one of this) {
        const made = Object.getOwnPropertyDescriptor(one, 'constructor')?.value;
        if (typeof made === 'function' && made.name === 'Meter') hold(one);
      }
    }\`,
  });
  delete globalThis.hold;
  finder.disconnect();
  const plain = { begin: meter.begin, end: meter.end };
  const none = { begin() {}, end: () => ({}) };
  const order = [plain, none, none, plain];
  meter.begin = function () {
    order.push(order.shift());
    order[3].begin.call(this);
  };
  meter.end = function () {
    return order[3].end.call(this);
  };
}`;

/**
 * What measuring a command adds to a round trip: in the same session, with it and without it in turns. What else the
 * machine does slows both, so that the median of their differences tells of the measuring.
 */
export async function usageFigures(python: string): Promise<Row[]> {
  return [
    await usageRow('a round trip with its usage', { interpreter: python }, pythonSwitch),
    await usageRow('a JavaScript round trip with its usage', { evaluator: 'javascript' }, javascriptSwitch),
  ];
}

async function usageRow(what: string, options: ExtSessionOptions, source: string): Promise<Row> {
  const session = await ExtSession.start(options);
  const trip = async (): Promise<number> => 1000 * (await timed(() => session.execute('1').wait()));
  try {
    const outcome = await session.execute(source).wait();
    if (outcome.status !== 'ok') throw new Error('The meter of the worker is not found.', { cause: outcome });
    const more: number[] = [];
    const without: number[] = [];
    for (let turn = -WARM_UP; turn < TURNS; turn++) {
      // The first of two is slower than the second, whatever they are.
      const [on, off, otherOff, otherOn] = [await trip(), await trip(), await trip(), await trip()];
      if (turn < 0) continue;
      more.push((on + otherOn - off - otherOff) / 2);
      without.push((off + otherOff) / 2);
    }
    const [from, to] = intervalOf(more);
    return {
      what,
      unit: 'µs',
      ours: median(without) + median(more),
      reference: { name: 'without', value: median(without) },
      target: { ratioAtMost: 1.03 },
      note: `95 of 100: ${from.toFixed(1)} to ${to.toFixed(1)} µs more`,
    };
  } finally {
    await session.exit();
  }
}
