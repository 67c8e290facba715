import { describe, expect, it } from 'vitest';
import { changeCellKind } from '../../../../src/editor/cellEdits/changeCellKind.js';
import { deleteCell } from '../../../../src/editor/cellEdits/deleteCell.js';
import { insertCellAbove, insertCellBelow } from '../../../../src/editor/cellEdits/insertCell.js';
import { mergeCellBelow } from '../../../../src/editor/cellEdits/mergeCells.js';
import { moveCellDown, moveCellUp } from '../../../../src/editor/cellEdits/moveCell.js';
import { splitCell } from '../../../../src/editor/cellEdits/splitCell.js';
import type { CellEdit } from '../../../../src/editor/cellEdits/cellEdit.js';
import { cellPlaceIn, placeAt, type CellPlace } from '../../../../src/editor/cellEdits/cellPlace.js';
import { blocksAt, together, type CellSelection } from '../../../../src/editor/cellEdits/severalCells.js';
import { languageNamed } from '../languageNamed.js';
import { apply, changesOf } from './edited.js';

/** The cursors (`‸`) and the selected text (between `«` and `»`, where the cursor is) of a text. */
function cursorsIn(marked: string): { readonly text: string; readonly selections: CellSelection[] } {
  let text = '';
  const selections: CellSelection[] = [];
  let start: CellSelection['start'] | undefined;
  for (const character of marked) {
    const lines = text.split('\n');
    const here = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    if (character === '«') start = here;
    else if (character === '‸') selections.push({ start: here, end: here, active: here });
    else if (character === '»') selections.push({ start: start ?? here, end: here, active: here });
    else text += character;
  }
  return { text, selections };
}

/** The text after a command, with `‸` where it puts the cursors. */
function edited(marked: string, command: (place: CellPlace) => CellEdit | undefined, alone = false): string {
  const { text, selections } = cursorsIn(marked);
  const place = cellPlaceIn(languageNamed('python'), text, selections[0]?.active ?? { line: 0, character: 0 }, {});
  if (!place) return 'no cells';
  const places = alone ? selections.map(({ active }) => placeAt(place, active)) : blocksAt(place, selections);
  const { changes, cursors } = together(places.flatMap((each) => command(each) ?? []));
  const lines = changesOf(text, { changes }).reduce(apply, text).split('\n');
  const descending = cursors.toSorted((a, b) => b.line - a.line || b.character - a.character);
  for (const { line, character } of descending)
    lines[line] = `${lines[line]?.slice(0, character) ?? 'no line'}‸${lines[line]?.slice(character) ?? ''}`;
  return lines.join('\n');
}

describe('with several cursors', () => {
  it.each([
    [
      'neighbors down, as one',
      moveCellDown,
      '# %% a\n‸1\n\n# %% b\n2‸\n\n# %% c\n3\n',
      '# %% c\n3\n\n# %% a\n‸1\n\n# %% b\n2‸\n',
    ],
    [
      'neighbors up, as one',
      moveCellUp,
      '# %% a\n1\n\n# %% b\n‸2\n\n# %% c\n‸3\n',
      '# %% b\n‸2\n\n# %% c\n‸3\n\n# %% a\n1\n',
    ],
    [
      'cells apart, each past its neighbor',
      moveCellDown,
      '# %% a\n‸1\n# %% b\n2\n# %% c\n‸3\n# %% d\n4',
      '# %% b\n2\n# %% a\n‸1\n# %% d\n4\n# %% c\n‸3',
    ],
    ['what is selected', moveCellUp, '# %% a\n1\n# %% b\n«2\n# %% c\n3»\n', '# %% b\n2\n# %% c\n3‸\n# %% a\n1\n'],
  ])('moves %s', (_, command, before, after) => {
    expect(edited(before, command)).toBe(after);
  });

  it.each([
    ['# %% a\n‸1\n\n# %% b\n2\n\n# %% c\n‸3\n', '‸# %% b\n2\n'],
    ['# %% a\n1\n\n# %% b\n«2\n\n# %% c\n3»\n', '‸# %% a\n1\n'],
    ['# %% a\n«1\n»# %% b\n2\n# %% c\n3\n', '‸# %% b\n2\n# %% c\n3\n'],
    ['# %% a\n1‸1‸\n# %% b\n‸2\n# %% c\n3\n', '‸# %% c\n3\n'],
  ])('deletes each cell once: %j', (before, after) => {
    expect(edited(before, deleteCell).replace(/‸+/g, '‸')).toBe(after);
  });

  it('splits at each, and where two are in one statement once', () => {
    expect(edited('# %%\na\n‸b\nc\n\n# %%\nd\n‸e‸', splitCell, true)).toBe(
      '# %%\na\n\n# %%\n‸b\nc\n\n# %%\nd\n\n# %%\n‸e\n\n# %%\n‸',
    );
    expect(edited('# %%\na\nf(‸\n‸)\n', splitCell, true).replace(/‸+/g, '‸')).toBe('# %%\na\n\n# %%\n‸f(\n)\n');
  });

  it('joins the cells, or each with the one below it', () => {
    expect(edited('# %%\n‸a\n# %%\n‸b\n# %%\n‸c\n# %%\nd\n', mergeCellBelow)).toBe('# %%\na\nb\nc\n# %%\nd\n');
    expect(edited('# %%\n«a\n# %% [markdown]\n# b\n# %%\nc»\n', mergeCellBelow)).toBe('# %%\na\n# b\nc\n');
    expect(edited('# %%\n‸a\n# %%\nb\n# %%\n‸c\n# %%\nd\n', mergeCellBelow)).toBe('# %%\na\nb\n# %%\nc\nd\n');
  });

  it('adds a cell for each block', () => {
    expect(edited('# %%\n‸a\n# %%\n‸b\n# %%\nc\n', insertCellBelow).replace(/‸+/g, '‸')).toBe(
      '# %%\na\n# %%\nb\n# %%\n‸\n# %%\nc\n',
    );
    expect(edited('# %%\n‸a\n# %%\nb\n# %%\n‸c\n', insertCellAbove)).toBe(
      '# %%\n‸\n# %%\na\n# %%\nb\n# %%\n‸\n# %%\nc\n',
    );
  });

  it('makes all of them text, those that are left as they are', () => {
    const toMarkdown = (place: CellPlace) => changeCellKind(place, 'markdown');
    expect(edited('# %%\n‸a\n# %% [markdown]\n# b‸\n# %%\nc‸\n', toMarkdown)).toBe(
      '# %% [markdown]\n# a\n# %% [markdown]\n# b\n# %% [markdown]\n# c\n',
    );
  });
});
