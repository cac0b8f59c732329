// `assay explain`: one finding of an earlier run, told in full.
import { AssayError } from '#domain/errors.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { createOperatorFiles } from '../adapters/local/operator-files.ts';
import { renderExplanation } from '../publish/render-explanation.ts';
import { parseResult } from '../publish/result-schema.ts';
import type { Environment } from './environment.ts';

export interface ExplainRequest {
  /** A finding id, or at least its first four characters. */
  readonly id: string;
  readonly result: string;
  readonly cwd: string;
}

/** The explanation for a terminal; throws AssayError `usage` when the id names none or several. */
export async function explain(request: ExplainRequest, environment: Environment): Promise<string> {
  const files = createOperatorFiles({ cwd: request.cwd, repository: request.cwd });
  const { text } = await files.read(request.result);
  const document = parseResult(text, request.result);
  const finding = findByPrefix(document.findings, request.id.toLowerCase());
  return renderExplanation(document, finding.id, {
    width: environment.terminalWidth ?? 100,
    color: environment.color,
  });
}

function findByPrefix(findings: readonly FindingRecord[], prefix: string): FindingRecord {
  if (prefix.length < 4) {
    throw new AssayError('usage', `${JSON.stringify(prefix)} is too short for a finding id.`, {
      hint: 'Give at least its first four characters.',
    });
  }
  const matches = findings.filter((finding) => finding.id.startsWith(prefix));
  const [first, second] = matches;
  if (first === undefined) {
    throw new AssayError('usage', `No finding has the id ${JSON.stringify(prefix)}.`, {
      hint: suggest(findings),
    });
  }
  if (second !== undefined) {
    throw new AssayError('usage', `${matches.length} findings start with ${prefix}.`, {
      hint: `Give more of the id: ${matches
        .slice(0, 5)
        .map((finding) => finding.id)
        .join(', ')}.`,
    });
  }
  return first;
}

function suggest(findings: readonly FindingRecord[]): string {
  if (findings.length === 0) return 'That result holds no finding.';
  const some = findings.slice(0, 3).map((finding) => finding.id);
  return `The result holds ${findings.length}, for example ${some.join(', ')}; the table of assay triage shows the ids.`;
}
