// The end of the summary: what could not be used, and what was read from where (security R10, row 47).
import type { InputRecord, ResultDocument } from '#domain/result-document.ts';
import type { Section } from './fit-sections.ts';
import { folded, quoted, sentence, tableHead, tableRow } from './markdown-blocks.ts';
import type { Messages } from './messages/en.ts';

const SHORT_SHA256 = 12;
const SHORT_COMMIT = 10;
/** Told in a section of their own. */
const UNRESOLVED = 'path-unresolved';

export function noticeSection({ notices }: ResultDocument, messages: Messages): Section | null {
  const shown = notices.filter((notice) => notice.code !== UNRESOLVED);
  if (shown.length === 0) return null;
  return {
    before: `\n### ${messages.notices(shown.length)}\n\n`,
    rows: shown.map((notice) => `- ${sentence(notice.text)}\n`),
    after: '',
    rank: 1,
  };
}

export function unresolvedSection({ findings, notices }: ResultDocument, messages: Messages): Section | null {
  const paths = new Map<string, { count: number; why: string }>();
  for (const { location } of findings) {
    if (location.resolved) continue;
    const known = paths.get(location.path);
    paths.set(location.path, { count: (known?.count ?? 0) + 1, why: known?.why ?? location.why ?? '' });
  }
  const told = notices.filter((notice) => notice.code === UNRESOLVED);
  if (paths.size === 0 && told.length === 0) return null;
  const rows =
    told.length > 0
      ? told.map((notice) => `- ${sentence(notice.text)}\n`)
      : [...paths].map(
          ([path, { count, why }]) =>
            `- ${messages.named(quoted(path) + messages.bracketed(messages.times(count)), sentence(why))}\n`,
        );
  return folded(messages.unresolved(rows.length), { head: '', rows, rank: 5 });
}

export function rejectedSection({ results }: ResultDocument, messages: Messages): Section | null {
  const rejected = results.filter((result) => result.disposition === 'rejected');
  if (rejected.length === 0) return null;
  const rows = rejected.map(({ tool, ruleId, path, why }) => {
    const names = [ruleId, path].filter((name) => name !== null).map((name) => quoted(name));
    return `- ${messages.named(`${sentence(tool)} ${names.join(' ')}`, sentence(why))}\n`;
  });
  return folded(messages.rejectedResults(rejected.length), { head: '', rows, rank: 5 });
}

export function inputSection({ run }: ResultDocument, messages: Messages): Section {
  const { input, tools, results, sha256 } = messages.column;
  return folded(messages.inputs(run.inputs.length), {
    head: tableHead([input, tools, results, sha256]),
    rows: run.inputs.map((record) =>
      tableRow([
        quoted(record.name) + (record.fault === null ? '' : `<br>⚠️ ${sentence(record.fault.message)}`),
        toolNames(record),
        String(record.results),
        quoted(record.sha256.slice(0, SHORT_SHA256)),
      ]),
    ),
    rank: 1,
  });
}

/** One line that says what was read from where, by which judge, with which model; `more` is finished Markdown that is to stand there too. */
export function auditLine(
  { run, findings }: ResultDocument,
  messages: Messages,
  more: readonly string[] = [],
): string {
  const odd = findings.filter(({ oddNames = [] }) => oddNames.length > 0).length;
  const parts = [
    `Assay ${sentence(run.tool.version)}`,
    messages.readFrom({ head: commit(run.head), base: commit(run.base) }),
    `${messages.policyFrom[run.config.source]} ${quoted(run.config.description)}${hash(run.config.sha256, messages)}`,
    messages.judgedBy(sentence(run.judge), run.model === null ? null : quoted(run.model)),
    ...more,
    messages.scopeAsked(sentence(run.scope)),
    ...(odd === 0 ? [] : [messages.oddNamesIn(odd)]),
    ...(run.category === null ? [] : [quoted(run.category)]),
  ];
  return `\n<sub>${parts.join(' · ')}</sub>\n`;
}

function toolNames(record: InputRecord): string {
  const names = record.tools.map(({ name, version }) => (version === null ? name : `${name} ${version}`));
  return [...new Set(names)].map(sentence).join(', ');
}

function commit(sha: string | null): string | null {
  return sha === null ? null : quoted(sha.slice(0, SHORT_COMMIT));
}

function hash(sha256: string | null, messages: Messages): string {
  return sha256 === null ? '' : messages.bracketed(`SHA-256 ${quoted(sha256.slice(0, SHORT_SHA256))}`);
}
