// How an open question reads.
import { expect, test } from 'vitest';
import { evidenceOf } from './evidence-of.ts';

async function questionsAbout(source: string): Promise<readonly string[]> {
  const { unknowns } = await evidenceOf('javascript', source, { cwe: [78] });
  return unknowns.map(({ text }) => text);
}

test('what is told of a variable ends with a comma before the question goes on', async () => {
  const source = `const { exec } = require('child_process');
function run(list) {
  const args = ['lp'];
  fill(args);
  exec(args[0]); // HERE
}
`;
  expect(await questionsAbout(source)).toEqual(['What can `args`, which `fill` may change (line 4), hold?']);
});

test('a bare name needs none', async () => {
  const source = `const { exec } = require('child_process');
function run() {
  exec(command()); // HERE
}
`;
  expect(await questionsAbout(source)).toEqual(['What does `command` (line 3) return?']);
});
