// Writes a SARIF log of any size that looks like CodeQL's: rules, artifacts, and results with code flows of five steps.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const RULES = 149;
const FILES = 1009;
const STEPS = [
  'request : HttpServletRequest',
  'getParameter(...) : String',
  'id : String',
  'buildQuery(...) : String',
  'query',
];

/** Writes at least `bytes` bytes; gives how many. The same size is always the same file. */
export async function writeSyntheticSarif(file: string, bytes: number): Promise<number> {
  const output = createWriteStream(file);
  let written = 0;
  for (const piece of syntheticSarif(bytes)) {
    written += Buffer.byteLength(piece);
    if (!output.write(piece)) await once(output, 'drain');
  }
  output.end();
  await once(output, 'finish');
  return written;
}

/** The log in pieces of about a mebibyte. */
export function* syntheticSarif(bytes: number): Generator<string> {
  const rules = Array.from({ length: RULES }, (_, index) => ruleAt(index));
  const artifacts = Array.from({ length: FILES }, (_, index) => ({
    location: { uri: uriAt(index), uriBaseId: '%SRCROOT%', index },
  }));
  const driver = { name: 'CodeQL', organization: 'GitHub', semanticVersion: '2.20.0', rules };
  let piece = `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":${JSON.stringify({ driver })},"artifacts":${JSON.stringify(artifacts)},"results":[`;
  let length = 0;
  for (let index = 0; length + piece.length < bytes; index++) {
    piece += `${index === 0 ? '' : ','}${JSON.stringify(resultAt(index))}`;
    if (piece.length > 1024 * 1024) {
      length += Buffer.byteLength(piece);
      yield piece;
      piece = '';
    }
  }
  yield `${piece}],"columnKind":"utf16CodeUnits"}]}`;
}

function ruleAt(index: number): object {
  return {
    id: `java/rule-${index}`,
    shortDescription: { text: `Rule number ${index}` },
    defaultConfiguration: { level: 'error' },
    properties: {
      tags: ['security', `external/cwe/cwe-${String(20 + index).padStart(3, '0')}`],
      precision: 'high',
      'security-severity': '8.8',
    },
  };
}

function uriAt(index: number): string {
  return `src/main/java/org/example/module${index % 97}/Controller${index % FILES}.java`;
}

function placeAt(index: number, step: number): object {
  return {
    artifactLocation: { uri: uriAt(index), uriBaseId: '%SRCROOT%', index: index % FILES },
    region: { startLine: 10 + ((index * 7 + step * 13) % 900), startColumn: 5 + step, endColumn: 40 + step },
  };
}

function stepAt(index: number, step: number): object {
  return {
    location: { physicalLocation: placeAt(index, step), message: { text: STEPS[step % STEPS.length] } },
  };
}

function resultAt(index: number): object {
  return {
    ruleId: `java/rule-${index % RULES}`,
    ruleIndex: index % RULES,
    rule: { id: `java/rule-${index % RULES}`, index: index % RULES },
    message: {
      text: `This query depends on a [user-provided value](1). It reaches "executeQuery" unchanged: case ${index}.`,
    },
    locations: [{ physicalLocation: placeAt(index, 4) }],
    partialFingerprints: {
      primaryLocationLineHash: `${((index * 2654435761) % 4294967296).toString(16)}c0ffee:1`,
      primaryLocationStartColumnFingerprint: String(index % 7),
    },
    codeFlows: [{ threadFlows: [{ locations: STEPS.map((_, step) => stepAt(index, step)) }] }],
    relatedLocations: [
      { id: 1, physicalLocation: placeAt(index, 0), message: { text: 'user-provided value' } },
    ],
  };
}
