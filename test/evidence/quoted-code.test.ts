// Code that is quoted in a fact or a question stays in one piece, also where it holds backticks itself.
import { describe, expect, it } from 'vitest';
import { codeSpan, toInertMarkdown } from '#support/escape-markdown.ts';
import { evidenceOf } from './evidence-of.ts';

describe('quoted code with backticks', () => {
  it.each([
    [
      'javascript',
      "const { exec } = require('child_process');\nfunction print(printer) {\n  exec(`lp ${printer ? `-d ${printer}` : ''} x`); // HERE\n}\n",
      "exec('lp ${printer ? '-d ${printer}' : ''} x')",
    ],
    [
      'go',
      'package a\n\nimport "os/exec"\n\nfunc run(name string) {\n\texec.Command("sh", "-c", `lp `+name) // HERE\n}\n',
      'exec.Command("sh", "-c", \'lp \'+name)',
    ],
  ])('is one code span in %s', async (language, source, shown) => {
    const { facts, unknowns } = await evidenceOf(language, source, { cwe: [78] });
    const texts = [...facts, ...unknowns].map(({ text }) => text);
    expect(texts.join('\n')).toContain(`holds \`${shown}\``);
    for (const text of texts) expect(text.split('`').length % 2).toBe(1);
    const call = texts.find((text) => text.includes(shown)) ?? '';
    expect(toInertMarkdown(call)).toContain(`holds ${codeSpan(shown)}`);
  });
});
