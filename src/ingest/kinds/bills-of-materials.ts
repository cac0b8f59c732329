// Bills of materials, exploitability statements and lockfiles: what each looks like.
import type { ReportKind } from './report-kind.ts';

const SBOM =
  'Assay reads SARIF today: scan the bill of materials, for example with Trivy or Grype, and give their SARIF.';

export const BILLS_OF_MATERIALS: readonly ReportKind[] = [
  {
    id: 'cyclonedx-json',
    name: 'CycloneDX SBOM (JSON)',
    advice: SBOM,
    json: [['bomFormat=CycloneDX'], ['$schema~cyclonedx']],
  },
  {
    id: 'cyclonedx-xml',
    name: 'CycloneDX SBOM (XML)',
    advice: SBOM,
    text: /<bom\s[^>]{0,1000}cyclonedx\.org\/schema\/bom/,
  },
  {
    id: 'spdx-3-json',
    name: 'SPDX 3 SBOM (JSON-LD)',
    advice: SBOM,
    json: [['@context~spdx.org/rdf/3'], ['spdxVersion~SPDX-3']],
  },
  {
    id: 'spdx-json',
    name: 'SPDX 2 SBOM (JSON)',
    advice: SBOM,
    json: [['spdxVersion~SPDX-2'], ['SPDXID', 'creationInfo']],
  },
  {
    id: 'spdx-tag-value',
    name: 'SPDX SBOM (tag-value)',
    advice: SBOM,
    text: /^(?:#[^\n]*\n|\s)*SPDXVersion:\s*SPDX-/,
  },
  { id: 'spdx-rdf', name: 'SPDX SBOM (RDF)', advice: SBOM, text: /<rdf:RDF[^>]{0,1000}spdx\.org\/rdf/ },
  { id: 'openvex', name: 'OpenVEX statement', advice: null, json: [['@context~openvex']] },
  {
    id: 'csaf',
    name: 'CSAF advisory',
    advice: null,
    json: [['document.csaf_version'], ['document.category~csaf']],
  },
  {
    id: 'npm-lockfile',
    name: 'npm lockfile',
    advice: 'It is an input of scanners, not a report: run one and give its SARIF.',
    json: [['lockfileVersion']],
  },
  {
    id: 'npm-manifest',
    name: 'npm package.json',
    advice: 'It is an input of scanners, not a report: run one and give its SARIF.',
    json: [
      ['name', 'version', 'dependencies'],
      ['name', 'version', 'scripts'],
    ],
  },
];
