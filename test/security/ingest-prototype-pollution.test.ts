// Row 23: keys that are special to JavaScript, in every place of SARIF whose keys are free. Object.prototype is frozen in tests.
import { expect, test } from 'vitest';
import { ingest } from '../doubles/memory-report.ts';

const KEYS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf'];

/** JSON of an object with these keys, all with the same value. */
function bag(value: string): string {
  return `{${KEYS.map((key) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}

const strings = bag('"polluted"');
const texts = bag('{"text":"polluted"}');
const text = `{"version":"2.1.0","properties":${strings},"__proto__":{"polluted":true},"runs":[{
  "__proto__":{"results":[1,2,3]},"constructor":{"prototype":{"polluted":true}},
  "originalUriBaseIds":${bag('{"uri":"file:///polluted/"}')},
  "tool":{"__proto__":{"polluted":true},"driver":{"name":"S","globalMessageStrings":${texts},"properties":${strings},
    "rules":[${KEYS.map((key) => `{"id":${JSON.stringify(key)},"messageStrings":${texts},"properties":{"tags":${JSON.stringify(KEYS)},"__proto__":{"security-severity":"9.9"}}}`).join(',')}]}},
  "results":[${KEYS.map((key) => `{"ruleId":${JSON.stringify(key)},"message":{"id":${JSON.stringify(key)}},"fingerprints":${bag(`"f ${key}"`)},"partialFingerprints":${bag(`"p ${key}"`)},"properties":${strings},"__proto__":{"level":"error","ruleId":"polluted"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.c","uriBaseId":${JSON.stringify(key)}}}}]}`).join(',')}]}]}`;

test('special keys are data: found where they are defined, and nowhere else', async () => {
  const report = await ingest(text);
  expect(report.fault).toBeNull();
  const results = report.results.flatMap((entry) => (entry.kind === 'result' ? entry.result : []));
  expect(results.map((result) => result.rule.id)).toEqual(KEYS);
  for (const result of results) {
    expect(result).toMatchObject({
      level: 'warning',
      securitySeverity: null,
      message: 'polluted',
      location: { uri: 'file:///polluted/a.c' },
    });
    expect(result.rule.tags).toEqual(KEYS);
    expect(result.fingerprints.map(([key]) => key)).toEqual([...KEYS].sort());
  }
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('special keys that are defined nowhere are found nowhere', async () => {
  const results = KEYS.map((key) => ({
    ruleId: key,
    message: { id: key },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'a.c', uriBaseId: key } } }],
    kind: key,
    level: key,
  }));
  const report = await ingest({ version: '2.1.0', runs: [{ tool: { driver: { name: 'S' } }, results }] });
  for (const [index, entry] of report.results.entries())
    expect(entry).toMatchObject({
      kind: 'result',
      result: {
        rule: { id: KEYS[index], name: null },
        message: '',
        level: 'warning',
        location: { uri: 'a.c' },
      },
    });
});
