// Reads OWASP Dependency-Check's XML (schemas 1.0 to 4.x, https://dependency-check.github.io/DependencyCheck/general/thirdparty.html) by giving it the shape of its JSON.
import { phrase } from '#domain/phrase.ts';
import { missingList } from '../formats/missing-list.ts';
import type { XmlElement } from '../formats/read-xml.ts';
import type { FormatOutput, FormatReader, ReportFormat } from '../formats/report-format.ts';
import { attributeOf, childOf, childrenOf, childText, textOf } from '../formats/xml-shape.ts';
import type { JsonObject } from '../json/shape.ts';
import { CAPS } from '../sarif/caps.ts';
import { DEPENDENCY_CHECK, takeCheckedDependency } from './dependency-check-vulnerability.ts';
import { wordOf } from './dependency-result.ts';

export const DEPENDENCY_CHECK_XML: ReportFormat = {
  kinds: ['dependency-check-xml'],
  syntax: 'xml',
  elements: [],
  open(output): FormatReader {
    output.tool({ name: DEPENDENCY_CHECK, version: null });
    return {
      part(_path, value) {
        takeAnalysis(childOf(value as XmlElement, 'analysis'), output);
      },
      finish() {},
    };
  },
};

function takeAnalysis(analysis: XmlElement | null, output: FormatOutput): void {
  const info = childOf(analysis, 'scanInfo');
  output.tool({ name: DEPENDENCY_CHECK, version: wordOf(childText(info, 'engineVersion')) });
  for (const exception of childrenOf(childOf(info, 'analysisExceptions'), 'exception'))
    output.problem(
      wordOf(childText(exception, 'message'), CAPS.problem) ?? phrase`a tool error without message`,
    );
  const list = childOf(analysis, 'dependencies');
  if (list === null) throw missingList(DEPENDENCY_CHECK);
  for (const dependency of childrenOf(list, 'dependency'))
    takeCheckedDependency(shapedDependency(dependency), output);
}

function shapedDependency(dependency: XmlElement): JsonObject {
  const identifiers = withNested(dependency, 'identifiers');
  const lists = childrenOf(dependency, 'vulnerabilities');
  return {
    fileName: childText(dependency, 'fileName'),
    filePath: childText(dependency, 'filePath'),
    packages: [
      ...identifiers.flatMap((list) => childrenOf(list, 'package')).map((entry) => childText(entry, 'id')),
      ...identifiers.flatMap((list) => childrenOf(list, 'identifier')).map(coordinatesOf),
    ].map((id) => ({ id })),
    vulnerabilities: lists.flatMap((list) => childrenOf(list, 'vulnerability')).map(shapedVulnerability),
    suppressedVulnerabilities: lists
      .flatMap((list) => childrenOf(list, 'suppressedVulnerability'))
      .map(shapedVulnerability),
  };
}

/** Before schema 2.0: `<identifier type="maven"><name>xalan:serializer:2.7.1</name>`. */
function coordinatesOf(identifier: XmlElement): string | null {
  const [group, artifact, version] = (childText(identifier, 'name') ?? '').replace(/[()]/g, '').split(':');
  if (attributeOf(identifier, 'type') !== 'maven' || !group || !artifact || !version) return null;
  return `pkg:maven/${group}/${artifact}@${encodeURIComponent(version)}`;
}

/** Some writers wrap the list once more. */
function withNested(parent: XmlElement, name: string): readonly XmlElement[] {
  const lists = childrenOf(parent, name);
  return [...lists, ...lists.flatMap((list) => childrenOf(list, name))];
}

function shapedVulnerability(entry: XmlElement): JsonObject {
  const cwes = [...childrenOf(childOf(entry, 'cwes'), 'cwe'), ...childrenOf(entry, 'cwe')];
  return {
    source: attributeOf(entry, 'source'),
    name: childText(entry, 'name'),
    severity: childText(entry, 'severity'),
    cvssScore: childText(entry, 'cvssScore'),
    cvssv2: shapedRating(childOf(entry, 'cvssV2')),
    cvssv3: shapedRating(childOf(entry, 'cvssV3')),
    cvssv4: shapedRating(childOf(entry, 'cvssV4')),
    cwes: cwes.map(textOf),
    description: childText(entry, 'description'),
    notes: childText(entry, 'notes'),
    references: childrenOf(childOf(entry, 'references'), 'reference').map((reference) => ({
      url: childText(reference, 'url'),
    })),
    vulnerableSoftware: childrenOf(childOf(entry, 'vulnerableSoftware'), 'software').map((software) => ({
      software: shapedSoftware(software),
    })),
  };
}

function shapedRating(rating: XmlElement | null): JsonObject | null {
  if (rating === null) return null;
  const names = ['score', 'severity', 'baseScore', 'baseSeverity', 'version', 'vectorString'];
  return Object.fromEntries(names.map((name) => [name, childText(rating, name)]));
}

function shapedSoftware(software: XmlElement): JsonObject {
  const names = [
    ...['vulnerabilityIdMatched', 'matched', 'versionStartIncluding', 'versionStartExcluding'],
    ...['versionEndIncluding', 'versionEndExcluding'],
  ];
  return Object.fromEntries(names.map((name) => [name, attributeOf(software, name)]));
}
