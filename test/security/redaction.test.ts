// Rows 15, 16: a secret leaves in no shape and through no exit; what only looks like one stays.
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactDocument } from '#publish/redact-document.ts';
import { renderAnnotations } from '#publish/render-annotations.ts';
import { renderCodeQuality } from '#publish/render-code-quality.ts';
import { renderExplanation } from '#publish/render-explanation.ts';
import { renderJson } from '#publish/render-json.ts';
import { renderSarif } from '#publish/render-sarif.ts';
import { renderSummary } from '#publish/render-summary.ts';
import { renderTable } from '#publish/render-table.ts';
import { parseResult } from '#publish/result-schema.ts';
import { createRedactor } from '#support/redact.ts';
import { aDocument, aFinding, aLocation, aReason, aRun, aVerdict } from '../doubles/result-document.ts';

const CANARY = 'ASSAY-CANARY-5e2c/9f+8e7d=6c5b&4a';
const bytes = Buffer.from(CANARY);

/** Shapes in which somebody may have smuggled the canary into a text. */
const SHAPES: Readonly<Record<string, string>> = {
  exact: CANARY,
  'upper case': CANARY.toUpperCase(),
  reversed: [...CANARY].reverse().join(''),
  base64: bytes.toString('base64'),
  'base64 after other bytes': Buffer.from(`TOKEN=${CANARY}\n`).toString('base64'),
  'base64 after one byte': Buffer.from(`x${CANARY}`).toString('base64'),
  'base64 for URLs': bytes.toString('base64url'),
  hexadecimal: bytes.toString('hex'),
  'hexadecimal with blanks': bytes.toString('hex').replace(/../g, '$& '),
  'URL encoding': encodeURIComponent(CANARY),
  'URL encoding of every byte': [...bytes].map((byte) => `%${byte.toString(16)}`).join(''),
  'character codes': [...bytes].join(', '),
  'first half': CANARY.slice(0, Math.ceil(CANARY.length / 2) + 1),
  'second half': CANARY.slice(Math.floor(CANARY.length / 2) - 1),
  'first seven characters cut': CANARY.slice(7),
  'blanks between': [...CANARY].join(' '),
  'dashes between': [...CANARY].join('-'),
  'zero width between': [...CANARY].join('\u200b'),
  'broken into lines': CANARY.replace(/.{5}/g, '$&\n'),
};

/** Longest stretch of letters that `text` shares with `secret`, punctuation and case aside. */
function longestLeak(text: string, secret: string): number {
  const squeeze = (value: string) => value.toLowerCase().replace(/[^a-z0-9]/g, '');
  const [haystack, needle] = [squeeze(text), squeeze(secret)];
  for (let length = needle.length; length > 0; length -= 1) {
    for (let start = 0; start + length <= needle.length; start += 1) {
      if (haystack.includes(needle.slice(start, start + length))) return length;
    }
  }
  return 0;
}

describe('a secret that the run knows', () => {
  const redact = createRedactor([CANARY]);

  it.each(Object.entries(SHAPES))('is taken out when it stands there as: %s', (_shape, shape) => {
    const redacted = redact(`before ${shape} after`);
    expect(redacted).toContain('⟦redacted: known secret⟧');
    expect(redacted).toMatch(/^befor/);
    expect(redacted).toMatch(/ after$/);
    expect(longestLeak(redacted.replaceAll('⟦redacted: known secret⟧', ''), shape)).toBeLessThan(14);
  });

  it.each(Object.entries(SHAPES))('leaves through no exit as: %s', (_shape, shape) => {
    const step = { location: aLocation({ path: `src/${shape}` }), message: shape };
    const finding = aFinding({
      id: 'ffffffffffffffff',
      message: `Found ${shape}`,
      ruleId: shape,
      rootCause: shape,
      remediation: shape,
      location: aLocation({ path: `src/${shape}.ts` }),
      flow: [step],
      related: [step],
      fingerprints: { [shape]: shape },
      suppression: { kind: shape, honoured: false, why: shape },
      verdict: aVerdict(
        'needs_review',
        aReason('REV.unknown', shape, { path: shape, line: 1, quote: shape }),
      ),
      gate: { effect: 'blocks', why: shape },
    });
    const raw = aDocument([finding], {
      run: {
        ...aRun(1),
        category: shape,
        inputs: aRun(1).inputs.map((input) => ({ ...input, name: shape, notices: [shape] })),
      },
      notices: [{ code: 'x', text: shape }],
    });
    const document = redactDocument(raw, redact);
    const outputs = [
      renderJson(document),
      renderSarif(document),
      renderSummary(document, { limit: 60_000 }),
      renderCodeQuality(document),
      renderTable(document, { width: 200, color: false }),
      renderExplanation(document, 'ffffffffffffffff', { width: 120, color: false }),
      renderAnnotations(document).join('\n'),
    ];
    for (const output of outputs) {
      expect(output).not.toContain(shape);
      expect(longestLeak(output, shape)).toBeLessThan(14);
    }
    expect(parseResult(renderJson(document))).toEqual(document);
  });

  it('leaves the words alone that other tools read', () => {
    const document = aDocument([aFinding({ scope: { state: 'existing', why: 'old' } })]);
    const redacted = redactDocument(
      document,
      createRedactor(['needs_review', 'existing', 'finding', 'semgrep.sarif']),
    );
    expect(redacted.findings[0]?.verdict?.label).toBe('needs_review');
    expect(redacted.findings[0]?.scope.state).toBe('existing');
    expect(redacted.run.inputs[0]?.name).toBe('⟦redacted: known secret⟧');
    expect(parseResult(renderJson(redacted))).toEqual(redacted);
  });

  it('is found wherever it stands in a long text, in any surroundings', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }),
        fc.constantFrom(...Object.values(SHAPES)),
        fc.string({ maxLength: 200 }),
        (before, shape, after) => {
          expect(redact(before + shape + after)).toContain('⟦redacted: known secret⟧');
        },
      ),
      { numRuns: 1000 },
    );
  });
});

