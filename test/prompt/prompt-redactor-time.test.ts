// Security row 36: no text makes the search for secrets slow: 64 KiB of the worst strings cost a pattern 50 ms at most.
import { describe, expect, it } from 'vitest';
import { MORE_SECRET_PATTERNS } from '../../src/prompt/more-secret-patterns.ts';
import { createPromptRedactor } from '../../src/prompt/prompt-redactor.ts';
import { secretViews } from '../../src/prompt/secret-views.ts';
import { cpuTimeOf } from './cpu-time.ts';

const SIZE = 65_536;
const MOST_MS = { pattern: 50, whole: 1_000 } as const;

/** Pieces that make a careless pattern start over, or nearly match, again and again. */
const WORST: readonly string[] = [
  ...[
    'a',
    'A',
    '0',
    'aA0',
    ' ',
    '\n',
    '\t',
    '"',
    "'",
    '`',
    '=',
    '-',
    '.',
    '/',
    '\\',
    '\\\n',
    '" ',
    '"\n',
    '" +\n',
  ],
  ...[
    '"+"',
    "' + '",
    '"  "',
    '\u200b',
    'a\u200b',
    'Password=',
    'Password = ',
    'Pwd=a1',
    'password = "a b ',
    'passphrase: "',
  ],
  ...[
    '?sig=',
    '&signature=a',
    'M',
    'N.',
    'MNOabcdefghijklmnopqrstuvw.',
    'key-',
    'EAAA',
    'EAA',
    'AKCp',
    'pat',
    'PrivateKey = ',
  ],
  ...[
    'x.atlasv1.',
    'discord.com/api/webhooks/1',
    '.webhook.office.com/',
    'a-',
    'access_token$production$',
    'FlyV1 fm2_',
    'v1.0-',
  ],
  ...[
    'PuTTY-User-Key-File-2: x\n',
    '\nPrivate-MAC: ',
    '"private_key_id" : "',
    '8Q~',
    '~~~8Q~',
    'xoxb-',
    '-----BEGIN RSA PRIVATE KEY-----',
  ],
];

async function slowPieces(work: (text: string) => unknown, most: number): Promise<readonly string[]> {
  const slow: string[] = [];
  for (const piece of WORST) {
    const text = piece.repeat(Math.ceil(SIZE / piece.length));
    const spent: number[] = [];
    // Compiling and tidying up take their time too: three chances.
    while (spent.length < 3 && spent.every((one) => one > most))
      spent.push(await cpuTimeOf(() => work(text)));
    if (spent.every((one) => one > most)) slow.push(`${piece}: ${Math.round(Math.min(...spent))} ms`);
  }
  return slow;
}

describe('the slowest of the worst texts', () => {
  it.each(MORE_SECRET_PATTERNS.map(({ kind, pattern }) => [kind, pattern] as const))(
    'costs the pattern of %s at most 50 ms',
    async (_kind, pattern) => {
      expect(await slowPieces((text) => text.replace(pattern, ''), MOST_MS.pattern)).toEqual([]);
    },
  );

  it('is mended and made visible in linear time', async () => {
    expect(await slowPieces(secretViews, MOST_MS.pattern * 2)).toEqual([]);
  });

  it('passes the whole search, secretlint included', async () => {
    const redact = await createPromptRedactor([
      'ASSAY-CANARY-5e2c-9f8e7d6c5b4a',
      'abababababababababcd',
      'hunter2',
    ]);
    expect(await slowPieces(redact, MOST_MS.whole)).toEqual([]);
  });
});
