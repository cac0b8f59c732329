// The verdicts on vulnerable packages as OpenVEX 0.2.0 (https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md).
import type { ResultDocument } from '#domain/result-document.ts';
import { shorten } from '#support/shorten.ts';
import { stableJson } from '#support/stable-json.ts';
import { uuidUrn } from '../content-uuid.ts';
import { versionedPurls } from './versioned-purls.ts';
import { OWN_NAME, type VexPosition, vexPositions } from './vex-position.ts';
import { vexWordsOf } from './vex-words.ts';

export interface OpenVexOptions {
  /** ISO 8601 UTC: the time of head, or 1970. The same input gives the same bytes. */
  readonly at: string;
  /** Who answers for the statements; Assay itself when left out. */
  readonly author?: string;
  /** IRI or package URL of what is shipped; left out, each project of the repository is named by its folder. */
  readonly product?: string;
}

/** RFC 3339, which the schema asks for. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
const LONGEST_NAME = 300;

/**
 * One statement for each finding of kind `sca`; the packages are parts (`subcomponents`) of the project that has them.
 * A document without such findings has no statements, which the schema does not allow: it is not worth writing.
 * @throws RangeError when `at` is no moment
 */
export function renderOpenVex(document: ResultDocument, options: OpenVexOptions): string {
  if (!DATE_TIME.test(options.at)) throw new RangeError(`not a moment: ${options.at}`);
  const { author = OWN_NAME } = options;
  const statements = vexPositions(document, author).map((position) =>
    statementOf(position, document, options),
  );
  const body = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    author,
    timestamp: options.at,
    version: 1,
    tooling: `Assay ${document.run.tool.version}`,
    statements,
  };
  return stableJson({ ...body, '@id': uuidUrn('openvex', stableJson(body)) });
}

function statementOf(position: VexPosition, { run }: ResultDocument, options: OpenVexOptions) {
  const { finding, status, justification, text, decided } = position;
  const { vulnerability } = finding.dependency;
  const [name, ...aliases] = namesOf(position);
  const words = vexWordsOf(run.language);
  const timestamp = decided?.timestamp ?? null;
  const content = {
    vulnerability: {
      name,
      ...(aliases.length === 0 ? {} : { aliases }),
      ...(vulnerability.title === null ? {} : { description: shorten(vulnerability.title, LONGEST_NAME) }),
    },
    products: [
      { '@id': productOf(position, options), subcomponents: versionedPurls(finding.dependency).map(partOf) },
    ],
    status,
    ...(justification === null ? {} : { justification }),
    ...wordsOf(status, text),
    ...(decided === null
      ? {}
      : { status_notes: statusNotes(words.decidedBy(decided.author, decided.source), status, text) }),
    ...(timestamp !== null && DATE_TIME.test(timestamp) ? { timestamp } : {}),
  };
  return { '@id': uuidUrn('openvex-statement', stableJson({ finding: finding.id, content })), ...content };
}

/** Every name once: the schema wants them unique. */
function namesOf({ finding }: VexPosition): readonly string[] {
  const { id, aliases } = finding.dependency.vulnerability;
  return [...new Set([id, ...aliases].map((name) => shorten(name, LONGEST_NAME)))];
}

function partOf(purl: string) {
  return { '@id': purl, identifiers: { purl } };
}

function productOf({ finding }: VexPosition, { product }: OpenVexOptions): string {
  const folder = finding.dependency.project ?? '';
  return product ?? `urn:assay:project:${folder === '' ? '.' : encodeURIComponent(folder.toWellFormed())}`;
}

/** The member that the specification has for the text of each status. */
function wordsOf(status: VexPosition['status'], text: string): Record<string, string> {
  if (status === 'not_affected') return { impact_statement: text };
  if (status === 'affected') return { action_statement: text };
  return { status_notes: text };
}

/** `fixed` has no member of its own for the reason. */
function statusNotes(decidedBy: string, status: VexPosition['status'], text: string): string {
  return status === 'not_affected' ? decidedBy : `${text} ${decidedBy}`;
}
