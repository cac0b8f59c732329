// What is decided about comments: who gets one, what happens to those that stand, and what people did is left alone.
import { describe, expect, it } from 'vitest';
import type { PublishingPolicy } from '#domain/policy.ts';
import type { Anchor, StandingComment } from '#domain/publication.ts';
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';
import { createSeal, withMarker } from '../../../src/publish/marker.ts';
import type { CommentWriter } from '../../../src/publish/plan/comment-writer.ts';
import type { PublicationPlan } from '../../../src/publish/plan/plan.ts';
import { planPublication } from '../../../src/publish/plan/plan-publication.ts';
import { readStandingComments } from '../../../src/publish/plan/standing-comments.ts';
import { aDocument, aFinding, aLocation, aVerdict } from '../../doubles/result-document.ts';

const POLICY: PublishingPolicy = {
  ...{ inlineLimit: 20, dismissed: 'listed', needsReview: 'inline', summary: 'auto', status: 'auto' },
  codeScanning: { upload: false, dismiss: false },
};
const SEAL = createSeal({ host: 'github', change: 'o/r#7', key: null });

/** A comment as the bot wrote it about a finding. */
function aComment(
  finding: Pick<FindingRecord, 'id'>,
  over: Partial<StandingComment> & { state?: 'open' | 'closed'; text?: string } = {},
): StandingComment {
  const { state = 'open', text = `about ${finding.id}`, ...rest } = over;
  const { body } = withMarker(
    text,
    {
      ...{ kind: 'finding', id: finding.id, fingerprint: null, state, category: '-' },
      ...{ tool: 'semgrep', posted: [] },
    },
    SEAL,
  );
  return {
    ...{ id: `c-${finding.id}`, kind: 'line', body, path: 'src/app.ts', line: 12, outdated: false },
    ...{
      startLine: null,
      resolved: false,
      resolvedBy: null,
      minimized: false,
      answered: false,
      url: 'https://host/c',
      order: 1,
    },
    ...rest,
  };
}

const anchor: Anchor = {
  ...{ kind: 'line', path: 'src/app.ts', oldPath: 'src/app.ts', line: 12 },
  ...{ oldLine: null, startLine: null, startOldLine: null },
};
const writer: CommentWriter = {
  open: (finding, at) => ({
    findingId: finding.id,
    anchor: at,
    body: `about ${finding.id}`,
    marker: finding.id,
  }),
  standing: (finding) => aComment(finding).body,
  closed: (known, { why }) => `${why}: ${known.marker.id}`,
  moved: (known, { url }) => `${known.marker.id} moved to ${url}`,
  repeated: (_, first) => `see ${first.comment.id}`,
};

function plan(
  findings: readonly FindingRecord[],
  comments: readonly StandingComment[] = [],
  over: {
    policy?: Partial<PublishingPolicy>;
    document?: Partial<ResultDocument>;
    anchorOf?: () => Anchor | null;
  } = {},
): PublicationPlan {
  const document = aDocument(findings, over.document);
  return planPublication(document, {
    policy: { ...POLICY, ...over.policy },
    standing: readStandingComments(comments, SEAL, '-'),
    writer,
    anchorOf: over.anchorOf ?? (() => anchor),
  });
}

const posted = ({ posts }: PublicationPlan) => posts.map(({ finding }) => finding.id);
const amended = ({ amendments }: PublicationPlan) =>
  amendments.map(({ findingId, purpose, why, amendment }) => [findingId, purpose, why, amendment.thread]);
const settled = (plan: PublicationPlan) => plan.settled.map(({ finding, why }) => [finding.id, why]);

