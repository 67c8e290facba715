import { codeToRun } from '../../src/editor/selection.js';
import { median, quantile, timed } from './measure.js';
import type { Row } from './row.js';

const copies = 500;
const times = 300;

/** Twenty lines of what Python files are made of. */
const piece = `
@dataclass(frozen=True)
class Fare(Base):
    """What a ticket costs.

    It's "given" in cents: {not} a field, # not a comment.
    """

    zones: dict[str, int] = field(default_factory=lambda: {"a": 1, 'b': 2})

    def price(self, *, adults: int = 1, children: int = 0) -> int:
        # children go for half of it
        if adults < 0 or children < 0:
            raise ValueError(f"cannot price {adults!r:>{width}} and {children}")
        return sum(
            self.zones[zone] * (2 * adults + children)
            for zone in sorted(self.zones)
            if zone not in ("c", "d")
        ) // 2

print(Fare().price(adults=2))
`.slice(1);

/** How long the key that runs the statement at the cursor takes to know what to send, in a file of 10,000 lines. */
export async function editorFigures(): Promise<Row[]> {
  const lines = piece.repeat(copies).split('\n');
  const edited: number[] = [];
  const opened: number[] = [];
  for (let time = 0; time < times; time++) {
    const line = (time * 37) % lines.length;
    const another = [`# ${String(time)}`, ...lines.map((each) => each.replace('Fare', `Fare${String(time)}`))].join(
      '\n',
    );
    opened.push(await timed(() => codeToRun(another, at(line))));
    const before = lines.join('\n');
    codeToRun(before, at(line));
    lines.splice(line, 1, `${lines[line] ?? ''} `, ...(time % 2 ? [''] : []));
    const after = lines.join('\n');
    edited.push(await timed(() => codeToRun(after, at(line))));
  }
  return [
    ...rowsOf('what to run of 10,000 lines, after an edit', edited),
    ...rowsOf('what to run of 10,000 lines, never seen before', opened),
  ];
}

function rowsOf(what: string, taken: readonly number[]): Row[] {
  return [
    { what: `${what}: median`, unit: 'ms', ours: median(taken), target: { atMost: 5 } },
    { what: `${what}: 95th of 100`, unit: 'ms', ours: quantile(taken, 0.95) },
  ];
}

function at(line: number) {
  return { start: { line, character: 0 }, end: { line, character: 0 } };
}
