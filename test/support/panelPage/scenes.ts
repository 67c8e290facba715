import type { PanelModel } from '../../../src/panel/model/panelModel.js';
import type { ErrorInfo } from '../../../src/protocol/output.js';
import { chainedError, groupError, javascriptError } from './chainedErrors.js';
import { richScene } from './richScene.js';
import { originAt, ScriptedSession } from './scriptedSession.js';

export const keyError: ErrorInfo = {
  name: 'KeyError',
  message: "'borough'",
  traceback: "Traceback (most recent call last):\n  ...\nKeyError: 'borough'\n",
  frames: [
    { file: '/home/ada/train.py', line: 22, function: '<module>', source: 'zones = load_zones("data/zones.csv")' },
    {
      file: '/home/ada/zones.py',
      line: 31,
      endLine: 31,
      column: 11,
      endColumn: 44,
      function: 'load_zones',
      source: '    return raw.set_index("zone")["borough"]',
    },
    ...['__getitem__', 'get_loc', '_check', '__hash__'].map((name, index) => ({
      file: `/env/lib/python3.12/site-packages/pandas/core/frame.py`,
      line: 4102 + index,
      function: name,
      source: 'indexer = self.columns.get_loc(key)',
    })),
  ],
};

const status = {
  title: 'trips',
  evaluator: 'python',
  interpreterLabel: 'Python 3.12 · .venv',
  interpreterPath: '/home/ada/.venv/bin/python',
};
const ansi = (code: number, text: string): string => `\x1b[${String(code)}m${text}\x1b[0m`;

/** A working day in one view: tiny commands, a failure, an interruption, something that runs, and a queue behind it. */
export function busyScene(model: PanelModel): void {
  const session = new ScriptedSession(model);
  session.restart(40);
  session.ran('EPOCHS = 3', { at: 'train.py:9' });
  session.ran('autoreload(2)');
  session.restart();
  session.ran('import pandas as pd, torch', { at: 'train.py:1', ms: 1900 });
  session.ran('x = 3');
  session.ran('df = pd.read_parquet("data/trips-2024-03.parquet")', { at: 'train.py:12', ms: 812 });
  session.ran('len(df)', { ms: 2, value: '3582628' });
  const kept = session.add(
    'df = df[df.fare.between(2.5, 250)]\ndf["hour"] = df.pickup.dt.hour\n' +
      'df["minutes"] = (df.dropoff - df.pickup).dt.seconds / 60\ndf["mph"] = df.distance / df.minutes * 60\n' +
      'df = df[df.mph.between(1, 65)]\nprint(f"kept {len(df):,} of {total:,}")',
    originAt('train.py:14'),
  );
  kept.start().stdout('kept 3,401,977 of 3,582,628\n').ok(1100).close();
  session.add('zones = load_zones("data/zones.csv")', originAt('train.py:22')).start().fails(keyError, 141).close();
  const loop = session.add('for batch in loader:\n    stats.update(batch)', originAt('train.py:25')).start();
  loop.stdout('batch 400 · mean fare 14.62\n');
  loop.settle({ status: 'interrupted', error: interruption }, 9800).close();
  const train = [
    'def train(model, loader, epochs=3, lr=3e-4):',
    '    opt = torch.optim.AdamW(model.parameters(), lr=lr)',
  ];
  train.push('    sched = OneCycle(opt, lr, epochs * len(loader))');
  for (let line = 0; line < 38; line++) train.push(`    step_${String(line)} = ${String(line)}`);
  session.ran(train.join('\n'), { at: 'train.py:40' });
  const history = session.add('history = train(model, loader, epochs=EPOCHS)', originAt('train.py:82')).start();
  history.stdout(`${ansi(90, '10:43:07')} ${ansi(32, 'INFO')} train on ${ansi(1, 'cuda:0')}, 3.4 M rows, batch 4096\n`);
  history.stdout(`${ansi(90, '10:43:07')} ${ansi(33, 'WARN')} 2 workers asked for, 1 available\n`);
  history.stdout('Epoch 1: 100%|██████████| 831/831 [00:05<00:00]\n\rEpoch 2:  10%|█         | 83/831');
  history.stdout('\rEpoch 2:  64%|██████▍   | 532/831 [00:03<00:02]');
  history.stderr(
    '/site-packages/torch/optim/lr_scheduler.py:240: UserWarning: call optimizer.step() before lr_scheduler.step()\n',
  );
  session.add('plot(history)', originAt('train.py:83'));
  session.add('torch.save(model.state_dict(), "fare.pt")', originAt('train.py:84'));
  model.setStatus({ ...status, state: 'busy' });
}

