import { execFileSync } from 'node:child_process';
import vm from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageNamed } from '../../unit/editor/languageNamed.js';
import { ExtSession } from '../../../src/library.js';
import { declaringJavaScriptProgram, javascriptProgram, pythonProgram } from '../../unit/editor/programs.js';

/** What holding the key that runs and moves on sends. */
function sentFrom(languageId: string, text: string): string[] {
  const language = languageNamed(languageId);
  const sent: string[] = [];
  const last = text.split('\n').length;
  for (let line = 0; sent.length <= last;) {
    const { code, nextLine } = language.codeToRun(text, {
      start: { line, character: 0 },
      end: { line, character: 0 },
    });
    if (code === '') break;
    sent.push(code);
    if (nextLine <= line) break;
    line = nextLine;
  }
  return sent;
}

/** What each name is; the values that are kept in a list say in which order statements ran. */
async function namespaceOf(session: ExtSession | undefined): Promise<Record<string, unknown>> {
  const variables = (await session?.variables()) ?? [];
  const values = await session?.evaluate('JSON.stringify([log, a, b, c])');
  return { ...Object.fromEntries(variables.map(({ name, ...described }) => [name, described])), values };
}

const RUN = `
import json, sys
def namespace(sources):
    names = {"__name__": "__main__"}
    for source in sources:
        exec(compile(source, "sent", "exec"), names)
    return {name: repr(value) for name, value in names.items() if not name.startswith("__") and not callable(value)}
json.dump([[namespace([whole]), namespace(sent)] for whole, sent in json.load(sys.stdin)], sys.stdout)
`;

describe('a file that is sent statement by statement leaves the namespace that running it leaves', () => {
  it('in Python', () => {
    const programs = fc.sample(pythonProgram, { numRuns: 100, seed: 11 });
    const asked = programs.map((program) => [program, sentFrom('python', program)]);
    const options = { input: JSON.stringify(asked), encoding: 'utf8' as const, maxBuffer: 1 << 28 };
    const answered = JSON.parse(execFileSync('python3', ['-I', '-c', RUN], options)) as [unknown, unknown][];
    expect(answered).toHaveLength(100);
    answered.forEach(([whole, sent], index) => expect(sent, programs[index]).toEqual(whole));
  });

  it.each(['javascript', 'typescript'])('in %s', (languageId) => {
    for (const program of fc.sample(javascriptProgram, { numRuns: 100, seed: 12 })) {
      const [whole, parts] = [vm.createContext({}), vm.createContext({})];
      vm.runInContext(program, whole);
      for (const code of sentFrom(languageId, program)) vm.runInContext(code, parts);
      expect(JSON.stringify(parts), program).toBe(JSON.stringify(whole));
    }
  });

  it('in a session of JavaScript, with its own declarations', async () => {
    const [whole, parts] = await Promise.all([1, 2].map(() => ExtSession.start({ evaluator: 'javascript' })));
    try {
      for (const program of fc.sample(declaringJavaScriptProgram, { numRuns: 15, seed: 13 })) {
        const sent = sentFrom('javascript', program);
        expect(sent.length).toBeGreaterThan(6);
        expect(await whole?.execute(program).wait(), program).toMatchObject({ status: 'ok' });
        for (const code of sent) expect(await parts?.execute(code).wait(), code).toMatchObject({ status: 'ok' });
        const [expected, namespace] = await Promise.all([whole, parts].map(namespaceOf));
        expect(Object.keys(namespace ?? {})).toEqual(expect.arrayContaining(['log', 'a', 'twice', 'Kept']));
        expect(namespace, program).toEqual(expected);
      }
    } finally {
      await Promise.all([whole?.exit(), parts?.exit()]);
    }
  });
});
