// Which result of a report a label speaks of.
import { expect, test } from 'vitest';
import { listResults } from '../../src/measure/list-results.ts';
import { matchLabels } from '../../src/measure/match-labels.ts';
import { parseLabels } from '../../src/measure/parse-labels.ts';

const aResult = (uri: string, startLine: number, ruleId = 'sql', caseId?: string) => ({
  ruleId,
  locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine } } }],
  ...(caseId === undefined ? {} : { properties: { caseId } }),
});

function match(results: readonly unknown[], ...labels: readonly string[]) {
  const sarif = JSON.stringify({ version: '2.1.0', runs: [{ results }] });
  const matched = matchLabels(
    parseLabels(labels.join('\n'), 'labels.csv'),
    listResults(sarif, 'findings.sarif', 0),
  );
  return {
    pairs: matched.matched.map(({ label, result }) => [label.fileLine, result.index]),
    unmatched: matched.unmatched.map(({ fileLine }) => fileLine),
    unlabelled: matched.unlabelled,
  };
}

test('the id of a case wins over its place', () => {
  const results = [aResult('a.py', 1, 'sql', 'x'), aResult('a.py', 1, 'sql', 'y')];
  const { pairs } = match(results, 'id,path,line,ruleId,label', 'y,a.py,1,sql,true', 'x,a.py,1,sql,false');
  expect(pairs).toEqual([
    [2, 1],
    [3, 0],
  ]);
});

test('a path may be written in every way that scanners write it', () => {
  const results = [
    aResult('./src/a%20b.py', 1),
    aResult('file:///builds/repo/src/c.py', 1),
    aResult('src\\d.py', 1),
    aResult('e.py', 1),
  ];
  const labels = ['src/a b.py,1,true', 'src/c.py,1,true', './src/d.py,1,true', 'src/e.py,1,true'];
  expect(match(results, 'path,line,label', ...labels).pairs.map(([, index]) => index)).toEqual([0, 1, 2, 3]);
});

test('the end of another file’s name is no match', () => {
  expect(match([aResult('src/other-app.py', 1)], 'path,line,label', 'app.py,1,true').unmatched).toEqual([2]);
});

test('another line or another rule is another result', () => {
  const { pairs, unmatched, unlabelled } = match(
    [aResult('a.py', 1, 'sql'), aResult('a.py', 2, 'xss')],
    ...['path,line,ruleId,label', 'a.py,1,xss,true', 'a.py,2,xss,true'],
  );
  expect(pairs).toEqual([[3, 1]]);
  expect({ unmatched, unlabelled }).toEqual({ unmatched: [2], unlabelled: 1 });
});

test('two results at one place are taken in their order, each once', () => {
  const both = [aResult('a.py', 1), aResult('a.py', 1)];
  expect(match(both, 'id,path,line,label', 'p,a.py,1,true', 'q,a.py,1,false', 'r,a.py,1,true')).toEqual({
    pairs: [
      [2, 0],
      [3, 1],
    ],
    unmatched: [4],
    unlabelled: 0,
  });
});

test('odd results are no results for a label, and stop nothing', () => {
  const results = [null, 7, { locations: 'x' }, { ruleId: 3, locations: [{}] }, aResult('a.py', 4)];
  expect(match(results, 'path,line,label', 'a.py,4,true').pairs).toEqual([[2, 4]]);
});

test('what is no SARIF is said to be none', () => {
  expect(() => listResults('{', 'scan.sarif', 0)).toThrow('scan.sarif cannot be read as JSON');
  expect(() => listResults('{}', 'scan.sarif', 0)).toThrow('scan.sarif is no SARIF file');
});
