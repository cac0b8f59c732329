// Upgrades as a reader of the request wants them: one row a package and version, with the vulnerabilities before and after.
import type { FindingRecord } from '#domain/result-document.ts';
import { placeOf } from '../../../publish/finding-order.ts';

export interface RaisedPackage {
  readonly name: string;
  readonly from: readonly string[];
  readonly to: string;
  readonly breaking: boolean | null;
  /** `lock`: no manifest has to say it. */
  readonly how: 'direct' | 'override' | 'lock';
  readonly place: string;
  /** Ids of the known vulnerabilities of the package, with the installed versions and with the new one; the latter are of the former. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What the plan says of what remains; outside text. */
  readonly why: string;
}

/** In the order of the findings. */
export function raisedPackages(
  done: readonly FindingRecord[],
  all: readonly FindingRecord[],
): readonly RaisedPackage[] {
  const groups = Map.groupBy(done.filter(isUpgrade), keyOf);
  return [...groups.values()].map((group) => {
    const [first] = group as [FindingRecord];
    const { patch, dependency, location } = first;
    const upgrade = dependency?.upgrade;
    const own = all.filter((one) => isSamePackage(one, first));
    const before = [...new Set(own.flatMap(idsOf))].sort();
    const line = patch?.edits[0]?.startLine;
    return {
      name: dependency?.package.name ?? '',
      from: [...new Set(group.flatMap((one) => one.dependency?.versions ?? []))],
      to: upgrade?.to ?? '',
      breaking: upgrade?.breaking ?? null,
      how: patch === null ? 'lock' : upgrade?.kind === 'override' ? 'override' : 'direct',
      place: patch === null ? placeOf(location) : `${patch.path}:${line ?? 1}`,
      before,
      after: before.filter((id) => group.some((one) => one.dependency?.upgrade?.remains.includes(id))),
      why: upgrade?.text ?? '',
    };
  });
}

/** Vulnerabilities that an upgrade would bring in: the installed versions are not known to have them. */
export function broughtIn(finding: FindingRecord, all: readonly FindingRecord[]): readonly string[] {
  const { dependency } = finding;
  if (!isUpgrade(finding) || dependency?.upgrade == null) return [];
  const known = new Set(
    all
      .filter((one) => isSamePackage(one, finding))
      .flatMap((one) => [...idsOf(one), ...(one.dependency?.vulnerability?.aliases ?? [])]),
  );
  return dependency.upgrade.remains.filter((id) => !known.has(id));
}

export function isUpgrade({ patch, dependency }: FindingRecord): boolean {
  return dependency !== undefined && (patch === null || patch.origin === 'upgrade');
}

function idsOf({ dependency }: FindingRecord): readonly string[] {
  return dependency?.vulnerability == null ? [] : [dependency.vulnerability.id];
}

function keyOf({ patch, dependency }: FindingRecord): string {
  const { package: named, project, upgrade } = dependency ?? {};
  return JSON.stringify([named?.ecosystem, named?.name, project, upgrade?.to, patch?.path]);
}

function isSamePackage({ dependency: one }: FindingRecord, { dependency: other }: FindingRecord): boolean {
  return (
    one !== undefined &&
    one.package.name === other?.package.name &&
    one.package.ecosystem === other.package.ecosystem &&
    one.project === other.project
  );
}
