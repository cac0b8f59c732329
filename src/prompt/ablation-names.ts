// The parts of a prompt that can be left out to measure what each is worth.
import type { DossierItemKind } from '#domain/dossier.ts';
import type { PromptLibrary } from './prompt-part.ts';

/** Blocks of the finding's part, besides the sections of the prompts' files. */
const BLOCKS = [
  'family',
  'card',
  'message',
  'facts',
  'place',
  'function',
  'flow',
  'callers',
  'callees',
  'definitions',
  'imports',
  'configuration',
  'unknowns',
  'knowledge',
  'cut',
  'datamark',
] as const;
export type PromptBlock = (typeof BLOCKS)[number];

/** Every name that `switchedOff` may hold, sorted: `frame.debias`, `family`, `knowledge`, `datamark`, `facts`, `callers`, … */
export function ablationNames(library: PromptLibrary): readonly string[] {
  const parts = [library.frame, ...library.tasks.values(), ...library.families];
  const sections = parts.flatMap((part) => part.sections.map((section) => `${part.id}.${section.id}`));
  return [...BLOCKS, ...sections].sort();
}

/** The block that an item of a dossier belongs to. */
export function blockOf(kind: DossierItemKind): PromptBlock {
  switch (kind) {
    case 'place':
    case 'function':
    case 'configuration':
      return kind;
    case 'flow_step':
      return 'flow';
    case 'caller':
      return 'callers';
    case 'callee':
      return 'callees';
    case 'definition':
      return 'definitions';
    case 'import':
      return 'imports';
    default:
      return 'facts';
  }
}
