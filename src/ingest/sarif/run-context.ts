// Everything a run's results refer to, ready for look-ups.
import type { PhraseBook } from '#domain/phrase.ts';
import type { ColumnKind } from '#domain/report.ts';
import { asArray, asObject, asObjects, asText, entriesOf } from '../json/shape.ts';
import { CAPS } from './caps.ts';
import type { ArtifactDraft, LocationDraft } from './draft.ts';
import { type Invocation, readInvocations } from './invocations.ts';
import type { Notices } from './notices.ts';
import { readArtifact } from './read-location.ts';
import type { RunParts } from './run-parts.ts';
import { type Component, readComponent } from './tool-component.ts';

export interface RunContext {
  readonly driver: Component;
  readonly extensions: readonly Component[];
  readonly taxonomies: readonly Component[];
  readonly invocations: readonly Invocation[];
  /** `originalUriBaseIds` (§3.14.14). */
  readonly bases: ReadonlyMap<string, ArtifactDraft>;
  readonly artifacts: readonly (ArtifactDraft | null)[];
  readonly steps: readonly LocationDraft[];
  readonly logicalNames: readonly (string | null)[];
  readonly automationId: string | null;
  readonly scannedRevision: string | null;
  readonly columnKind: ColumnKind;
  /** What reasons are said in. */
  readonly book: PhraseBook | null;
}

export function createRunContext(parts: RunParts, notices: Notices, book: PhraseBook | null): RunContext {
  const { members } = parts;
  const tool = asObject(members.get('tool')) ?? {};
  return {
    driver: readComponent(tool.driver, notices),
    extensions: asArray(tool.extensions).map((extension) => readComponent(extension, notices)),
    taxonomies: asArray(members.get('taxonomies')).map((taxonomy) => readComponent(taxonomy, notices)),
    invocations: readInvocations(members.get('invocations'), notices),
    bases: new Map(
      entriesOf(members.get('originalUriBaseIds')).flatMap(([name, location]) => {
        const artifact = readArtifact(location) ?? baseWithoutUri(location);
        return artifact === null ? [] : [[name, artifact] as const];
      }),
    ),
    artifacts: parts.artifacts,
    steps: parts.steps,
    logicalNames: parts.logicalNames,
    automationId: asText(asObject(members.get('automationDetails'))?.id, CAPS.name),
    scannedRevision: readRevision(members.get('versionControlProvenance')),
    // Tools that do not say count UTF-16 code units, as editors and hosts do.
    columnKind: members.get('columnKind') === 'unicodeCodePoints' ? 'unicodeCodePoints' : 'utf16CodeUnits',
    book,
  };
}

/** A base may say only which other base it stands on (§3.14.14). */
function baseWithoutUri(value: unknown): ArtifactDraft | null {
  const uriBaseId = asText(asObject(value)?.uriBaseId, CAPS.name);
  return uriBaseId === null ? null : { uri: null, uriBaseId, index: null };
}

/** The first revision that looks like a git commit (§3.23.4 leaves the form open). */
function readRevision(value: unknown): string | null {
  for (const details of asObjects(value)) {
    const revision = details.revisionId;
    if (typeof revision === 'string' && /^[0-9a-fA-F]{7,64}$/.test(revision)) return revision.toLowerCase();
  }
  return null;
}
