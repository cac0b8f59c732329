// Bills of materials, exploitability statements and lockfiles: what each looks like.
import { phrase } from '#domain/phrase.ts';
import type { ReportKind } from './report-kind.ts';

const SBOM = phrase`Assay reads SARIF today: scan the bill of materials, for example with Trivy or Grype, and give their SARIF.`;

export const BILLS_OF_MATERIALS: readonly ReportKind[] = [
  {
    id: 'cyclonedx-json',
    name: phrase`CycloneDX SBOM (JSON)`,
    advice: SBOM,
    json: [['bomFormat=CycloneDX'], ['$schema~cyclonedx']],
  },
  {
    id: 'cyclonedx-xml',
    name: phrase`CycloneDX SBOM (XML)`,
    advice: SBOM,
    text: /<bom\s[^>]{0,1000}cyclonedx\.org\/schema\/bom/,
  },
  {
    id: 'spdx-3-json',
    name: phrase`SPDX 3 SBOM (JSON-LD)`,
    advice: SBOM,
    json: [['@context~spdx.org/rdf/3'], ['spdxVersion~SPDX-3']],
  },
  {
    id: 'spdx-json',
    name: phrase`SPDX 2 SBOM (JSON)`,
    advice: SBOM,
    json: [['spdxVersion~SPDX-2'], ['SPDXID', 'creationInfo']],
  },
  {
    id: 'spdx-tag-value',
    name: phrase`SPDX SBOM (tag-value)`,
    advice: SBOM,
    text: /^(?:#[^\n]*\n|\s)*SPDXVersion:\s*SPDX-/,
  },
  { id: 'spdx-rdf', name: phrase`SPDX SBOM (RDF)`, advice: SBOM, text: /<rdf:RDF[^>]{0,1000}spdx\.org\/rdf/ },
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
    advice: phrase`It is an input of scanners, not a report: run one and give its SARIF.`,
    json: [['lockfileVersion']],
  },
  {
    id: 'npm-manifest',
    name: phrase`npm package.json`,
    advice: phrase`It is an input of scanners, not a report: run one and give its SARIF.`,
    json: [
      ['name', 'version', 'dependencies'],
      ['name', 'version', 'scripts'],
    ],
  },
];
