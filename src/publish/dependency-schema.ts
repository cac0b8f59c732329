// The part of assay.json's schema that tells of a finding's dependency.
import * as z from 'zod';
import { REACHABILITY_LEVELS } from '#domain/dependency.ts';
import { VEX_JUSTIFICATIONS, VEX_STATUSES } from '#domain/vex.ts';

const text = z.string().nullable();
const names = z.array(z.string());

const packageRef = z.strictObject({
  ecosystem: text.describe('As OSV names it, with the release where it has one.'),
  name: z.string(),
  version: text,
  purl: text,
});

const rating = z.strictObject({
  vector: text,
  score: z.number().min(0).max(10).nullable(),
  version: text.describe('Of CVSS.'),
});

const vulnerability = z.strictObject({
  id: z.string().describe('The name it goes by: CVE before GHSA before others.'),
  aliases: names,
  title: text,
  rating: rating.nullable(),
  epss: z.number().min(0).max(1).nullable().describe('Probability of exploitation within 30 days.'),
  kev: z.boolean().nullable().describe('Whether CISA lists it as exploited; null when nobody says.'),
  published: text,
  url: text,
  fixedIn: names,
  symbols: z
    .array(z.strictObject({ path: text, names }))
    .describe('What in the package is vulnerable; empty when that is not known.'),
});

const place = z.strictObject({
  kind: z.enum(['manifest', 'lockfile']),
  path: z.string(),
  startLine: z.int().min(1),
  startColumn: z.int().min(1).nullable(),
  endLine: z.int().min(1),
  endColumn: z.int().min(1).nullable(),
  resolved: z.boolean(),
  wholeFile: z.literal(true).exactOptional(),
  why: text,
});

const upgrade = z.strictObject({
  kind: z.enum(['direct', 'parent', 'override', 'none']),
  package: text.describe('What is raised.'),
  from: text,
  to: text,
  breaking: z.boolean().nullable(),
  leaves: names.describe('Vulnerabilities that are left behind.'),
  remains: names.describe('Vulnerabilities that stay.'),
  text: z.string(),
  command: text.describe('Writes the lock file again; it is told, never run.'),
});

const statement = z.strictObject({
  vulnerability: names,
  packages: z.array(packageRef),
  status: z.enum(VEX_STATUSES),
  justification: z.enum(VEX_JUSTIFICATIONS).nullable(),
  statement: text,
  author: text,
  timestamp: text,
});

export const dependency = z.strictObject({
  package: packageRef,
  versions: names.describe('Every installed version that this is about.'),
  reported: names.describe('The versions that reports call affected.'),
  callsTold: z
    .array(z.strictObject({ tool: z.string(), isCalled: z.boolean(), trace: names }))
    .describe('What tools say of calls of the vulnerable code: their word, not checked.'),
  vulnerability: vulnerability.nullable().describe('Null for a licence.'),
  licence: z.strictObject({ expression: z.string(), why: z.string() }).exactOptional(),
  project: text.describe('Folder of the project that has it; null when none of the repository has.'),
  places: z.array(place),
  direct: z.boolean().nullable(),
  scope: z.enum(['runtime', 'dev', 'test', 'optional']).nullable(),
  paths: z.array(names).describe('From what the project asks for to the package, the shortest first.'),
  reachability: z.strictObject({ level: z.enum(REACHABILITY_LEVELS), text: z.string() }).nullable(),
  priority: z.strictObject({ score: z.number().min(0).max(100), text: z.string() }).nullable(),
  upgrade: upgrade.nullable(),
  decision: z
    .strictObject({ statement, source: z.string(), honoured: z.boolean(), why: z.string() })
    .nullable()
    .describe('What a VEX document says.'),
});
