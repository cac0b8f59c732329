import { describe, expect, it } from 'vitest';
import { isMarked } from '#domain/is-marked.ts';

const MARKER = '<!-- assay:v1 k=finding -->';

describe('a comment carries its marker', () => {
  it.each([`a\n\n${MARKER}`, `a\r\n\r\n${MARKER}\r\n`, MARKER, `a\n${MARKER} \n`])(
    'as its last line: %j',
    (body) => expect(isMarked(body, MARKER)).toBe(true),
  );

  it.each([`a ${MARKER}`, `\`${MARKER}\``, `${MARKER}\na`, `a\n    ${MARKER}`, `> ${MARKER}`, ''])(
    'and not inside of its text: %j',
    (body) => expect(isMarked(body, MARKER)).toBe(false),
  );
});
