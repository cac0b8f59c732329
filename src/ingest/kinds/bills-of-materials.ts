// Bills of materials, exploitability statements and lockfiles: what each looks like.
import { phrase } from '#domain/phrase.ts';
import type { ReportKind } from './report-kind.ts';

const REWRITE = phrase`Assay reads SPDX as JSON and as tag-value: have the tool write one of those.`;

export const BILLS_OF_MATERIALS: readonly ReportKind[] = [
  {
    id: 'cyclonedx-json',
    name: phrase`CycloneDX SBOM (JSON)`,
    advice: null,
    json: [['bomFormat=CycloneDX'], ['$schema~cyclonedx']],
  },
  {
    id: 'cyclonedx-xml',
    name: phrase`CycloneDX SBOM (XML)`,
    advice: null,
    text: /<bom\s[^>]{0,1000}cyclonedx\.org\/schema\/bom/,
  },
  {
    id: 'spdx-3-json',
    name: phrase`SPDX 3 SBOM (JSON-LD)`,
    advice: null,
    json: [['@context~spdx.org/rdf/3'], ['spdxVersion~SPDX-3']],
  },
  {
    id: 'spdx-json',
    name: phrase`SPDX 2 SBOM (JSON)`,
    advice: null,
    json: [['spdxVersion~SPDX-2'], ['SPDXID', 'creationInfo']],
  },
  {
    id: 'spdx-tag-value',
    name: phrase`SPDX SBOM (tag-value)`,
    advice: null,
    text: /^(?:#[^\n]*\n|\s)*SPDXVersion:\s*SPDX-/,
  },
  {
    id: 'spdx-rdf',
    name: phrase`SPDX SBOM (RDF)`,
    advice: REWRITE,
    text: /<rdf:RDF[^>]{0,1000}spdx\.org\/rdf/,
  },
  { id: 'openvex', name: phrase`OpenVEX statement`, advice: null, json: [['@context~openvex']] },
  {
    id: 'csaf',
    name: phrase`CSAF advisory`,
    advice: null,
    json: [['document.csaf_version'], ['document.category~csaf']],
  },
  {
    id: 'npm-lockfile',
    name: phrase`npm lockfile`,
    advice: phrase`It is an input of scanners, not a report: give a bill of materials made of it (npm sbom), or a scanner's report.`,
    json: [['lockfileVersion']],
  },
  {
    id: 'npm-manifest',
    name: phrase`npm package.json`,
    advice: phrase`It is an input of scanners, not a report: give a bill of materials made of it (npm sbom), or a scanner's report.`,
    json: [
      ['name', 'version', 'dependencies'],
      ['name', 'version', 'scripts'],
    ],
  },
];
