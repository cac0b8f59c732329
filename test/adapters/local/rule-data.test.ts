import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseRuleDataOnce } from '#adapters/local/rule-data.ts';

test.runIf(existsSync('/proc/self'))('a cache that cannot be made costs nothing but time', async () => {
  const texts = new Map([['rules/a.yaml', 'a: 1\n']]);
  expect(await parseRuleDataOnce(texts, '/proc/x/cache')).toEqual({ 'rules/a.yaml': { a: 1 } });
});
