import { test } from 'vitest';
import { ExtSession } from '../../src/library.js';
import { libraryPython } from '../support/libraries.mjs';
const cmds = [
`from tqdm.notebook import tqdm, trange
for i in trange(2, desc='outer'):
    for j in trange(3, desc='inner', leave=False): pass`,
`b = tqdm(); [b.update() for _ in range(5)]; b.close()`,
`for x in tqdm(iter([1,2,3])): pass`,
`for x in tqdm(range(3), desc='D', unit='file', colour='green', ncols=80): pass`,
`with tqdm(total=100, unit='B', unit_scale=True) as p:
    p.set_postfix(loss=0.5); p.update(50); p.set_description('x'); p.update(50)`,
`for x in tqdm(range(3)):
    tqdm.write('line %d' % x)`,
`for x in tqdm(range(3), disable=True): pass`,
`b = tqdm(total=10); b.update(5); b.reset(total=4); b.update(4); b.close()`,
`try:
    for x in tqdm(range(3)):
        if x == 1: raise ValueError('x')
except ValueError: pass`,
`from tqdm.notebook import tqdm_notebook; tqdm_notebook.pandas(); import pandas as pd; pd.Series([1,2]).progress_apply(lambda v: v).sum()`,
`from tqdm.auto import tqdm as ta
for x in ta(range(3), desc='auto'): pass`,
`from tqdm import tqdm_notebook as tn
for x in tn(range(3), desc='old'): pass`,
`from tqdm.contrib.concurrent import thread_map; thread_map(str, range(3))`,
`from tqdm.contrib import tenumerate, tzip
for i, x in tenumerate([1,2]): pass`,
`bars = [tqdm(total=2, desc=str(k), position=k) for k in range(2)]
for b in bars: b.update(2)
for b in bars: b.close()`,
`b = tqdm(range(3)); b`,
`tqdm(range(2), display=False)`,
`import ipywidgets as w; w.IntProgress(value=3, max=10, description='P')`,
`w.FloatProgress(value=0.5, max=1.0)`,
`w.IntSlider(value=3, description='n')`, `w.FloatSlider(value=0.1)`, `w.FloatLogSlider(value=10)`, `w.IntRangeSlider(value=(1,5))`, `w.SelectionSlider(options=['a','b'])`, `w.Checkbox(value=True, description='c')`, `w.ToggleButton(description='t', value=True)`, `w.Valid(value=True)`, `w.Dropdown(options=['a','b'], value='b', description='d')`, `w.RadioButtons(options=['a','b'])`, `w.Select(options=['a','b'])`, `w.SelectMultiple(options=['a','b'], value=['a'])`, `w.ToggleButtons(options=['a','b'])`, `w.Text('hi', description='t')`, `w.Textarea('a\\nb')`, `w.Password(value='secret')`, `w.Combobox(value='x', options=['x'])`, `w.Label('lab')`, `w.HTML('<b>x</b> &amp; y<br>z')`, `w.HTMLMath('$x$')`, `w.Image(value=b'x')`, `w.Button(description='Go')`, `w.Button(icon='check')`, `w.DatePicker()`, `import datetime; w.DatePicker(value=datetime.date(2020,1,2))`, `w.TimePicker()`, `w.ColorPicker(value='red')`, `w.FileUpload()`, `w.Play()`, `w.Box()`, `w.VBox([w.Label('a'), w.HBox([w.Label('b'), w.Button(description='c')])])`, `w.Accordion([w.Label('a'), w.Label('b')], titles=('A','B'))`, `w.Tab([w.Label('a')])`, `w.Stack([w.Label('a'), w.Label('b')], selected_index=0)`, `w.GridBox([w.Label('a'), w.Label('b')])`, `w.AppLayout(center=w.Label('c'))`, `w.GridspecLayout(2,2)`, `w.TagsInput(value=['a','b'])`, `w.Output()`, 
`o = w.Output()
with o: print('in output')
o`,
`@w.interact(x=(0,10), y='a', z=True)
def f(x, y, z): return x`,
`w.interactive(lambda x: x, x=5)`, `w.interact_manual(lambda x: print(x), x=5)`, `w.interactive_output(lambda a: print(a), {'a': w.IntSlider()})`,
`l1 = w.Label('a'); l2 = w.Text(); w.link((l1,'value'),(l2,'value')); w.jslink((l1,'value'),(l2,'value')); display(l2); l1.value = 'zz'`,
`from IPython.display import display as d; d(w.Label('from ipython'))`,
`class My(w.DOMWidget): pass
My()`,
`[w.Label('a'), w.Label('b')]`,
`get_ipython()`, `get_ipython().run_line_magic('matplotlib', 'inline')`, `ip = get_ipython(); ip.magic('time 1')`, `'get_ipython' in globals()`, `from IPython import get_ipython; get_ipython()`, `get_ipython().system('echo hi')`, `get_ipython().kernel`,`get_ipython().user_ns is globals()`, `get_ipython().__class__.__name__`, `get_ipython().getoutput('echo a')`,
`from rich.progress import track
for i in track(range(3), description='rich'): pass`,
`from rich.console import Console
with Console().status('x'): pass`,
`from rich.live import Live
from rich.table import Table
import time
with Live(refresh_per_second=4) as live:
    for i in range(3):
        t = Table(); t.add_column('c'); t.add_row(str(i)); live.update(t)`,
`from rich import print as rp; rp('[bold red]x[/] [link=https://x.org]l[/link]', {'a': 1})`,
`from rich.pretty import install; install(); {'a': [1]}`,
`from rich.traceback import install as ti; ti(); 1/0`,
];
test('values', async () => {
  const session = await ExtSession.start({ interpreter: process.env.PY ?? libraryPython, env: process.env.NOIPY ? { } : {} });
  for (const v of cmds) {
    const x = session.execute(v);
    const o = await x.wait({ timeoutMs: 60000 });
    const b: any[] = x.outputs.flatMap((p: any) => 'data' in p ? [p.data] : []);
    process.stdout.write(`${v.slice(0, 200)}\n  => ${o.status === 'ok' ? '' : JSON.stringify((o as any).error?.message).slice(0, 300)} ${b.map((e) => `{${Object.keys(e).map((k) => k.split('/')[1]).join(' ')}} ${JSON.stringify(e['text/plain'])}`).join(' ; ').slice(0, 400)}\n`);
    if (x.stderr) process.stdout.write(`     err ${JSON.stringify(x.stderr).slice(0, 600)}\n`);
    if (x.stdout) process.stdout.write(`     out ${JSON.stringify(x.stdout).slice(0, 400)}\n`);
  }
  await session.exit();
}, 200000);
