import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { CustomMarkers, customMarkers } from '../../../src/editor/cells/customMarkers.js';
import { languageIds } from '../../../src/editor/languages.js';
import { inRoot } from '../../support/project.mjs';
import { languageNamed } from './languageNamed.js';

interface Manifest {
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
}

const LETTERS = 'a'.repeat(200);

function markers(limitMs: number): CustomMarkers {
  const created = new CustomMarkers(limitMs);
  onTestFinished(() => created.dispose());
  return created;
}

afterEach(() => customMarkers.dispose());

describe('a marker of the user', () => {
  it('is found where it stands first, also when it is of no length', () => {
    const found = markers(10_000).find('-+|(?=%)', ['# -- --', '# %%', '# none']);
    expect(found).toEqual([{ from: 2, to: 4 }, { from: 2, to: 2 }, undefined]);
  });

  it.each([
    ['an ambiguous repetition', '^#(a+)+$', `#${LETTERS}!`],
    ['an ambiguous choice', '^#(?:a|aa)*!', `#${LETTERS}`],
    ['an ambiguity in a lookahead', '^#(?=(?:a*)*b)', `#${LETTERS}`],
    ['a reference to a group', '^#(.*)*\\1%', `#${LETTERS}`],
  ])('is not used again once it takes too long: %s', (_, marker, text) => {
    const found: string[] = [];
    const own = markers(50);
    own.onDidFindSlow((slow) => found.push(slow));
    expect(own.find(marker, ['# %%', text])).toBeUndefined();
    expect(own.find(marker, ['# %%'])).toBeUndefined();
    expect(own.problemOf(marker)).toBe('slow');
    expect(found).toEqual([marker]);
    expect(own.find('%%', ['# %%'])).toEqual([{ from: 2, to: 4 }]);
  });

  it('is not used once its compilation takes too long, which V8 does not interrupt', () => {
    const marker = '\\p{L}'.repeat(95);
    const own = markers(1);
    expect(own.find(marker, [LETTERS])).toBeUndefined();
    expect(own.problemOf(marker)).toBe('slow');
  });

  it('is not taken from a workspace that is not trusted', () => {
    const { capabilities } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as Manifest;
    expect(capabilities.untrustedWorkspaces.restrictedConfigurations).toContain('extsession.cells.marker');
  });

  it('is none when it is longer than anybody writes', () => {
    expect(markers(10_000).problemOf('a'.repeat(501))).toBe('invalid');
  });

  it('never holds up the caller, whatever it is, and means what it means elsewhere', () => {
    const atom = fc.constantFrom('a', '.', '\\w', '[ab]', 'aa', '#', '(?=a)', '\\p{L}');
    const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        atom,
        fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
        fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(?:${a}|${b})`),
        fc
          .tuple(tie('pattern'), fc.constantFrom('*', '+', '{1,9}', '{2,}', '*?', '?'))
          .map(([a, times]) => `(?:${a})${times}`),
      ),
    }));
    const own = markers(30);
    const texts = [`#${LETTERS}`, '# %%', LETTERS];
    fc.assert(
      fc.property(pattern, fc.constantFrom('', '$', '!', '$|b'), (body, end) => {
        const marker = body + end;
        const found = own.find(marker, texts);
        if (!found) {
          expect(own.problemOf(marker)).toBeDefined();
          return;
        }
        const matches = texts.map((text) => new RegExp(marker, 'u').exec(text));
        expect(found).toEqual(
          matches
            .map((match) => match && { from: match.index, to: match.index + match[0].length })
            .map((span) => span ?? undefined),
        );
      }),
      { numRuns: 150 },
    );
  });
});

describe.each(languageIds)('in %s, with a marker that takes too long', (id) => {
  it('the default markers are used, for all that is asked of cells', () => {
    const sign = id === 'python' ? '#' : '//';
    const language = languageNamed(id);
    const options = { marker: `^${sign}(a+)+$` };
    const text = `${sign}${LETTERS}!\n${sign} %% one\nx\n${sign} %%% two\ny\n`;
    const cells = language.findCells(text, options);
    expect(cells.map(({ title }) => title)).toEqual(['one', 'two']);
    expect(language.outlineCells(text, cells, options)).toMatchObject([{ name: 'one', children: [{ name: 'two' }] }]);
    expect(language.codeOfCell(text, { startLine: 1, endLine: 2 }, options).code).toBe('x');
    expect(language.newMarker(text, options)).toBe(`${sign} %%`);
    expect(customMarkers.problemOf(options.marker)).toBe('slow');
  });
});
