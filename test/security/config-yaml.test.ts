// Security rows 9, 22 and 23: a configuration file that attacks its reader.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_CONFIG_BYTES, parsePolicy } from '#app/config.ts';
import { AssayError } from '#domain/errors.ts';

function messageOf(content: string | Uint8Array): string {
  try {
    parsePolicy(content, 'assay.yml');
    return 'accepted';
  } catch (error) {
    expect(error).toBeInstanceOf(AssayError);
    return error instanceof AssayError ? error.message : '';
  }
}

/** Processor time, so that a busy machine does not decide the test. */
function timed(content: string): [message: string, fast: boolean] {
  const before = process.cpuUsage();
  const message = messageOf(content);
  const { user, system } = process.cpuUsage(before);
  return [message, (user + system) / 1000 < 4000];
}

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefghi'].map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]}, `.repeat(9)}]`),
].join('\n');

describe('YAML that does more than hold data is refused', () => {
  it.each([
    ['a billion laughs', `version: 1\n${bomb}\n`, 'anchors (&name) are not supported'],
    [
      'an alias',
      'version: 1\nscope: *x\n',
      'assay.yml:2:8: aliases (*name) are not supported: write the value out',
    ],
    ['an anchor', 'version: 1\nscope: &x new\n', 'assay.yml:2:11: anchors (&name) are not supported'],
    ['a merge key', 'version: 1\ngate: &g { mode: report }\n<<: *g\n', 'aliases (*name) are not supported'],
    ['a tag', 'version: !!int 1\n', 'tags (!name) are not supported'],
    ['a foreign tag', 'version: 1\nscope: !!js/function "x"\n', 'tags (!name) are not supported'],
    ['a binary', 'version: 1\nscope: !!binary bmV3\n', 'tags (!name) are not supported'],
    ['a directive', '%YAML 1.1\n---\nversion: 1\n', 'directives'],
    ['a tag directive', '%TAG ! tag:example.org,2000:\n---\nversion: 1\n', 'directives'],
    ['a map as a key', 'version: 1\n? { a: b }\n: c\n', 'a key must be plain text'],
  ])('%s', (_, text, expected) => {
    expect(messageOf(text)).toContain(expected);
  });

  it('yes and no are words, not booleans', () => {
    expect(messageOf('version: 1\nsuppressions: { accept_external: yes }\n')).toContain(
      'expected true or false, found `yes`',
    );
  });
});