describe('new findings', () => {
  it('get a comment each, the most severe first', () => {
    const low = aFinding({ id: 'a1', severity: 'low' });
    const critical = aFinding({ id: 'b2', severity: 'critical' });
    expect(posted(plan([low, critical]))).toEqual(['b2', 'a1']);
  });

  it('beyond the limit are left to the summary, and so are those without a place in the change', () => {
    const findings = ['a1', 'b2', 'c3'].map((id) => aFinding({ id }));
    const limited = plan(findings, [], { policy: { inlineLimit: 2 } });
    expect([posted(limited), settled(limited)]).toEqual([['a1', 'b2'], [['c3', 'limit']]]);
    const nowhere = plan(findings, [], { anchorOf: () => null });
    expect(settled(nowhere)).toEqual([
      ['a1', 'no_place'],
      ['b2', 'no_place'],
      ['c3', 'no_place'],
    ]);
  });

  it('that are dismissed, waived or out of scope are only listed, unless the policy wants them inline', () => {
    const dismissed = aFinding({ id: 'a1', verdict: aVerdict('false_positive') });
    const waived = aFinding({ id: 'b2', gate: { effect: 'waived', why: 'accepted' } });
    const old = aFinding({ id: 'c3', verdict: null, gate: { effect: 'out_of_scope', why: 'existing' } });
    const quiet = plan([dismissed, waived, old]);
    expect([posted(quiet), settled(quiet)]).toEqual([
      [],
      [
        ['a1', 'dismissed'],
        ['b2', 'accepted'],
        ['c3', 'out_of_scope'],
      ],
    ]);
    expect(posted(plan([dismissed, waived, old], [], { policy: { dismissed: 'inline' } }))).toEqual(['a1']);
  });

  it('whose comment a person deleted are not said again', () => {
    const finding = aFinding({ id: 'a1' });
    const { body } = withMarker(
      'a review',
      {
        ...{ kind: 'review', id: '-', fingerprint: null, state: 'open', category: '-' },
        tool: null,
        posted: ['a1'],
      },
      SEAL,
    );
    const review = { ...aComment(finding), kind: 'review' as const, body };
    expect(settled(plan([finding], [review]))).toEqual([['a1', 'deleted_by_person']]);
  });
});

describe('a finding that was commented on before', () => {
  const finding = aFinding({ id: 'a1' });

  it('and says the same needs nothing', () => {
    const same = plan([finding], [aComment(finding)]);
    expect([posted(same), amended(same), settled(same)]).toEqual([[], [], [['a1', 'unchanged']]]);
  });

  it('is edited in place when its text is another now', () => {
    expect(amended(plan([finding], [aComment(finding, { text: 'an older text' })]))).toEqual([
      ['a1', 'edit', 'comment', 'leave'],
    ]);
  });

  it('is reopened when it was closed, and posted anew where its line went', () => {
    const closed = aComment(finding, { state: 'closed', resolved: true, resolvedBy: 'self', text: 'Fixed' });
    expect(amended(plan([finding], [closed]))).toEqual([['a1', 'reopen', 'comment', 'reopen']]);
    const moved = plan([finding], [aComment(finding, { outdated: true, line: null })]);
    expect(moved.posts.map(({ finding: { id }, replaces }) => [id, replaces?.comment.id])).toEqual([
      ['a1', 'c-a1'],
    ]);
  });

  it('is reopened in its thread when people answered, and told anew at its line when nobody did', () => {
    const closed = {
      state: 'closed',
      outdated: true,
      line: null,
      resolved: true,
      resolvedBy: 'self',
    } as const;
    const answered = plan([finding], [aComment(finding, { ...closed, answered: true })]);
    expect([posted(answered), amended(answered)]).toEqual([[], [['a1', 'reopen', 'line_gone', 'reopen']]]);
    const silent = plan([finding], [aComment(finding, closed)]);
    expect([posted(silent), amended(silent)]).toEqual([['a1'], []]);
    expect(silent.posts[0]?.replaces?.marker.state).toBe('closed');
    const nowhere = plan([finding], [aComment(finding, closed)], { anchorOf: () => null });
    expect(amended(nowhere)).toEqual([['a1', 'reopen', 'line_gone', 'reopen']]);
  });

  it('is told anew where its line went, also when a killed run had closed its thread only', () => {
    const torn = aComment(finding, { outdated: true, line: null, resolved: true, resolvedBy: 'self' });
    expect(posted(plan([finding], [torn]))).toEqual(['a1']);
  });

  it.each([
    ['resolved its thread', { resolved: true, resolvedBy: 'other' }, 'resolved_by_person'],
    ['resolved it, and the host does not say who', { resolved: true }, 'resolved_by_person'],
    ['answered', { answered: true, text: 'an older text' }, 'answered'],
    ['answered, and the line went', { answered: true, outdated: true, line: null }, 'answered'],
  ] as const)('stays as it is when a person %s', (_, over, why) => {
    const left = plan([finding], [aComment(finding, over)]);
    expect([posted(left), amended(left), settled(left)]).toEqual([[], [], [['a1', why]]]);
  });

  it('stays as it is when a person changed its text', () => {
    const comment = aComment(finding);
    const left = plan([finding], [{ ...comment, body: comment.body.replace('about', 'not about') }]);
    expect([amended(left), settled(left)]).toEqual([[], [['a1', 'edited_by_person']]]);
  });

  it('keeps its comment whatever the limit is', () => {
    expect(settled(plan([finding], [aComment(finding)], { policy: { inlineLimit: 0 } }))).toEqual([
      ['a1', 'unchanged'],
    ]);
  });
});

