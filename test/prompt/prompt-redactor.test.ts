// Rows 15, R7: no secret stands in a prompt, of whatever kind and however it is written; lines stay where they were.
import { Buffer } from 'node:buffer';
import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPromptRedactor } from '../../src/prompt/prompt-redactor.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { SECRET_KINDS } from './secret-kinds.ts';

const KNOWN = 'canary-5E2c9f8e7D6c5b4a-Xq';
const redact = await createPromptRedactor([KNOWN]);
const lineCount = (text: string) => text.split('\n').length;

describe('a kind of secret that nobody told us of', () => {
  it('is one of at least sixty', () => {
    expect(new Set(SECRET_KINDS.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(60);
  });

  it.each(SECRET_KINDS.map((sample) => [sample.kind, sample] as const))(
    'is taken out: %s',
    async (_kind, sample) => {
      const code = `before();\n${sample.code}\n; after();`;
      const shown = await redact(code);
      for (const secret of sample.secrets) expect(shown).not.toContain(secret);
      expect(shown).toContain('⟦redacted: ');
      expect(lineCount(shown)).toBe(lineCount(code));
      expect(shown.startsWith('before();\n')).toBe(true);
      expect(shown.endsWith('\n; after();')).toBe(true);
    },
  );

  it.each(
    SECRET_KINDS.filter(({ code }) => code.startsWith('const value = "')).map(
      (sample) => [sample.kind, sample] as const,
    ),
  )('is taken out of a string torn in two: %s', async (_kind, { code, secrets }) => {
    const secret = secrets[0] ?? '';
    const middle = code.indexOf(secret) + Math.floor(secret.length / 2);
    const torn = `${code.slice(0, middle)}" +\n    "${code.slice(middle)}`;
    const shown = await redact(torn);
    expect(shown).not.toContain(secret.slice(0, Math.floor(secret.length / 2)));
    expect(lineCount(shown)).toBe(2);
  });

  it('is seen through invisible characters', async () => {
    const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    expect(await redact(`x = "${[...token].join('\u200b')}"`)).not.toContain('B');
  });
});

const bytes = Buffer.from(KNOWN);
const half = Math.floor(KNOWN.length / 2);
const SHAPES: Readonly<Record<string, string>> = {
  plain: KNOWN,
  'upper case': KNOWN.toUpperCase(),
  base64: bytes.toString('base64'),
  'base64 behind other bytes': Buffer.from(`PASSWORD=${KNOWN}`).toString('base64'),
  'base64 for URLs': bytes.toString('base64url'),
  hexadecimal: bytes.toString('hex'),
  'URL encoding': encodeURIComponent(KNOWN),
  'URL encoding of every byte': [...bytes].map((byte) => `%${byte.toString(16)}`).join(''),
  reversed: [...KNOWN].reverse().join(''),
  'broken into two lines': `${KNOWN.slice(0, half)}\n${KNOWN.slice(half)}`,
  'joined from two strings': `"${KNOWN.slice(0, half)}" + "${KNOWN.slice(half)}"`,
  'joined over lines': `"${KNOWN.slice(0, half)}"\n  . '${KNOWN.slice(half)}'`,
  'first half': KNOWN.slice(0, half),
  'second half': KNOWN.slice(half),
};

describe('a value of the environment', () => {
  it.each(Object.entries(SHAPES))('is taken out when it stands there as: %s', async (_shape, written) => {
    const code = `const a = (${written});\nuse(a);`;
    const shown = await redact(code);
    expect(shown).toContain('⟦redacted: known secret⟧');
    expect(shown).not.toContain(written);
    expect(lineCount(shown)).toBe(lineCount(code));
    expect(shown.endsWith('\nuse(a);')).toBe(true);
  });

  it.each([16, 17, 18, 19, 23, 24, 31, 40])(
    'of %i characters is not seen by halves of 8 or more',
    async (length) => {
      const value = 'q7-Zx9!Lm2@Vb4#Nc6$Ht8%Rk1^Wd3&Ys5*Pf0+J'.slice(0, length);
      const known = await createPromptRedactor([value]);
      for (const at of [Math.floor(length / 2), Math.ceil(length / 2)]) {
        for (const piece of [value.slice(0, at), value.slice(at)]) {
          if (piece.length < 8) continue;
          for (const written of [piece, Buffer.from(piece).toString('hex'), [...piece].reverse().join('')])
            expect(await known(`f(${written})`)).not.toContain(written);
        }
      }
    },
  );

  it('is taken out wherever it stands', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileText,
        fc.constantFrom(...Object.values(SHAPES)),
        hostileText,
        async (before, written, after) => {
          const text = `${before}${written}${after}`;
          const shown = await redact(text);
          expect(shown).not.toContain(written);
          expect(lineCount(shown)).toBe(lineCount(text));
        },
      ),
      { numRuns: 150 },
    );
  });
});

const BENIGN: readonly string[] = [
  'sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'id 550e8400-e29b-41d4-a716-446655440000',
  'commit da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'String token = request.getParameter("token");',
  'password = getPassword();',
  "throw new Error('The password is too short, choose another one');",
  'const label = { password: "Your password", hint: "At least eight characters" };',
  'import { thing } from "../../../some/long/path/of/a/module/in/this/repository/file";',
  'cursor.execute("SELECT * FROM users WHERE id = %s", (user_id,))',
  'if (password == null) return;',
  "conn = connect('Server=db;Password=' + password + ';')",
  'https://example.com/a:b@c?signature=none',
  'aVeryLongMethodNameThatSomebodyWroteInCamelCaseBecauseTheyCouldAndNobodyMinded()',
];

describe('what is no secret', () => {
  it.each(BENIGN)('stays as it is: %s', async (text) => {
    expect(await redact(text)).toBe(text);
  });

  it('stays in real code: the demo keeps its lines, and few of them hold a mark', async () => {
    const files = globSync('fixtures/demo/base/**/*.{js,java,py,c,go,php,rb}');
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      const shown = await redact(text);
      expect(lineCount(shown)).toBe(lineCount(text));
      const changed = shown.split('\n').filter((line, index) => line !== text.split('\n')[index]);
      expect([file, changed.length <= 3]).toEqual([file, true]);
    }
  });
});

it('looking for secrets leaves nothing behind in the process, however many texts it looks at', async () => {
  const redact = await createPromptRedactor([]);
  const count = () => performance.getEntriesByType('mark').length;
  const before = count();
  for (let line = 0; line < 20; line += 1) await redact(`const line = ${line};`);
  expect(count()).toBe(before);
});
