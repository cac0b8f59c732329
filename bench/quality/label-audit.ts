// The label audit: places where a public set's label contradicts the code it stands on, each with our argument; read, checked, applied.
import { parse } from 'yaml';
import { z } from 'zod';

const label = z.enum(['real', 'not_real']);

const entry = z
  .strictObject({
    /** As `assay eval` names it: the folder, or `folder/report`. */
    set: z.string().regex(/^[\w.-]+(?:\/[\w.-]+)?$/),
    path: z.string().regex(/^(?!\/)(?!.*\.\.)[^\s]+$/),
    line: z.int().min(1),
    /** Only where several labels stand on the line. */
    rule: z.string().min(1).optional(),
    published: label,
    audited: label,
    /** `error`: the label is wrong about the code. `scope`: it speaks of something else than the finding's weakness (a pattern, a neighbour). */
    kind: z.enum(['error', 'scope']),
    /** In our words: the file holds no code of others. */
    why: z
      .string()
      .min(40, 'an argument has at least 40 characters')
      .max(500)
      .regex(/^[^\n`]+$/, 'one paragraph, no code'),
  })
  .refine(({ published, audited }) => published !== audited, {
    error: 'published and audited are the same label',
  });

const file = z.strictObject({ schemaVersion: z.literal(1), entries: z.array(entry) });

export type AuditEntry = z.infer<typeof entry>;

/** What an entry is about: enough of a labelled finding to find it again. */
export interface Labelled {
  readonly set: string;
  readonly path: string;
  readonly line: number;
  readonly ruleId: string;
  readonly isReal: boolean;
}

/** Throws Error with the place of each mistake in the file. */
export function parseLabelAudit(text: string): readonly AuditEntry[] {
  const { entries } = file.parse(parse(text));
  for (const [at, one] of entries.entries()) {
    if (entries.slice(0, at).some((other) => isSamePlace(one, other))) {
      throw new Error(`entries[${at}]: ${nameOf(one)} is named twice`);
    }
  }
  return entries;
}

export interface Audited<T> {
  readonly findings: readonly T[];
  readonly changed: number;
  /** Entries on a measured set that no longer fit it: nothing is labelled there, or the label is not the published one any more. */
  readonly stale: readonly string[];
}

/** Labels as they are after the audit. An entry on a set that is not measured is left alone. */
export function applyAudit<T extends Labelled>(
  findings: readonly T[],
  entries: readonly AuditEntry[],
): Audited<T> {
  const measured = new Set(findings.map(({ set }) => set));
  const used = new Set<AuditEntry>();
  const corrected = findings.map((finding) => {
    const one = entries.find((candidate) => speaksOf(candidate, finding));
    if (one === undefined) return finding;
    used.add(one);
    return { ...finding, isReal: one.audited === 'real' };
  });
  return {
    findings: corrected,
    changed: corrected.filter((one, at) => one.isReal !== findings[at]?.isReal).length,
    stale: entries.filter((one) => measured.has(one.set) && !used.has(one)).map(nameOf),
  };
}

function speaksOf(one: AuditEntry, { set, path, line, ruleId, isReal }: Labelled): boolean {
  const isThere = one.set === set && one.path === path && one.line === line;
  return isThere && (one.rule ?? ruleId) === ruleId && isReal === (one.published === 'real');
}

function isSamePlace(a: AuditEntry, b: AuditEntry): boolean {
  const isThere = a.set === b.set && a.path === b.path && a.line === b.line;
  return isThere && (a.rule === undefined || b.rule === undefined || a.rule === b.rule);
}

function nameOf({ set, path, line }: AuditEntry): string {
  return `${set} ${path}:${line}`;
}
