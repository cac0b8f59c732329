// How a later run knows its own comments, and that a person changed one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  categoryMark,
  createSeal,
  digestOf,
  isEdited,
  type MarkerFields,
  type MarkerPast,
  readMarker,
  toolSlug,
  visibleText,
  withMarker,
  writeMarker,
} from '#publish/marker.ts';
import { hostileText } from '../doubles/hostile-text.ts';
import { readMarkdown } from '../doubles/markdown-reader.ts';

const about = { host: 'github', change: 'shop/orders#7' };
const signed = createSeal({ ...about, key: 'a key that stays the same' });
const unsigned = createSeal({ ...about, key: null });
const fields: MarkerFields = {
  kind: 'finding',
  id: 'c0ffee0000000001',
  fingerprint: '0123456789abcdef',
  state: 'open',
  category: categoryMark('nightly'),
  tool: 'semgrep',
  posted: [],
};
const text = '**Real**\n\nThe value of `id` reaches the query.';

const hexadecimal = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const anyFields: fc.Arbitrary<MarkerFields> = fc.record({
  kind: fc.constantFrom('finding', 'summary', 'review'),
  id: fc.oneof(hexadecimal(16), fc.constant('-')),
  fingerprint: fc.option(hexadecimal(16)),
  state: fc.constantFrom('open', 'closed'),
  category: fc.oneof(fc.string().map(categoryMark), fc.constant('-')),
  tool: fc.option(hostileText.map(toolSlug)),
  posted: fc.array(hexadecimal(16), { maxLength: 30 }),
});
const anyPast: fc.Arbitrary<MarkerPast> = fc.record({
  why: fc.constantFrom('fixed', 'gone', 'other', 'moved'),
  setAside: fc.boolean(),
  closedAt: hexadecimal(40),
  backSince: fc.option(hexadecimal(40)),
});

describe('a marker', () => {
  it('is one hidden line at the end of a comment', () => {
    const { body, marker } = withMarker(text, fields, signed);
    expect(body).toBe(`${text}\n\n${marker}`);
    expect(marker).toMatch(
      /^<!-- assay:v1 k=finding id=c0ffee0000000001 fp=0123456789abcdef st=open cat=[0-9a-f]{8} tool=semgrep body=[0-9a-f]{16} posted=- mac=[0-9a-f]{32} -->$/,
    );
    expect(readMarkdown(body).html).toEqual([marker]);
    expect(visibleText(body)).toBe(text);
  });

  it('says again what was written, for any fields and any text, with and without a key', () => {
    fc.assert(
      fc.property(anyFields, fc.option(anyPast), hostileText, fc.boolean(), (plain, past, visible, key) => {
        const some = past === null ? plain : { ...plain, past };
        const seal = key ? signed : unsigned;
        const { body, marker } = withMarker(visible, some, seal);
        expect(readMarker(body, seal)).toEqual({ ...some, body: digestOf(visible) });
        expect(marker).toMatch(/^<!-- assay:[A-Za-z0-9 =._,:-]* -->$/);
      }),
    );
  });

  it('survives what hosts do to line ends and to white space at the end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('word', '`code`', '', '  two', '- item'), { maxLength: 8 }),
        fc.constantFrom('', '\n', '\r\n', '  ', '\n\n \n'),
        (lines, tail) => {
          const { body } = withMarker(lines.join('\n'), fields, signed);
          const stored = body.replaceAll('\n', '\r\n') + tail;
          const marker = readMarker(stored, signed);
          expect(marker).toEqual(readMarker(body, signed));
          expect(marker && isEdited(stored, marker)).toBe(false);
        },
      ),
    );
  });

  it('is refused with a key when any character of it was changed', () => {
    const { marker } = withMarker(text, { ...fields, posted: ['aa', 'bb'] }, signed);
    const place = fc.integer({ min: 0, max: marker.length - 1 });
    fc.assert(
      fc.property(place, fc.constantFrom(...'0123456789abcdefz-, '), (index, character) => {
        const changed = marker.slice(0, index) + character + marker.slice(index + 1);
        fc.pre(changed !== marker);
        expect(readMarker(`${text}\n\n${changed}`, signed)).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  it('is refused on another change, another host, under another key, and unsigned where there is a key', () => {
    const { body } = withMarker(text, fields, signed);
    const key = 'a key that stays the same';
    for (const other of [
      createSeal({ ...about, change: 'shop/orders#8', key }),
      createSeal({ ...about, host: 'gitlab', key }),
      createSeal({ ...about, key: 'another key' }),
    ]) {
      expect(readMarker(body, other)).toBeNull();
    }
    expect(readMarker(withMarker(text, fields, unsigned).body, signed)).toBeNull();
    expect(
      readMarker(withMarker(text, fields, unsigned).body, createSeal({ ...about, key: '' })),
    ).not.toBeNull();
  });

  it('counts only as the last line, alone, and not quoted', () => {
    const { body, marker } = withMarker(text, fields, signed);
    for (const not of [
      `${text}\n\n${marker}\n\nMore below it.`,
      `${text} ${marker}`,
      `> ${marker}`,
      `> ${text}\n>\n> ${marker}\n\nIs this so?`,
      `\`${marker}\``,
      `    ${marker}`,
      `${marker}\n\n${body}`,
      text,
      '',
    ]) {
      expect(readMarker(not, signed)).toBeNull();
    }
  });

  it('stays readable when the text quotes the beginning of one', () => {
    const { body } = withMarker('- `<!-- assay:v1 k=finding id=x`', fields, signed);
    expect(readMarker(body, signed)?.id).toBe(fields.id);
  });

  it('is not written with a value that could end the hidden line', () => {
    for (const bad of [{ id: 'a --> b' }, { tool: 'x -->' }, { posted: ['a b'] }, { category: 'nightly' }]) {
      expect(() => writeMarker({ ...fields, body: digestOf(text), ...bad }, signed)).toThrow('does not fit');
    }
  });
});

describe("a person's edit", () => {
  it('is seen: any other word, line or mark', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (before, after) => {
        fc.pre(digestOf(before) !== digestOf(after));
        const { body, marker } = withMarker(before, fields, signed);
        const known = readMarker(body, signed);
        expect(known && isEdited(body, known)).toBe(false);
        expect(known && isEdited(`${after}\n\n${marker}`, known)).toBe(true);
      }),
    );
    const known = readMarker(withMarker(text, fields, signed).body, signed);
    expect(known && isEdited(`${text} Not so.\n\n-`, known)).toBe(true);
  });
});

describe('a tool in a marker', () => {
  it('is a word of letters, digits and single dashes', () => {
    expect(toolSlug('CodeQL')).toBe('codeql');
    expect(toolSlug('Semgrep OSS -- (pro)')).toBe('semgrep-oss-pro');
    expect(toolSlug('扫描器')).toMatch(/^[0-9a-f]{8}$/);
    fc.assert(
      fc.property(hostileText, (name) => {
        expect(toolSlug(name)).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      }),
    );
  });
});
