import { expect, test } from 'vitest';
import type { ExtResults } from '../../src/library.js';
import { bundles, endSessions, kinds, run, withPackages } from '../support/withPackages.js';

endSessions();

withPackages(['tqdm'], (python) => {
  test('a progress bar writes to stderr', async () => {
    const results = await run(python, 'from tqdm.auto import tqdm\nfor _ in tqdm(range(3)): pass');
    expect(results.stderr).toContain('100%');
    expect(results.stderr).toContain('3/3');
  });

  test('a bar for notebooks moves too, as text', async () => {
    const results = await run(
      python,
      `from tqdm.notebook import tqdm, trange, tqdm_notebook
bar = tqdm(range(3), desc='steps', mininterval=0)
for _ in bar: pass
for _ in trange(2): pass
list(tqdm(range(5), display=False))
print(isinstance(bar, tqdm_notebook), bar.n)`,
    );
    expect(kinds(results)).not.toContain('display_data');
    for (const step of ['0/3', '1/3', '3/3', '2/2']) expect(results.stderr).toContain(step);
    expect(results.stderr).not.toContain('/5');
    expect(results.stdout).toBe('True 3\n');
    expect(results.outcome).toMatchObject({ status: 'ok' });
  });
});

withPackages(['ipywidgets'], (python) => {
  const texts = (results: ExtResults) => bundles(results).map((bundle) => String(bundle['text/plain']));

  test('bars move as text, also inside other widgets, in threads and in later commands', async () => {
    const results = await run(
      python,
      `import ipywidgets, threading
bar = ipywidgets.IntProgress(description='Load', max=4)
both = ipywidgets.HBox([ipywidgets.Label('loss 3'), bar])
def work():
    bar.value = 1
    both.children[0].value = 'loss 2'
both`,
    );
    expect(texts(results)).toEqual([`loss 3  Load:   0%|${' '.repeat(30)}| 0/4`]);
    await run(python, 'thread = threading.Thread(target=work); thread.start(); thread.join()');
    expect(texts(results)).toEqual([`loss 2  Load:  25%|${'█'.repeat(7)}▌${' '.repeat(22)}| 1/4`]);
    await run(python, 'for value in range(5): bar.value = value');
    expect(texts(results)).toEqual([`loss 2  Load: 100%|${'█'.repeat(30)}| 4/4`]);
  });

  test('others are shown by their labels and values, with one hint in a session', async () => {
    const first = await run(
      python,
      `import ipywidgets as w
w.VBox([w.IntSlider(description='x', value=3), w.Dropdown(options=[('One', 1)], description='pick'),
  w.Button(description='Go'), w.Checkbox(description='on', value=True), w.HTML('<b>bold</b> &amp; more'), w.Output()])`,
    );
    expect(texts(first)).toEqual(['x: 3\npick: One\nGo\n[x] on\nbold & more\n(Widgets are shown as text.)']);
    const second = await run(
      python,
      "display(w.Text('hi'), w.Tab([w.Label('a')], titles=['A']), w.FloatText(value=0.5))",
    );
    expect(texts(second)).toEqual(['hi', 'A: a', '0.5']);
    expect(Object.keys(bundles(second)[0] ?? {})).toEqual(['text/plain']);
  });

  test('say what is chosen as a user would, and no password', async () => {
    const results = await run(
      python,
      `import ipywidgets as w, datetime
w.VBox([w.Password(value='secret', description='key'), w.SelectMultiple(options=[('One', 1), ('Two', 2)], value=[1, 2]),
  w.IntRangeSlider(value=(1, 5), description='r'), w.DatePicker(value=datetime.date(2020, 1, 2)), w.FileUpload(),
  w.Stack([w.Label('a'), w.Label('b')], selected_index=1), w.HTML('<p>a <b>b</b></p>c<br>d'), w.TagsInput(value=['t', 'u'])])`,
    );
    const expected = 'key: ••••••••\nOne, Two\nr: 1 – 5\n2020-01-02\nUpload\nb\na b\nc\nd\nt, u';
    expect(texts(results)).toEqual([`${expected}\n(Widgets are shown as text.)`]);
  });

  test('what is written to an output widget, and by interact, is shown where it is written', async () => {
    const results = await run(
      python,
      `import ipywidgets
out = ipywidgets.Output()
print('before')
with out:
    print('inside')
    out.clear_output()
out.append_stdout('appended\\n')
out.append_display_data({'a': 1})
@ipywidgets.interact(x=10)
def twice(x):
    print('x is', x)
    return 2 * x
out`,
    );
    expect(results.stdout).toBe('before\ninside\nappended\nx is 10\n');
    expect(texts(results)).toEqual(["{'a': 1}", '20', 'x: 10\n(Widgets are shown as text.)']);
    expect(results.stderr).toBe('');
  });
});
