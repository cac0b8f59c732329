// What a person may write into a label file, and what they are told when it is wrong.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCsv } from '../../src/measure/parse-csv.ts';
import { parseLabels } from '../../src/measure/parse-labels.ts';

const parse = (...lines: string[]) => parseLabels(lines.join('\n'), 'labels.csv');

describe('a label', () => {
  test('belongs to a result by its id, its indices, or its place', () => {
    const [byId, byIndex, byPlace] = parse(
      'id,run,index,path,line,ruleId,label',
      'a1,,,,,,true',
      ',0,7,,,,false',
      ',,,src/app.py,12,sql-injection,true',
    );
    expect(byId).toMatchObject({ key: 'a1', id: 'a1', isReal: true, fileLine: 2 });
    expect(byIndex).toMatchObject({ key: '#0.7', run: 0, index: 7, isReal: false });
    expect(byPlace).toMatchObject({ key: 'src/app.py:12:sql-injection', line: 12 });
  });

  test('is said in the words that people use', () => {
    const words = ['true', 'REAL', 'tp', 'yes', 'false', 'fp', 'safe', '0'];
    const rows = parse('id,label', ...words.map((word, at) => `${at},${word}`));
    expect(rows.map(({ isReal }) => isReal)).toEqual([true, true, true, true, false, false, false, false]);
  });

  test('may be missing: such a row is not labelled yet', () => {
    expect(parse('id,label', 'a,', 'b,true').map(({ id }) => id)).toEqual(['b']);
  });

  test('may hold more than is needed, in any order of columns', () => {
    const [row] = parse('Label,tier,CWE,id,Language', 'true,"a, ""b""",CWE-089,x,Python');
    expect(row).toMatchObject({ cwe: '89', language: 'python', id: 'x' });
  });
});

describe('a mistake is named with its line', () => {
  const rows: readonly (readonly [what: string, lines: readonly string[], message: string])[] = [
    ['an empty file', [''], 'labels.csv:1: the file is empty.'],
    ['no labels', ['id,path', 'a,b'], 'labels.csv:1: there is no column label.'],
    ['no way to match', ['label,cwe', 'true,89'], 'labels.csv:1: no column says which result'],
    ['an unknown word', ['id,label', 'a,true', 'b,perhaps'], 'labels.csv:3: the label is "perhaps".'],
    ['a line that is no number', ['path,line,label', 'a.py,x,true'], 'labels.csv:2: line is "x"'],
    ['a negative index', ['run,index,label', '0,-1,true'], 'labels.csv:2: index is "-1"'],
    ['nothing to match by', ['id,label', ',true'], 'labels.csv:2: nothing says which result'],
    [
      'a result labelled twice',
      ['id,label', 'a,true', 'b,true', 'a,false'],
      'labels.csv:4: the same result was labelled in line 2.',
    ],
    [
      'after a field of two lines',
      ['id,note,label', 'a,"x', 'y",true', 'b,,nope'],
      'labels.csv:4: the label is "nope"',
    ],
    ['a stray quotation mark', ['id,label', 'a,"tr"ue'], 'labels.csv:2: a quotation mark'],
    ['a quotation mark that never ends', ['id,label', 'a,"true'], 'labels.csv:2: a quotation mark'],
  ];
  test.each(rows)('%s', (_, lines, message) => {
    expect(() => parse(...lines)).toThrow(message);
  });
});

test('whatever is written as RFC 4180 says is read back, with its lines', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' ', 'é') });
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(table, (rows) => {
      const filled = rows.map(([first = '', ...rest]) => [`x${first}`, ...rest]);
      const written = filled.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
      const { records, brokenAt } = parseCsv(`${written.join('\n')}\n`);
      expect(brokenAt).toBeNull();
      expect(records.map(({ cells }) => cells)).toEqual(filled);
      const starts = written.map(
        (_, at) =>
          written
            .slice(0, at)
            .join('\n')
            .split(/\r\n|\n/).length + (at > 0 ? 1 : 0),
      );
      expect(records.map(({ line }) => line)).toEqual(starts);
    }),
  );
});
