// Reads Gitleaks' JSON, version 8 (https://github.com/gitleaks/gitleaks#reporting). Of a secret itself nothing is kept.

import type { DraftResult, ReportFormat } from '../formats/report-format.ts';
import { asTexts, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { openList } from './list-reader.ts';
import { nativeResult, placeAt, wordIn } from './native-result.ts';

const NAME = 'gitleaks';

export const GITLEAKS_JSON: ReportFormat = {
  kinds: ['gitleaks-json'],
  syntax: 'json',
  elements: ['[]'],
  open: (output) => openList(output, { name: NAME, entry: (entry) => output.result(resultOf(entry)) }),
};

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** Keys begin with a capital since version 8, with a small letter before. */
function resultOf(leak: JsonObject): DraftResult {
  const id = wordIn(leak.RuleID) ?? wordIn(leak.rule);
  const description = wordIn(leak.Description, CAPS.message);
  const commit = wordIn(leak.Commit) ?? wordIn(leak.commit) ?? '';
  const fingerprint = wordIn(leak.Fingerprint, CAPS.fingerprint);
  return nativeResult({
    rule: {
      id,
      shortDescription: description,
      tags: ['security', 'secret', ...asTexts(leak.Tags, CAPS.name, COUNTS.tags)],
    },
    level: 'error',
    cwe: [798],
    message: description,
    location: placeAt(leak.File ?? leak.file, {
      startLine: leak.StartLine ?? leak.lineNumber,
      endLine: leak.EndLine,
    }),
    // Lines are those of the commit that brought the secret in.
    scannedRevision: COMMIT.test(commit) ? commit : null,
    fingerprints: fingerprint === null ? [] : [['gitleaks/fingerprint', fingerprint]],
  });
}
