// What `assay.yml` may say of dependencies: conditions of gate rules, decisions that count, licences.
import { z } from 'zod';
import { REACHABILITY_LEVELS } from '#domain/dependency.ts';
import { Glob, OneLine } from './policy-pieces.ts';

const weight = (what: string) => z.number().min(0).max(1).describe(what).optional();

/** Keys of a gate rule that hold for findings about dependencies alone. */
export const DEPENDENCY_CONDITIONS = {
  kind: z
    .array(z.enum(['sast', 'sca', 'licence']))
    .min(1)
    .max(3)
    .describe('Blocks findings of these kinds: code, dependencies, licences.')
    .optional(),
  kev: z
    .boolean()
    .describe('Blocks vulnerabilities that CISA lists as exploited (false: those that it does not list).')
    .optional(),
  epss_above: z
    .number()
    .min(0)
    .max(1)
    .describe('Blocks vulnerabilities whose probability of exploitation (EPSS) is above this.')
    .optional(),
  fix_available: z
    .boolean()
    .describe('Blocks vulnerabilities for which a mended version is known (false: is not known).')
    .optional(),
  dependency_scope: z
    .array(z.enum(['runtime', 'dev', 'test', 'optional']))
    .min(1)
    .max(4)
    .describe('Blocks findings in dependencies that are there for this.')
    .optional(),
  reachability: z
    .array(z.enum(REACHABILITY_LEVELS))
    .min(1)
    .max(REACHABILITY_LEVELS.length)
    .describe('Blocks findings in dependencies whose vulnerable code is so near to what runs.')
    .optional(),
};

const Licence = OneLine.max(200).regex(/^[A-Za-z0-9.+*() -]+$/, {
  error: 'expected an SPDX licence id such as MIT, a family such as GPL-*, or an id WITH an exception',
});
const Licences = z.array(Licence).max(500);

export const DependencySection = z
  .strictObject({
    dev: z
      .enum(['judge', 'dismiss'])
      .describe(
        'What only development brings in: judged like anything else, or dismissed by this policy (default: judge).',
      )
      .optional(),
    feed_down: z
      .enum(['unfinished', 'ignore'])
      .describe(
        'When advisories are needed and cannot be had: the run is unfinished, or goes on without (default: unfinished).',
      )
      .optional(),
    private: z
      .array(Glob)
      .max(500)
      .describe(
        'Packages of your own, as globs of name or purl (`@acme/**`): no advisory service is told their names.',
      )
      .optional(),
    vex: z
      .enum(['honour', 'show'])
      .describe(
        'Decisions in VEX documents from outside of the change: honoured, or only shown (default: honour).',
      )
      .optional(),
    priority: z
      .strictObject({
        severity: weight('Share of the severity (default: 0.5).'),
        exploitation: weight('Share of the likelihood of exploitation (default: 0.5).'),
        unknown_epss: weight('Stands for an EPSS score that is not known (default: 0.05).'),
        reachability: z
          .strictObject(
            Object.fromEntries(
              REACHABILITY_LEVELS.map((level) => [level, weight(`What is left of the score at ${level}.`)]),
            ),
          )
          .describe('What is left of the score at each level of reachability.')
          .optional(),
        transitive: weight('What is left of it for a package that others bring in (default: 0.9).'),
        dev: weight('What is left of it for development and tests (default: 0.3).'),
        optional: weight('What is left of it for what may be left out of an installation (default: 0.9).'),
      })
      .describe(
        'What counts how much in the priority of a vulnerability, 0 to 1 each (docs/dependencies.md).',
      )
      .optional(),
    licences: z
      .strictObject({
        allow: Licences.min(1)
          .describe('SPDX ids that may be used; left out: all that are not denied.')
          .optional(),
        deny: Licences.describe('SPDX ids that may not be used.').optional(),
        unknown: z
          .enum(['allow', 'report'])
          .describe('A licence that is not given or not understood (default: report).')
          .optional(),
        ignore: z
          .array(Glob)
          .max(500)
          .describe('Packages that this does not ask about, as globs of name or purl.')
          .optional(),
      })
      .describe('Which licences dependencies may have; read from bills of materials.')
      .optional(),
  })
  .describe('Dependencies: what counts, and which licences may be used.');