const interruption: ErrorInfo = {
  name: 'KeyboardInterrupt',
  message: '',
  traceback: 'Traceback (most recent call last):\nKeyboardInterrupt\n',
  frames: [{ file: '/home/ada/train.py', line: 26, function: '<module>', source: '    stats.update(batch)' }],
};

/** A crash in native code: the command that died, those behind it, and what to do. */
export function endedScene(model: PanelModel): void {
  const session = new ScriptedSession(model);
  session.restart(8);
  session.ran('import faiss, numpy as np', { at: 'index.py:1', ms: 640 });
  session.ran('vecs = np.load("embeddings.npy", mmap_mode="r")', { at: 'index.py:4', ms: 12 });
  session.ran('vecs.shape', { at: 'index.py:5', value: '(8400000, 768)' });
  const index = session.add('index = build_index(vecs, nlist=4096)', originAt('index.py:9')).start();
  index.stdout('training quantizer on 1,048,576 vectors\nadding 8.4 M vectors\n');
  const waiting = ['index.search(queries, k=10)', 'report(index)'].map((source, at) =>
    session.add(source, originAt(`index.py:${String(10 + at)}`)),
  );
  index.settle({ status: 'died', exitCode: null, signal: 'SIGSEGV' }, 37_200).close();
  for (const command of waiting) command.settle({ status: 'cancelled' }).close();
  model.notify({
    kind: 'died',
    title: 'Session died (SIGSEGV)',
    detail: 'Python crashed while running 12. Variables are gone; everything above is kept.',
    actions: [
      { title: 'Start new session', vscodeCommand: 'extsession.restartSession', primary: true },
      { title: 'Choose another Python', vscodeCommand: 'extsession.selectInterpreter' },
      { title: 'Show log', vscodeCommand: 'extsession.showLog' },
    ],
  });
  model.setStatus({ ...status, title: 'vectors', state: 'dead', death: 'SIGSEGV' });
}

/** Late output, a long output that is cut, and a command that asks. */
function longScene(model: PanelModel): void {
  const session = new ScriptedSession(model);
  session.restart(14);
  const tests = session.add('run("pytest -q tests/test_features.py")').start();
  tests.stdout(`......................${ansi(31, 'F')}...........\n`);
  tests.stdout(`${ansi(31, 'FAILED')} tests/test_features.py::${ansi(1, 'test_night_hours')} - assert 5 == 6\n`);
  tests
    .stdout(`\x1b[31;1m1 failed\x1b[0m, ${ansi(32, '34 passed')} in 2.41s\n`)
    .ok(2800)
    .close();
  const watcher = session
    .add('watcher.start()', originAt('eda.py:26'))
    .start()
    .stdout('watching data/incoming\n')
    .ok(3);
  watcher.stdout('found trips-2024-04.parquet (48 MB)\n');
  const etl = session.add('run_etl("2024-*", verbose=True)', originAt('etl.py:88')).start();
  etl.stdout(Array.from({ length: 12_391 }, (_, line) => `[etl] row group ${String(line)} joined zones\n`).join(''));
  etl.ok(41_600).close();
  const publish = session.add('publish(out_dir)', originAt('etl.py:91')).start();
  publish.stdout('12 files in s3://trips/clean\nOverwrite them? [y/N] ').asks('Overwrite them? [y/N] ');
  model.setStatus({ ...status, state: 'asking' });
}

/** Errors with others behind them. */
function errorsScene(model: PanelModel): void {
  const session = new ScriptedSession(model);
  for (const error of [chainedError, groupError]) session.add('await main()').start().fails(error, 12).close();
  new ScriptedSession(model, 'python').add('write()', undefined, 'javascript').start().fails(javascriptError).close();
  model.setStatus({ ...status, state: 'idle' });
}

export function emptyScene(model: PanelModel): void {
  model.setStatus({ ...status, title: 'train', state: 'idle' });
}

export const scenes = {
  busy: busyScene,
  ended: endedScene,
  long: longScene,
  rich: richScene,
  errors: errorsScene,
  empty: emptyScene,
} as const;