describe('a comment whose finding is gone', () => {
  const gone = aFinding({ id: 'a1' });
  const other = aFinding({ id: 'b2', location: aLocation({ startLine: 40 }) });

  it('says that it is fixed, and its thread is closed', () => {
    const closing = plan([other], [aComment(gone)]);
    expect(amended(closing)).toEqual([['a1', 'close', 'fixed', 'close']]);
  });

  it('is left alone by a run that could not finish, or in which its tool did not run', () => {
    const unfinished = {
      document: { decision: { outcome: 'unfinished', mode: 'enforce', reasons: [] } },
    } as const;
    expect(amended(plan([other], [aComment(gone)], unfinished))).toEqual([]);
    const { run } = aDocument([other]);
    const inputs = run.inputs.map((input) => ({ ...input, tools: [{ name: 'Another', version: null }] }));
    expect(amended(plan([other], [aComment(gone)], { document: { run: { ...run, inputs } } }))).toEqual([]);
  });

  it('says what became of it when the finding is dismissed, waived or out of scope now', () => {
    const waived = { ...gone, gate: { effect: 'waived', why: 'accepted' } } as const;
    expect(amended(plan([waived], [aComment(gone)]))).toEqual([['a1', 'close', 'accepted', 'close']]);
  });

  it('keeps a text that a person changed, and a thread that a person resolved', () => {
    const comment = aComment(gone, { resolved: true, resolvedBy: 'other' });
    const edited = { ...comment, body: comment.body.replace('about', 'not about') };
    const { amendments } = plan([other], [edited]);
    expect(amendments.map(({ amendment }) => [amendment.body, amendment.thread])).toEqual([[null, 'leave']]);
  });

  it('that is closed already stays so', () => {
    expect(amended(plan([other], [aComment(gone, { state: 'closed' })]))).toEqual([]);
  });
});

describe('copies that two runs at once left', () => {
  const finding = aFinding({ id: 'a1' });

  it('go, but the first and those that were answered', () => {
    const copies = [3, 1, 2].map((order) =>
      aComment(finding, { id: `c${order}`, order, answered: order === 3 }),
    );
    const planned = plan([finding], copies);
    expect(planned.copies.map(({ known }) => known.comment.id)).toEqual(['c2']);
    expect(settled(planned)).toEqual([['a1', 'unchanged']]);
  });

  it('keep what a person wrote into them', () => {
    const [first, second] = [1, 2].map((order) => aComment(finding, { id: `c${order}`, order }));
    const edited = { ...second, body: second?.body.replace('about', 'not about') } as StandingComment;
    expect(plan([finding], [first as StandingComment, edited]).copies).toEqual([]);
  });

  it('or a run that was ended before the closed comment of a finding that is back was gone', () => {
    const closed = {
      state: 'closed',
      outdated: true,
      line: null,
      resolved: true,
      resolvedBy: 'self',
    } as const;
    const old = aComment(finding, { id: 'old', order: 1, ...closed });
    const answered = aComment(finding, { id: 'told', order: 2, answered: true, ...closed });
    const fresh = aComment(finding, { id: 'fresh', order: 3 });
    const planned = plan([finding], [old, answered, fresh]);
    expect(planned.copies.map(({ known, of }) => [known.comment.id, of.comment.id])).toEqual([
      ['old', 'fresh'],
      ['told', 'fresh'],
    ]);
    expect(settled(planned)).toEqual([['a1', 'unchanged']]);
  });

  it('of which one stands at its line and an older one does not: the one at its line stays', () => {
    const old = aComment(finding, { id: 'old', order: 1, outdated: true, line: null });
    const fresh = aComment(finding, { id: 'fresh', order: 2 });
    expect(plan([finding], [old, fresh]).copies.map(({ known }) => known.comment.id)).toEqual(['old']);
  });
});

