// Which families of weaknesses speak to a finding: those that name its weakness most exactly.
import { GENERIC, type PromptLibrary, type PromptPart } from './prompt-part.ts';

/** More families than this drown what matters; a report that lists many weaknesses names relatives. */
const MOST_FAMILIES = 3;

/**
 * The families for a finding of these CWEs, in the library's order; the generic one when no other matches. Of a weakness, a family that
 * lists it itself goes before one that lists an ancestor, and a near ancestor before a far one.
 */
export function chooseFamilies(
  library: PromptLibrary,
  cwes: readonly number[],
  isKindOf: (cwe: number, ancestor: number) => boolean,
): readonly PromptPart[] {
  const chosen = new Set<PromptPart>();
  for (const cwe of cwes) {
    for (const family of familiesOf(library.families, cwe, isKindOf)) {
      if (chosen.size < MOST_FAMILIES) chosen.add(family);
    }
  }
  if (chosen.size > 0) return library.families.filter((family) => chosen.has(family));
  return library.families.filter((family) => family.id === GENERIC);
}

function familiesOf(
  families: readonly PromptPart[],
  cwe: number,
  isKindOf: (cwe: number, ancestor: number) => boolean,
): readonly PromptPart[] {
  const listed = families.flatMap((family) =>
    (family.cwe ?? [])
      .filter((member) => member === cwe || isKindOf(cwe, member))
      .map((member) => ({ family, member })),
  );
  const nearest = listed.filter(({ member }) =>
    listed.every((other) => other.member === member || !isKindOf(other.member, member)),
  );
  return nearest.map(({ family }) => family);
}
