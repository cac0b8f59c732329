import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fenceCommands, showAnnotations } from '#app/ci/workflow-log.ts';
import type { TriageOutcome } from '#app/triage-outcome.ts';
import { readWorkflowCommands } from './runner-protocol.ts';

const line = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '::set-env name=NODE_OPTIONS::--require ./x',
    '::stop-commands::x',
    '::x::',
    '  ::add-mask::a',
    '##[command]x',
  ),
);

test('nothing between the fence is a command, whatever it holds', () => {
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      expect(readWorkflowCommands(fenceCommands(lines.join('\n')))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('commands work again after the fence, and no two fences share a token', () => {
  const fence = fenceCommands('::error::a');
  expect(readWorkflowCommands(`${fence}::warning::b\n`)).toEqual([
    { name: 'warning', properties: '', message: 'b' },
  ]);
  expect(fenceCommands('::error::a')).not.toBe(fence);
});

test('an annotation that is more than one annotation command is not printed', () => {
  const annotations = [
    '::error file=a.ts,line=1::real',
    '::error file=a.ts::x\n::set-env name=A::b',
    '::add-mask::x',
    'just text',
    '::warning ::x\r::set-env name=A::b',
  ];
  const outcome = { document: {}, annotations } as unknown as TriageOutcome;
  expect(showAnnotations(outcome)).toBe('::error file=a.ts,line=1::real\n');
});
