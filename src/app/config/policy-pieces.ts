// The small parts that keys of `assay.yml` share: globs, CWEs, lines of text.
import { z } from 'zod';
import { SEVERITIES } from '#domain/severity.ts';
import { globProblem, MAX_GLOB_LENGTH } from '../../support/glob.ts';

const MAX_CWE = 99_999;

export const OneLine = z
  .string()
  .refine((text) => text.trim() !== '' && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), {
    error: 'expected some text on one line',
  });

export const Glob = z
  .string()
  .min(1)
  .max(MAX_GLOB_LENGTH)
  .superRefine((glob, context) => {
    const problem = globProblem(glob);
    if (problem !== null) context.addIssue({ code: 'custom', message: `the glob ${problem}` });
  })
  .describe(
    'Path pattern from the repository root: * within a folder, ** across folders, ? one character, {a,b} either.',
  );

const NOT_A_CWE = { error: 'expected a CWE such as 89 or CWE-89' };
export const Cwe = z
  .union(
    [z.int(NOT_A_CWE).min(1).max(MAX_CWE), z.string().regex(/^(CWE|cwe)-[1-9][0-9]{0,4}$/, NOT_A_CWE)],
    NOT_A_CWE,
  )
  .describe('A CWE, as 89 or CWE-89.');

export const Level = z.enum(SEVERITIES);
export const RuleId = OneLine.max(300).describe("A scanner's rule id, exactly.");

export const Globs = z.array(Glob).max(500);
