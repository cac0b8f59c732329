// Reads the tool's own description: driver, extensions and taxonomies with their rules, taxa and message strings.
import { phrase } from '#domain/phrase.ts';
import type { Level, RawRule, RawTool } from '#domain/report.ts';
import { asArray, asObject, asObjects, asText, asTexts, entriesOf, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from './caps.ts';
import { cweInLink, cweInProperties, cweInText } from './cwe.ts';
import type { DescriptorReference } from './draft.ts';
import type { Notices } from './notices.ts';
import { readDescriptorReference, readLevel, readRank, readSecuritySeverity } from './read-result.ts';

/** §3.49: a rule, or a taxon of a taxonomy. */
export interface Descriptor {
  readonly rule: RawRule;
  readonly guid: string | null;
  /** `defaultConfiguration` (§3.50). */
  readonly level: Level | null;
  readonly rank: number | null;
  readonly securitySeverity: number | null;
  /** From id, tags, properties and help URI; those of relationships are looked up at the end of the run. */
  readonly cwe: readonly number[];
  readonly relationships: readonly DescriptorReference[];
  readonly messages: ReadonlyMap<string, string>;
}

/** §3.19: the driver, an extension or a taxonomy. */
export interface Component {
  readonly tool: RawTool;
  readonly guid: string | null;
  /** By index; an entry that is no object is null, so that the others keep their places. */
  readonly descriptors: readonly (Descriptor | null)[];
  readonly byId: ReadonlyMap<string, Descriptor>;
  readonly byGuid: ReadonlyMap<string, Descriptor>;
  readonly messages: ReadonlyMap<string, string>;
}

const UNKNOWN_TOOL: RawTool = { name: 'unknown tool', version: null };

export function readComponent(value: unknown, notices: Notices): Component {
  const object = asObject(value) ?? {};
  const descriptors = [...readDescriptors(object.rules, notices), ...readDescriptors(object.taxa, notices)];
  const byId = new Map<string, Descriptor>();
  const byGuid = new Map<string, Descriptor>();
  for (const descriptor of descriptors) {
    if (descriptor === null) continue;
    if (!byId.has(descriptor.rule.id)) byId.set(descriptor.rule.id, descriptor);
    else
      notices.add(
        phrase`rule id ${JSON.stringify(descriptor.rule.id.slice(0, 80))} is defined more than once; the first counts where no index says otherwise`,
      );
    if (descriptor.guid !== null) byGuid.set(descriptor.guid, descriptor);
  }
  const tool: RawTool = {
    name: asText(object.name, CAPS.name) ?? asText(object.fullName, CAPS.name) ?? UNKNOWN_TOOL.name,
    version: asText(object.semanticVersion, CAPS.name) ?? asText(object.version, CAPS.name),
  };
  return {
    tool,
    guid: asText(object.guid, CAPS.name),
    descriptors,
    byId,
    byGuid,
    messages: readMessageStrings(object.globalMessageStrings),
  };
}

/** §3.19.23: an object whose values are multiformat strings; pre-release files have plain strings. */
function readMessageStrings(value: unknown): ReadonlyMap<string, string> {
  const strings = new Map<string, string>();
  for (const [key, message] of entriesOf(value)) {
    const text = readText(message, CAPS.message);
    if (text !== null) strings.set(key, text);
  }
  return strings;
}

function readDescriptors(value: unknown, notices: Notices): readonly (Descriptor | null)[] {
  return asArray(value).map((item) => {
    const object = asObject(item);
    return object === null ? null : readDescriptor(object, notices);
  });
}

function readDescriptor(object: JsonObject, notices: Notices): Descriptor {
  const properties = asObject(object.properties) ?? {};
  const configuration = asObject(object.defaultConfiguration) ?? {};
  const rule: RawRule = {
    id: asText(object.id, CAPS.name) ?? '',
    name: asText(object.name, CAPS.name),
    shortDescription: readText(object.shortDescription, CAPS.message),
    fullDescription: readText(object.fullDescription, CAPS.message),
    help: readText(object.help, CAPS.help),
    helpUri: asText(object.helpUri, CAPS.uri),
    tags: asTexts(properties.tags, CAPS.name, COUNTS.tags),
    precision: asText(properties.precision, CAPS.name),
  };
  return {
    rule,
    guid: asText(object.guid, CAPS.name),
    level: readLevel(configuration.level, notices),
    rank: readRank(configuration.rank),
    securitySeverity: readSecuritySeverity(properties, notices),
    cwe: [...cweInText(rule.id), ...cweInProperties(properties), ...cweInLink(rule.helpUri ?? '')],
    relationships: asObjects(object.relationships).flatMap((relationship) => {
      const target = asObject(relationship.target);
      return target === null ? [] : [readDescriptorReference(target)];
    }),
    messages: readMessageStrings(object.messageStrings),
  };
}

/** §3.12: the text of a multiformat string, else its Markdown; a bare string is taken as it is. */
function readText(value: unknown, cap: number): string | null {
  if (typeof value === 'string') return asText(value, cap);
  const object = asObject(value);
  return object === null ? null : (asText(object.text, cap) ?? asText(object.markdown, cap));
}
