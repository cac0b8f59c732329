// Finds the rule that a result means: by index, by id, by hierarchical id, in the driver or in an extension.
import type { ComponentReference, DescriptorReference } from './draft.ts';
import type { RunContext } from './run-context.ts';
import type { Component, Descriptor } from './tool-component.ts';

export interface ResolvedDescriptor {
  readonly component: Component;
  readonly descriptor: Descriptor;
}

/**
 * The rule of a reference (§3.52), or null. An index counts where its rule has the wanted id; where they disagree, the id wins,
 * and is then looked for in every component: exporters have been seen to name an extension and define the rule in the driver.
 */
export function resolveRule(reference: DescriptorReference, context: RunContext): ResolvedDescriptor | null {
  const named = findComponent(reference.component, context.extensions, context);
  const components = [named, context.driver, ...context.extensions].filter((component) => component !== null);
  const { id, index, guid } = reference;
  for (const component of components) {
    const descriptor = guid === null ? undefined : component.byGuid.get(guid);
    if (descriptor !== undefined) return { component, descriptor };
  }
  const first = components[0] ?? context.driver;
  const indexed = index === null ? null : (first.descriptors[index] ?? null);
  if (indexed !== null && (id === null || isOrIsBelow(id, indexed.rule.id)))
    return { component: first, descriptor: indexed };
  return id === null ? null : findById(id, components);
}

/** The taxon of a reference in `taxa` or `relationships`: its id, and whether its taxonomy is the CWE. Null when nothing is known. */
export function resolveTaxon(
  reference: DescriptorReference,
  context: RunContext,
): { readonly id: string; readonly taxonomy: string | null } | null {
  const component = findComponent(reference.component, context.taxonomies, context);
  const { index, guid } = reference;
  const descriptor =
    (guid === null ? undefined : component?.byGuid.get(guid)) ??
    (index === null ? null : component?.descriptors[index]);
  const id = reference.id ?? descriptor?.rule.id ?? null;
  return id === null ? null : { id, taxonomy: component?.tool.name ?? reference.component?.name ?? null };
}

/** §3.54: by guid, then by name, then by index into the list that the reference is about. */
function findComponent(
  reference: ComponentReference | null,
  list: readonly Component[],
  context: RunContext,
): Component | null {
  if (reference === null) return null;
  const all = [...list, context.driver, ...context.extensions, ...context.taxonomies];
  if (reference.guid !== null) {
    const found = all.find((component) => component.guid === reference.guid);
    if (found !== undefined) return found;
  }
  if (reference.name !== null) {
    const found = all.find((component) => component.tool.name === reference.name);
    if (found !== undefined) return found;
  }
  return reference.index === null ? null : (list[reference.index] ?? null);
}

/** Exactly, else by dropping segments from the end: `CA1000/1` is a case of rule `CA1000` (§3.27.5). */
function findById(id: string, components: readonly Component[]): ResolvedDescriptor | null {
  for (let wanted = id; wanted !== ''; wanted = wanted.slice(0, Math.max(0, wanted.lastIndexOf('/')))) {
    for (const component of components) {
      const descriptor = component.byId.get(wanted);
      if (descriptor !== undefined) return { component, descriptor };
    }
  }
  return null;
}

/** Whether `id` is `ruleId`, or a case of it. */
export function isOrIsBelow(id: string, ruleId: string): boolean {
  return ruleId === '' || id === ruleId || id.startsWith(`${ruleId}/`);
}