describe('the opening of a review whose comments were second copies', () => {
  const findings = ['a1', 'b2'].map((id) => aFinding({ id }));
  const opening = (order: number, ids: readonly string[]): StandingComment => {
    const fields = { kind: 'review', id: '-', fingerprint: null, state: 'open', category: '-' } as const;
    const { body } = withMarker('places', { ...fields, tool: null, posted: ids }, SEAL);
    return { ...aComment({ id: '-' }), kind: 'review', id: `r${order}`, order, body };
  };
  const commentsIn = (review: string | null, order: number) =>
    findings.map((finding) => aComment(finding, { id: `${review}-${finding.id}`, order, review }));
  const shortened = (comments: readonly StandingComment[]) =>
    plan(findings, comments).openings.map(({ comment, body }) => [comment.id, body]);
  const both = ['a1', 'b2'];

  it('leads to the first one, whether the copies are there yet or not', () => {
    const first = [opening(1, both), ...commentsIn('r1', 2)];
    expect(shortened([...first, opening(5, both)])).toEqual([['r5', 'see r1']]);
    expect(shortened([...first, opening(5, both), ...commentsIn('r5', 6)])).toEqual([['r5', 'see r1']]);
  });

  it.each([
    ['one of its comments is no copy', [opening(1, ['a1']), ...commentsIn('r1', 2).slice(0, 1)]],
    ['its comments were told anew later', [opening(7, both), ...commentsIn('r7', 8)]],
    ['a person deleted them', []],
    ['the host does not say what was posted with what', [opening(1, both), ...commentsIn(null, 2)]],
  ])('stays when %s', (_, others) => {
    expect(shortened([opening(5, both), ...others])).toEqual([]);
  });

  it('stays when a comment of it stands, and when a person wrote into it', () => {
    const first = [opening(1, both), ...commentsIn('r1', 2)];
    const edited = opening(5, both);
    expect(shortened([...first, { ...edited, body: `Seen.\n\n${edited.body}` }])).toEqual([]);
    const answered = commentsIn('r5', 6).map((comment) => ({ ...comment, answered: true }));
    expect(shortened([...first, edited, ...answered])).toEqual([]);
  });
});

describe('a finding whose id changed', () => {
  const fingerprints = { 'assay/v1': '00112233445566778899aabbccddeeff' };
  const marked = (id: string) => {
    const { body } = withMarker(
      `about ${id}`,
      {
        ...{ kind: 'finding', id, fingerprint: '0011223344556677', state: 'open', category: '-' },
        ...{ tool: 'semgrep', posted: [] },
      },
      SEAL,
    );
    return { ...aComment({ id }), body };
  };

  it('keeps its comment by the fingerprint without the path', () => {
    const planned = plan([aFinding({ id: 'new', fingerprints })], [marked('old')]);
    expect([posted(planned), amended(planned)]).toEqual([[], [['new', 'edit', 'comment', 'leave']]]);
  });

  it('is another finding when two could be meant', () => {
    const planned = plan(
      [aFinding({ id: 'n1', fingerprints }), aFinding({ id: 'n2', fingerprints })],
      [marked('old')],
    );
    expect(posted(planned).sort()).toEqual(['n1', 'n2']);
    expect(amended(planned)).toEqual([['old', 'close', 'fixed', 'close']]);
  });
});

describe('comments of another run of the same pipeline', () => {
  it('are left alone', () => {
    const gone = aFinding({ id: 'a1' });
    const standing = readStandingComments([aComment(gone)], SEAL, '0a1b2c3d');
    const planned = planPublication(aDocument([]), {
      policy: POLICY,
      standing,
      writer,
      anchorOf: () => anchor,
    });
    expect([planned.amendments, planned.copies]).toEqual([[], []]);
  });
});
