import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findQuickAction } from '#adapters/gitlab/find-quick-action.ts';
import { extractQuickActions } from '../../emulators/gitlab/quick-actions.ts';

it.each([
  '/merge',
  'text\n/close',
  'text\r\n/assign @ada',
  'text\n\r/label ~x',
  '/MERGE now',
  '/merge\tnow',
  '/of_an_instance_alone',
  '````suggestion:-0+1\n/merge\n````',
  '```\ncode\n```\n/merge',
  '```\n````\n/merge\n```',
  '~~~\n/merge\n~~~',
  '``` a`b\n/merge\n',
])('a line that GitLab may run is found: %j', (body) => {
  expect(findQuickAction(body)).toMatch(/^\/\w/);
});

it.each([
  'The path /usr/bin is read.',
  '`/merge`',
  '/usr/bin/env',
  '// comment',
  '```suggestion:-0+1\n/merge\n```',
  '```\n/merge\n```\nmore',
  '> /merge',
])('a line that it does not is left alone: %j', (body) => {
  expect(findQuickAction(body)).toBeNull();
});

it('no text gets past it of which a known command would be run', () => {
  const piece = fc.constantFrom(
    '/merge',
    '/close',
    '/assign @x',
    '```',
    '````',
    '`',
    'text',
    '',
    ' ',
    '\r',
    '/a/b',
    '>>>',
  );
  fc.assert(
    fc.property(fc.array(fc.array(piece, { maxLength: 2 }), { maxLength: 8 }), (lines) => {
      const body = lines.map((pieces) => pieces.join('')).join('\n');
      if (findQuickAction(body) === null) expect(extractQuickActions(body).commands).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});
