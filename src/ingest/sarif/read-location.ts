// Reads places as SARIF writes them: artifact locations, regions, physical and logical locations, messages.
import type { RawRegion } from '#domain/report.ts';
import { asArray, asInteger, asObject, asObjects, asText, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from './caps.ts';
import type { ArtifactDraft, LocationDraft, LogicalDraft, MessageDraft } from './draft.ts';

/** §3.4; null when it says nothing at all. */
export function readArtifact(value: unknown): ArtifactDraft | null {
  const object = asObject(value);
  if (object === null) return null;
  // An empty URI names nothing; tools write it beside an index.
  const uri = asText(object.uri, CAPS.uri) || null;
  const index = asInteger(object.index, 0);
  if (uri === null && index === null) return null;
  return { uri, uriBaseId: asText(object.uriBaseId, CAPS.name), index };
}

/** §3.30; a field of the wrong type or below its minimum counts as missing. Null when no field is left. */
export function readRegion(value: unknown): RawRegion | null {
  const object = asObject(value);
  if (object === null) return null;
  const region = {
    startLine: asInteger(object.startLine, 1),
    startColumn: asInteger(object.startColumn, 1),
    endLine: asInteger(object.endLine, 1),
    endColumn: asInteger(object.endColumn, 1),
    charOffset: asInteger(object.charOffset, 0),
    charLength: asInteger(object.charLength, 0),
    byteOffset: asInteger(object.byteOffset, 0),
    byteLength: asInteger(object.byteLength, 0),
  };
  return region.startLine === null && region.charOffset === null && region.byteOffset === null
    ? null
    : region;
}

/** §3.28. Never null: a location that says nothing is still one. */
export function readLocation(value: unknown, messageCap: number): LocationDraft {
  const object = asObject(value) ?? {};
  const physical = asObject(object.physicalLocation) ?? {};
  return {
    artifact: readArtifact(physical.artifactLocation),
    region: readRegion(physical.region),
    message: readMessage(object.message, messageCap),
    logical: asObjects(object.logicalLocations, COUNTS.logicalLocations).flatMap(
      (logical) => readLogical(logical) ?? [],
    ),
  };
}

export function readLocations(value: unknown, messageCap: number): readonly LocationDraft[] {
  return asArray(value, COUNTS.locations).map((item) => readLocation(item, messageCap));
}

/** §3.33: the fully qualified name, a plain one, or an index. */
function readLogical(object: JsonObject): LogicalDraft | null {
  return (
    asText(object.fullyQualifiedName, CAPS.name) ??
    asText(object.name, CAPS.name) ??
    asInteger(object.index, 0)
  );
}

/** §3.11. Text before Markdown: the text is what the tool vouches for, and Markdown is hostile. A bare string is taken as the text. */
export function readMessage(value: unknown, cap: number): MessageDraft | null {
  if (typeof value === 'string') return { text: asText(value, cap), id: null, arguments: [] };
  const object = asObject(value);
  if (object === null) return null;
  const text = asText(object.text, cap) ?? asText(object.markdown, cap);
  const id = asText(object.id, CAPS.name);
  if (text === null && id === null) return null;
  return {
    text,
    id,
    arguments: asArray(object.arguments, COUNTS.arguments).map((item) => asText(item, cap) ?? ''),
  };
}
