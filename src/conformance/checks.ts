import { EvaluationError, NameNotFoundError } from '../engine/errors.js';
import { streamNames } from '../engine/output/streamMerger.js';
import { type Check, expectSame, expectThat, PATIENCE_MS, until } from './check.js';
import { endsWithItsHost } from './endsWithItsHost.js';

const MANY = 200;

/** In the order in which an author would implement them. If the first one fails, no other can pass. */
export const checks: readonly Check[] = [
  {
    title: 'starts, says who it is, and is ready for a command',
    needs: [],
    run: async (trial) => {
      const { language, name, version } = (await trial.session()).info;
      expectThat('language, name and version are not all told', language !== '' && name !== '' && version !== '');
    },
  },
  {
    title: 'gives each command its own output',
    needs: ['print'],
    run: async (trial) => {
      for (const attempt of [1, 2]) {
        const { results, outcome } = await trial.run('print');
        expectSame(`status of command ${String(attempt)}`, outcome.status, 'ok');
        expectSame('stdout', results.stdout, 'hello\n');
        expectSame('stderr', results.stderr, '');
      }
    },
  },
  {
    title: 'tells standard error from standard output',
    needs: ['printError'],
    run: async (trial) => {
      const { results } = await trial.run('printError');
      expectSame('stderr', results.stderr, 'oops\n');
      expectSame('stdout', results.stdout, '');
    },
  },
  {
    title: 'marks the order between the two',
    needs: ['printBoth'],
    run: async (trial) => {
      const wanted = ['1', '2', '3', '4'].map((text, index) => [index % 2 ? 'stderr' : 'stdout', `${text}\n`]);
      for (const first of [0, 1] as const) {
        const found = (await trial.outputsOf('printBoth', { first })).map((output) =>
          output.type === 'stream' ? [output.name, output.text] : output.type,
        );
        expectSame(`the pieces of output, when all of ${streamNames[first]} is read first`, found, wanted);
      }
    },
  },
  {
    title: 'keeps its variables, and shows a value',
    needs: ['define', 'use'],
    run: async (trial) => {
      expectSame('status of the definition', (await trial.run('define')).outcome.status, 'ok');
      const { outcome } = await trial.run('use');
      expectSame('text/plain', outcome.status === 'ok' ? outcome.result?.['text/plain'] : outcome, '42');
    },
  },
  {
    title: 'evaluates, gets a variable, and says when there is none',
    needs: ['define', 'use'],
    run: async (trial) => {
      await trial.run('define');
      const session = await trial.session();
      expectSame('evaluate', await session.evaluate(trial.source('use')), 42);
      expectSame('get', await session.get('x'), 6);
      const missing = await session.get('no_such_name').catch((error: unknown) => error);
      expectThat('a missing variable is not told as missing', missing instanceof NameNotFoundError);
      const failed = await session.evaluate(')').catch((error: unknown) => error);
      expectThat('what can’t be evaluated is not an error', failed instanceof EvaluationError);
    },
  },
  {
    title: 'sends a structured value',
    needs: ['value'],
    run: async (trial) => {
      const value = (await (await trial.session()).evaluate(trial.source('value'))) as Record<string, unknown>;
      expectSame('its keys', Object.keys(value), ['a']);
      expectSame('what `a` is', value.a, [1, 'é', null, true, [0.5]]);
    },
  },
  {
    title: 'shows a value among its output',
    needs: ['display'],
    run: async (trial) => {
      const { results } = await trial.run('display');
      const found = results.outputs.map((output) =>
        output.type === 'display_data'
          ? output.data['text/plain']
          : output.type === 'stream'
            ? output.text
            : output.type,
      );
      expectSame('the pieces of output', found, ['before\n', '42', 'after\n']);
    },
  },
  {
    title: 'tells an error with its place, after the output before it, and goes on',
    needs: ['fail', 'print'],
    run: async (trial) => {
      const results = await trial.start('fail', { filename: '/conformance/file', firstLine: 7 });
      const outcome = await results.wait({ timeoutMs: PATIENCE_MS });
      if (outcome.status !== 'error') throw new Error(`status: expected "error", found "${outcome.status}"`);
      expectSame('stdout', results.stdout, 'before\n');
      expectThat('the error has no name', outcome.error.name !== '');
      const { file, line } = outcome.error.frames[0] ?? {};
      expectSame('the outermost frame', [file, line], ['/conformance/file', 7]);
      expectSame('the next command', (await trial.run('print')).results.stdout, 'hello\n');
    },
  },
  {
    title: 'lets children write to their command',
    needs: ['child'],
    run: async (trial) => {
      expectSame('stdout', (await trial.run('child')).results.stdout, 'child\n');
    },
  },
  {
    title: 'delivers much output whole',
    needs: ['much'],
    run: async (trial) => {
      expectSame('bytes', (await trial.run('much')).results.bytes('stdout').length, 1_000_000);
    },
  },
  {
    title: `runs ${String(MANY)} commands in a row, and mixes none of them up`,
    needs: ['print'],
    run: async (trial) => {
      const all = await Promise.all(Array.from({ length: MANY }, () => trial.start('print')));
      // Each has its time from the end of the one before: many take long on a busy machine.
      for (const results of all) await results.wait({ timeoutMs: PATIENCE_MS });
      const wrong = all.findIndex(({ stdout }) => stdout !== 'hello\n');
      expectSame('the first command with wrong output', wrong, -1);
    },
  },
  {
    title: 'gives late output to the command that it is of',
    needs: ['late', 'wait', 'print'],
    run: async (trial) => {
      const early = await trial.start('late');
      const next = await trial.run('wait');
      await until('the late output', () => early.stdout !== '');
      expectSame('stdout of the first', early.stdout, 'late\n');
      expectSame('stdout of the second', next.results.stdout, '');
      expectSame('the next command', (await trial.run('print')).results.stdout, 'hello\n');
    },
  },
  {
    title: 'closes its streams when nothing of it can write any more, and not before',
    needs: ['late', 'print'],
    run: async (trial) => {
      const late = await trial.start('late');
      await late.closed;
      expectSame('stdout of what writes late', late.stdout, 'late\n');
      await (
        await trial.start('print')
      ).closed;
    },
  },
  {
    title: 'does not wait for a child that holds its streams',
    needs: ['hold', 'print'],
    run: async (trial) => {
      await trial.run('hold'); // within a time that is much shorter than the child's
      expectSame('the next command', (await trial.run('print')).results.stdout, 'hello\n');
    },
  },
  {
    title: 'can be interrupted, and keeps its variables',
    needs: ['define', 'spin', 'use'],
    run: async (trial) => {
      await trial.run('define');
      const spinning = await trial.start('spin');
      await new Promise((resolve) => setTimeout(resolve, 300)); // nothing shows from outside that the loop has started
      const late = await (await trial.session()).interrupt().catch((error: unknown) => error);
      const { status } = await spinning.wait({ timeoutMs: PATIENCE_MS }).catch(() => ({ status: String(late) }));
      expectSame('status', status, 'interrupted');
      const { outcome } = await trial.run('use');
      expectSame('afterwards', outcome.status === 'ok' ? outcome.result?.['text/plain'] : outcome, '42');
    },
  },
  {
    title: 'is not disturbed by an interrupt when nothing runs',
    needs: ['print'],
    run: async (trial) => {
      await trial.run('print');
      await (await trial.session()).interrupt();
      expectSame('the next command', (await trial.run('print')).results.stdout, 'hello\n');
    },
  },
  {
    title: 'asks for input',
    needs: ['ask'],
    run: async (trial) => {
      (await trial.session()).writeLine('a line');
      expectSame('stdout', (await trial.run('ask')).results.stdout.trimEnd().endsWith('a line'), true);
    },
  },
  {
    title: 'answers questions about its variables, or says that it can’t',
    needs: ['define'],
    run: async (trial) => {
      await trial.run('define');
      const session = await trial.session();
      const answers = await Promise.allSettled([
        session.variables(),
        session.complete('x', 1),
        session.inspect('x', 1),
      ]);
      for (const answer of answers) {
        const error = answer.status === 'rejected' && (answer.reason as { code?: unknown }).code;
        expectThat('there was no answer', error === false || error === 'NOT_ANSWERED');
      }
    },
  },
  {
    title: 'loses nothing when its process ends in the middle',
    needs: ['die'],
    run: async (trial) => {
      const { results, outcome } = await trial.run('die');
      expectSame('how it ended', outcome.status === 'died' ? outcome.exitCode : outcome, 3);
      expectSame('stdout', results.stdout, 'before\n');
    },
  },
  {
    title: 'ends when it is told to, with the code that it is told',
    needs: [],
    run: async (trial) => {
      expectSame('exit status', await (await trial.session()).exit(5), { exitCode: 5, signal: null });
    },
  },
  { title: 'ends when the host is gone', needs: [], run: ({ evaluator }) => endsWithItsHost(evaluator) },
];