/** One sample a kind; none is a real credential. Split so that no scanner of this repository takes them for one. */
const SAMPLES: readonly (readonly [kind: string, text: string])[] = [
  ['AWS access key id', `AKIA${'IOSFODNN7EXAMPLQ'}`],
  ['AWS access key id', `ASIA${'ABCDEFGHIJKLMNOP'}`],
  ['GitHub token', `ghp_${'a1B2c3D4e5F6'.repeat(3)}`],
  ['GitHub token', `github_pat_${'11ABCDEFG0abcdefghijkl_mnopqrstuv'}`],
  ['GitLab token', `glpat-${'abcdEFGH1234ijklMNOP'}`],
  ['Slack token', `xoxb-${'123456789012-abcdefGHIJKL'}`],
  ['Slack webhook', `hooks.slack.com/services/${'T00000000/B00000000/abcdefghijklmnop'}`],
  ['Stripe key', `sk_live_${'abcdEFGH1234ijkl5678'}`],
  ['npm token', `npm_${'abcdEFGH1234'.repeat(3)}`],
  ['PyPI token', `pypi-${'AgEIcHlwaS5vcmcCJ'.repeat(4)}`],
  ['OpenAI key', `sk-proj-${'abcdEFGH1234ijkl5678mnop'}`],
  ['OpenAI key', `sk-${'abcdEFGH1234ijkl'.repeat(3)}`],
  ['Anthropic key', `sk-ant-${'api03-abcdEFGH1234ijkl5678'}`],
  ['Google key', `AIza${'SyA1234567890abcdefghijklmnopqrstuv'}`],
  ['Hugging Face token', `hf_${'abcdefghijklmnopqrstuvwxyzABCDEF'}`],
  ['SendGrid key', `SG.${'abcdefghijklmnopqrstuv'}.${'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'}`],
  ['Twilio key', `SK${'0123456789abcdef'.repeat(2)}`],
  ['HashiCorp Vault token', `hvs.${'CAESIabcdefghijklmnopqrstuvwx'}`],
  ['Telegram token', `123456789:AA${'abcdefghijklmnopqrstuvwxyz0123456'}`],
  [
    'JSON web token',
    `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiIxMjM0NTY3ODkwIn0'}.${'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'}`,
  ],
  [
    'private key',
    `-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA75x2Zq\nabcdefgh\n-----END RSA PRIVATE KEY-----`,
  ],
  ['private key', `-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU`],
  ['private key', String.raw`-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSj`],
  ['password in a URL', 'postgres://app:hunter2hunter2@db.example/prod'],
  ['token in a URL', 'https://abcdEFGH1234ijkl5678@git.example/x.git'],
  ['authorization', 'Authorization: Bearer abcdEFGH1234ijkl5678'],
  ['password', 'password = "Tr0ub4dor&3"'],
  ['password', "client_secret: 'q8Zr!mk29Lw'"],
  ['password', 'API_KEY=9f8Kd03mXz71'],
  ['password', 'AccountKey=abcDEF123456789/+xyzQ=='],
];

const BENIGN: readonly string[] = [
  'commit da39a3ee5e6b4b0d3255bfef95601890afd80709 by somebody',
  'sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'id 550e8400-e29b-41d4-a716-446655440000',
  'String token = request.getParameter("token");',
  'password = getPassword();',
  'password = %s',
  'password: "<password>"',
  'const secret = process.env.SECRET;',
  'if (password == null) return;',
  'The token is invalid: check the secret name.',
  'https://example.com/a:b@c',
  'https://user:{password}@host/x',
  'Hard-coded secret: -----BEGIN RSA PRIVATE KEY----- found here',
  'risk-assessment-of-the-task-based-skeleton',
  'basic authentication is used',
  'api_key_name = "X-Api-Key"',
  'java/hardcoded-credential-api-call',
  'AKIAxx is a prefix',
];

describe('what looks like a secret', () => {
  const redact = createRedactor([]);

  it.each(SAMPLES)('of the kind %s is taken out', (kind, sample) => {
    const redacted = redact(`In line 3: ${sample}`);
    expect(redacted).toContain(`⟦redacted: ${kind}⟧`);
    expect(redacted.startsWith('In line 3: ')).toBe(true);
    expect(redact(redacted)).toBe(redacted);
  });

  it.each(BENIGN)('but is none stays: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('is marked once: redacting again changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.constantFrom(...SAMPLES.map(([, sample]) => sample)), fc.string({ maxLength: 8 })),
          { maxLength: 5 },
        ),
        (parts) => {
          const once = redact(parts.join(' '));
          expect(redact(once)).toBe(once);
        },
      ),
      { numRuns: 500 },
    );
  });
});
