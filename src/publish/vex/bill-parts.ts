// Several bills of materials, and the packages of findings, as the components and the graph of one CycloneDX document.
import type { DependencyRecord } from '#domain/dependency.ts';
import type { Component, Inventory, PackageRef } from '#domain/package.ts';
import { describeComponent } from './cyclonedx-component.ts';
import { purlAt } from './versioned-purls.ts';

export interface NamedBill {
  readonly name: string;
  readonly inventory: Inventory;
}

export interface CycloneDxDependency {
  readonly ref: string;
  readonly dependsOn?: readonly string[];
}

/** A finding's package in the bill, at one installed version. */
export interface BillTarget {
  readonly ref: string;
  readonly version: string | null;
}

export interface MergedBills {
  readonly root: Record<string, unknown>;
  readonly components: readonly Record<string, unknown>[];
  readonly dependencies: readonly CycloneDxDependency[];
  /** Never empty. */
  readonly refsOf: (dependency: DependencyRecord) => readonly BillTarget[];
}

const ROOT = 'assay:project';

export function mergeBills(
  bills: readonly NamedBill[],
  dependencies: readonly DependencyRecord[],
): MergedBills {
  const renamed = renameRefs(bills);
  const listed = renamed.flatMap(({ components }) => components);
  const byPackage = Map.groupBy(listed, packageKey);
  const added = new Map<string, Component>();
  const refsOf = (dependency: DependencyRecord): readonly BillTarget[] =>
    installedOf(dependency).flatMap((named): BillTarget[] => {
      const known = byPackage.get(packageKey(named)) ?? [];
      if (known.length > 0) return known.map(({ ref }) => ({ ref, version: named.version }));
      const ref = `${ROOT}/${named.purl}`;
      added.set(ref, {
        ...named,
        ref,
        kind: 'library',
        licences: [],
        scope: dependency.scope,
        dependsOn: [],
      });
      return [{ ref, version: named.version }];
    });
  for (const dependency of dependencies) refsOf(dependency);
  const [only] = renamed;
  const rootRef = (renamed.length === 1 ? only?.root : null) ?? ROOT;
  const extra = [...added.values()].sort((a, b) => (a.ref < b.ref ? -1 : 1));
  return {
    root: { type: 'application', name: only?.name ?? 'project', 'bom-ref': rootRef },
    components: [...listed, ...extra].map(describeComponent),
    dependencies: graphOf(renamed, rootRef),
    refsOf,
  };
}

interface RenamedBill {
  readonly name: string;
  readonly root: string | null;
  readonly direct: readonly string[];
  readonly components: readonly Component[];
  readonly hasGraph: boolean;
}

/** Refs are unique within a bill; where two bills use one, the later bill's gets its place in front. */
function renameRefs(bills: readonly NamedBill[]): readonly RenamedBill[] {
  const taken = new Set<string>([ROOT]);
  return bills.map(({ name, inventory }, index): RenamedBill => {
    const names = new Map<string, string>();
    const own = [inventory.root ?? [], inventory.components.map(({ ref }) => ref)].flat();
    for (const ref of new Set(own)) {
      // An empty one is no reference, and a BOM-Link would speak of another document.
      let free = ref === '' || ref.startsWith('urn:cdx:') ? `ref:${ref}` : ref;
      for (let copy = index; taken.has(free); copy++) free = `${copy}:${ref}`;
      taken.add(free);
      names.set(ref, free);
    }
    const known = (refs: readonly string[]) => [...new Set(refs.flatMap((ref) => names.get(ref) ?? []))];
    return {
      name,
      root: inventory.root === null ? null : (names.get(inventory.root) ?? null),
      direct: known(inventory.direct),
      hasGraph: inventory.hasGraph,
      components: inventory.components.map((component) => ({
        ...component,
        ref: names.get(component.ref) ?? component.ref,
        dependsOn: known(component.dependsOn),
      })),
    };
  });
}

function graphOf(bills: readonly RenamedBill[], rootRef: string): readonly CycloneDxDependency[] {
  if (!bills.some(({ hasGraph }) => hasGraph)) return [];
  const direct = [...new Set(bills.flatMap((bill) => bill.direct))].filter((ref) => ref !== rootRef);
  const edges = bills
    .filter(({ hasGraph }) => hasGraph)
    .flatMap(({ components }) => components)
    .map(({ ref, dependsOn }) => ({ ref, ...(dependsOn.length === 0 ? {} : { dependsOn }) }));
  return [{ ref: rootRef, dependsOn: direct }, ...edges.filter(({ ref }) => ref !== rootRef)];
}

/** The package at each of its installed versions. */
function installedOf({ package: named, versions }: DependencyRecord): readonly PackageRef[] {
  const own = versions.length > 0 ? versions : [named.version];
  return own.map((version) => ({ ...named, version, purl: purlAt(named, version) }));
}

/** Names are as OSV writes them, so the same package has the same. */
function packageKey({ ecosystem, name, version }: PackageRef): string {
  return JSON.stringify([ecosystem, name, version]);
}
