// Collects one run while it is sliced: everything that results refer to, in the order of the file, whatever that is.
import type { Phrase } from '#domain/phrase.ts';
import { asObject, asText } from '../json/shape.ts';
import { CAPS } from './caps.ts';
import type { ArtifactDraft, LocationDraft, ResultDraft } from './draft.ts';
import { readArtifact, readLocation } from './read-location.ts';

/** An element of `results`, read; or why it could not be. */
export type DraftOrRejection = ResultDraft | { readonly rejected: Phrase };

/** What stands at `results`: an array (of any length), nothing, null, or something that is no array. */
export type ResultsState = 'array' | 'missing' | 'null' | 'malformed';

export class RunParts {
  /** Members that are not sliced, by key. */
  readonly members = new Map<string, unknown>();
  readonly artifacts: (ArtifactDraft | null)[] = [];
  readonly steps: LocationDraft[] = [];
  readonly logicalNames: (string | null)[] = [];
  readonly results: DraftOrRejection[] = [];
  resultsState: ResultsState = 'missing';

  addArtifact(value: unknown): void {
    this.artifacts.push(readArtifact(asObject(value)?.location));
  }

  /** An item of `threadFlowLocations` (§3.14.19). */
  addStep(value: unknown): void {
    this.steps.push(readLocation(asObject(value)?.location, CAPS.stepMessage));
  }

  addLogicalLocation(value: unknown): void {
    const object = asObject(value);
    this.logicalNames.push(
      object === null
        ? null
        : (asText(object.fullyQualifiedName, CAPS.name) ?? asText(object.name, CAPS.name)),
    );
  }
}
