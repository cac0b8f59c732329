// What one comment is about: a finding, or the vulnerabilities of one package of one project, so that a manifest line gets one comment.
import { createHash } from 'node:crypto';
import type { FindingRecord } from '#domain/result-document.ts';
import { normaliseName } from '../../versions/normalise-name.ts';

type Subject = Pick<FindingRecord, 'id' | 'kind' | 'fingerprints' | 'dependency' | 'location'>;

/** What a comment tells besides the finding that it is about. */
export interface AlsoTold {
  /** The most important first. */
  readonly others: readonly FindingRecord[];
  /** How many more there are, which the comment only counts. */
  readonly more: number;
}

export interface CommentSubject extends AlsoTold {
  /** The most important one, which the comment is about. */
  readonly lead: FindingRecord;
  /** Those that the comment only counts. */
  readonly beyond: readonly FindingRecord[];
}

export const NOTHING_ELSE: AlsoTold = { others: [], more: 0 };

/** Kernels of images have hundreds of vulnerabilities; a comment lists so many besides the worst. */
const MOST_OTHERS = 25;
const LENGTH = 16;

/**
 * By what a comment is known again: the finding's id, and for a vulnerability the package in its project, whichever of its vulnerabilities
 * are known by now. 16 hexadecimal digits for a package.
 */
export function subjectOf(finding: Subject): string {
  const named = packageOf(finding);
  if (named === null) return finding.id;
  const { project } = finding.dependency ?? {};
  const where = project == null ? ['at', finding.location.path] : ['in', project];
  return digest(['package', ...where, ...named]);
}

/** The fingerprint that survives a rename, as markers hold it; null when there is none that fits. */
export function fingerprintOf(finding: Subject): string | null {
  const named = packageOf(finding);
  if (named !== null) return digest(['package', ...named]);
  const fingerprint = finding.fingerprints['assay/v1']?.slice(0, LENGTH);
  return fingerprint !== undefined && /^[0-9a-f]{16}$/.test(fingerprint) ? fingerprint : null;
}

/** @param findings the most important first */
export function gatherSubjects(findings: readonly FindingRecord[]): readonly CommentSubject[] {
  const bySubject = Map.groupBy(findings, subjectOf);
  return [...bySubject.values()].flatMap(([lead, ...rest]): CommentSubject[] => {
    if (lead === undefined) return [];
    const beyond = rest.slice(MOST_OTHERS);
    return [{ lead, others: rest.slice(0, MOST_OTHERS), more: beyond.length, beyond }];
  });
}

/** Null for a finding that a comment of its own is about. */
function packageOf({ kind, dependency }: Subject): readonly string[] | null {
  if (kind !== 'sca' || dependency === undefined) return null;
  const { ecosystem, name } = dependency.package;
  const family = ecosystem?.split(':', 1)[0] ?? '';
  return [family, normaliseName(family, name)];
}

function digest(words: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, LENGTH);
}
