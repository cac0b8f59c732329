// A publication as files: every comment with its place, the summary, and what would change of what stands there.
import { type Phrase, phrase, say } from '#domain/phrase.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import type { PlannedPost } from '../../publish/plan/plan.ts';
import { toTerminal } from '../../support/escape-terminal.ts';
import { phraseBookOf } from '../phrase-book.ts';
import { type AppliedPlan, placeOfComment, whyThere, withTold } from './apply-plan.ts';
import { ledgerOf, recordOf } from './ledger.ts';
import type { Prepared, Published, Publishing } from './publishing.ts';
import { writeSummary } from './summarise.ts';

export function describeDryRun(
  document: ResultDocument,
  prepared: Prepared,
  publishing: Publishing,
): Published {
  const { plan, state, standing } = prepared;
  const book = phraseBookOf(document.run.language);
  const applied = pretend(prepared);
  const summary = writeSummary(document, { prepared, applied, annotated: new Set(), publishing });
  const ledger = ledgerOf({
    ...{ document, placed: applied.placed, annotated: new Set(), shown: summary.shown },
    whyNotAtLine: prepared.whyNotAtLine,
  });
  const record = recordOf(
    document,
    {
      ...{ change: state.change, self: state.self, ledger, closed: [], status: null, codeScanning: null },
      ...{ summary: { action: 'none', url: standing.summary?.comment.url ?? null }, problems: [] },
      requests: publishing.requests(),
    },
    { mode: 'dry_run', why: say(describedIn(plan.posts.length), book) },
  );
  const files = [
    ...plan.posts.map((post, index) => ({
      name: fileName('comment', index, post.finding.id),
      text: describe(post),
    })),
    ...plan.amendments.map(({ amendment, findingId, purpose }, index) => ({
      name: fileName(purpose, index, findingId),
      text: `${amendment.comment.url}\n\n${amendment.body ?? say(phrase`(the text stays)`, book)}\n`,
    })),
    { name: 'publication/summary.md', text: `${summary.text}\n` },
  ];
  return { record, files };
}

function describedIn(posts: number): Phrase {
  if (posts === 0) return phrase`The folder publication holds the summary.`;
  return posts === 1
    ? phrase`The folder publication holds one new comment and the summary.`
    : phrase`The folder publication holds ${posts} new comments and the summary.`;
}

/** What would stand if the host took everything. */
function pretend({ plan }: Prepared): AppliedPlan {
  return {
    placed: withTold(plan, [
      ...plan.posts.map(({ finding, draft }) => {
        const atFile = draft.anchor.kind === 'file';
        const why = atFile ? ('file_comment' as const) : ('comment' as const);
        return {
          findingId: finding.id,
          comment: atFile ? 'file' : 'inline',
          action: 'none',
          why,
          url: null,
          at: { path: draft.anchor.path, line: draft.anchor.kind === 'file' ? null : draft.anchor.line },
        } as const;
      }),
      ...plan.amendments
        .filter(({ purpose }) => purpose !== 'close')
        .map(({ findingId, amendment, why }) => {
          const comment = amendment.comment.kind === 'file' ? 'file' : 'inline';
          const told = whyThere(why, amendment.comment);
          const at = placeOfComment(amendment.comment);
          return { findingId, comment, action: 'none', why: told, url: amendment.comment.url, at } as const;
        }),
      ...plan.settled.map(({ finding, why, standing }) => {
        const comment = standing === null ? null : standing.kind === 'file' ? 'file' : 'inline';
        const told = standing === null ? why : whyThere(why, standing);
        return {
          findingId: finding.id,
          comment,
          action: 'none',
          why: told,
          url: standing?.url ?? null,
          at: standing === null ? null : placeOfComment(standing),
        } as const;
      }),
    ]),
    closed: [],
    standing: [],
    moved: false,
    problems: [],
  };
}

function fileName(what: string, index: number, findingId: string): string {
  return `publication/${what}-${String(index + 1).padStart(2, '0')}-${findingId.replace(/[^0-9a-f]/g, '').slice(0, 16)}.md`;
}

function describe({ draft }: PlannedPost): string {
  const { anchor } = draft;
  const place =
    anchor.kind === 'file'
      ? anchor.path
      : `${anchor.path}:${anchor.startLine === null ? '' : `${anchor.startLine}-`}${anchor.line}`;
  // A name may hold line ends: the first line is the place, whatever it is.
  return `${toTerminal(place)}\n\n${draft.body}\n`;
}