describe('a file made to exhaust the reader ends soon, with one clear error', () => {
  it.each([
    ['too large', `version: 1\n${'#'.repeat(MAX_CONFIG_BYTES)}`, 'the limit is 262144'],
    ['deep lists', `version: ${'['.repeat(200_000)}`, 'nested more than 16 levels deep'],
    [
      'deep lists that close',
      `version: ${'['.repeat(500)}${']'.repeat(500)}`,
      'nested more than 16 levels deep',
    ],
    ['deep maps', `version: ${'{a: '.repeat(60_000)}`, 'nested more than 16 levels deep'],
    ['deep entries', `${'- '.repeat(120_000)}a`, 'nested more than 16 levels deep'],
    ['deep keys', '? '.repeat(120_000), 'nested more than 16 levels deep'],
    [
      'deep by indentation',
      Array.from({ length: 700 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'nested more than 16 levels deep',
    ],
    ['many keys', Array.from({ length: 25_000 }, (_, index) => `k${index}: 1`).join('\n'), 'more'],
    [
      'many keys on one line',
      `{${Array.from({ length: 30_000 }, (_, index) => `k${index}`).join(',')}}`,
      'more',
    ],
    ['one long word', `version: ${'x'.repeat(200_000)}`, '(200000 characters)'],
    ['many waivers', `version: 1\nwaivers:\n${'  - {}\n'.repeat(30_000)}`, 'expected at most 1000 entries'],
  ])('%s', (_, text, expected) => {
    const [message, fast] = timed(text);
    expect(message).toContain(expected);
    expect(message.length).toBeLessThan(10_000);
    expect(fast).toBe(true);
  });
});

it('brackets inside text and many short lists are not deep', () => {
  const brackets = '[{'.repeat(40);
  const waiver = `  - { rule: "${brackets}", path: a, reason: '${brackets}', owner: b, expires: 2027-01-01 }\n`;
  const ignore = '  - docs/**\n'.repeat(100);
  expect(messageOf(`version: 1 # ${brackets}\nwaivers:\n${waiver.repeat(50)}ignore:\n${ignore}`)).toBe(
    'accepted',
  );
});

describe('bytes that are no text', () => {
  it.each([
    ['UTF-16', new Uint8Array([0xff, 0xfe, ...Buffer.from('version: 1\n', 'utf16le')])],
    ['Latin-1', Buffer.from('version: 1\n# Gr\u00fc\u00dfe\n', 'latin1')],
    ['an overlong sequence', new Uint8Array([...Buffer.from('version: 1 #'), 0xc0, 0xaf])],
    ['NUL', Buffer.from('version: 1\n#\0\n')],
  ])('%s is refused', (_, bytes) => {
    expect(messageOf(bytes)).toMatch(/^assay\.yml:[12]: the file is not UTF-8 text\.$/);
  });

  it('a byte order mark and Windows line ends are fine, and columns stay right', () => {
    expect(messageOf('\ufeffversion: 1\r\nscope: new\r\n')).toBe('accepted');
    expect(messageOf(Buffer.from('\ufeffversion: 1\r\nscope: old\r\n'))).toContain('assay.yml:2:8: scope');
    expect(messageOf('\ufeffversion: 3\r\n')).toContain('assay.yml:1:10: version');
  });
});

describe('keys that act in other tools', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'])(
    '%s is an unknown key like any other',
    (key) => {
      expect(messageOf(`version: 1\n${key}: { mode: report }\n`)).toContain(
        `assay.yml:2:1: unknown key \`${key}\``,
      );
      expect(messageOf(`version: 1\ngate: { ${key}: { mode: report } }\n`)).toContain(
        `unknown key \`${key}\``,
      );
    },
  );

  it.each(['baseUrl', 'base_url', 'apiKeyEnv', 'headers', 'extends', 'include', 'plugins', 'env', 'prompt'])(
    '%s: no address, key, prompt or other file can come from here',
    (key) => {
      expect(messageOf(`version: 1\n${key}: https://exfil.example\n`)).toContain(`unknown key \`${key}\``);
    },
  );

  it.each(['base_url', 'baseUrl', 'api_key', 'apiKeyEnv', 'headers', 'url', 'proxy'])(
    'model.%s: a model is named here, where it is and its key are not',
    (key) => {
      const named = 'version: 1\nmodel:\n  provider: openai\n  name: x\n';
      expect(messageOf(`${named}  ${key}: https://exfil.example\n`)).toContain(`unknown key \`${key}\``);
      expect(messageOf(`version: 1\nknowledge:\n  ${key}: https://exfil.example\n`)).toContain(
        `unknown key \`${key}\``,
      );
    },
  );
});

it('whatever the text, the answer is a policy or an error with a place, without the text acting on a terminal', () => {
  const pieces = fc.constantFrom(
    ...[
      'version: 1',
      'gate:',
      '\n',
      '  ',
      'rules',
      ': ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '&a',
      '*a',
      '!!x',
      '"',
      "'",
      '#',
      '|',
      '>',
      '?',
      ',',
    ],
    ...[
      '\u202e',
      '\u001b[31m',
      '::error::',
      'expires: 2027-13-01',
      'waivers:',
      '\t',
      '%',
      '---',
      '__proto__',
      '\u0000',
      '\ufffd',
    ],
  );
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')),
      (text) => {
        const message = messageOf(text);
        expect(message === 'accepted' || /^assay\.yml:\d+/.test(message)).toBe(true);
        expect(message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
      },
    ),
    { numRuns: 500 },
  );
});
