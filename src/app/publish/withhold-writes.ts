// A desk that does not ask for what is known to be refused, and says what is missing instead.
import type {
  DeskProblem,
  DeskState,
  DeskWrite,
  GateStatus,
  StandingComment,
  StatusOutcome,
  WithheldWrites,
} from '#domain/publication.ts';
import type { CodeScanning } from '#ports/code-scanning.ts';
import type { ReviewDesk } from '#ports/review-desk.ts';

/** Of a reading: who the bot is, on which change. */
export type FindWithheld = (state: DeskState) => WithheldWrites;

interface Places {
  readonly desk: ReviewDesk;
  readonly scanning: CodeScanning | null;
}

/**
 * Both know what is withheld from the first reading on: what the desk itself tells, and what `find` adds. Nothing is withheld before it.
 */
export function withholdWrites({ desk, scanning }: Places, find: FindWithheld): Places {
  let withheld: WithheldWrites = {};
  const problemOf = (write: DeskWrite) => withheld[write] ?? null;
  return {
    desk: {
      read: async (before, again) => {
        const state = await desk.read(before, again);
        if ('problem' in state) return state;
        withheld = { ...state.rights.withheld, ...find(state) };
        return { ...state, rights: { ...state.rights, withheld } };
      },
      post: async (drafts, at) => {
        const problem = problemOf('comments');
        return problem === null ? desk.post(drafts, at) : drafts.map(() => refused(problem));
      },
      amend: async (amendments) => {
        const refusals = amendments.map(({ comment }) => problemOf(writeOf(comment)));
        const open = amendments.filter((_, index) => refusals[index] === null);
        const outcomes = open.length === 0 ? [] : [...(await desk.amend(open))];
        return refusals.map((problem) => {
          const outcome = problem === null ? outcomes.shift() : refused(problem);
          if (outcome === undefined) throw new Error('the desk gave fewer outcomes than it was asked for');
          return outcome;
        });
      },
      summarise: async (body, marker, standing) => {
        const problem = problemOf('summary');
        return problem === null ? desk.summarise(body, marker, standing) : refused(problem);
      },
      report: (status) => reportWhereAllowed(desk, status, withheld),
    },
    scanning: scanning === null ? null : withholdAlerts(scanning, () => problemOf('alerts')),
  };
}

function writeOf({ kind }: StandingComment): DeskWrite {
  return kind === 'summary' ? 'summary' : 'comments';
}

/** A host without check runs says nothing of them, and its status takes the place of each. */
async function reportWhereAllowed(
  desk: ReviewDesk,
  status: GateStatus,
  { check, status: commitStatus }: WithheldWrites,
): Promise<StatusOutcome> {
  const { prefer } = status;
  if (check !== undefined && commitStatus !== undefined && prefer === 'auto') {
    return refused(neither(check, commitStatus));
  }
  if (check !== undefined && prefer === 'check') return refused(check);
  if (commitStatus !== undefined && prefer === 'status') return refused(commitStatus);
  if (prefer !== 'auto') return desk.report(status);
  if (check !== undefined) return desk.report({ ...status, prefer: 'status' });
  return commitStatus === undefined ? desk.report(status) : desk.report({ ...status, prefer: 'check' });
}

function neither(check: DeskProblem, status: DeskProblem): DeskProblem {
  if (check === status) return status;
  return {
    code: 'permission',
    text: 'The token of the job may neither make a check run nor set a commit status.',
    hint:
      check.hint === status.hint
        ? check.hint
        : `${check.hint} Or, for a commit status: ${status.hint} The result of the job is the gate either way.`,
  };
}

function withholdAlerts(scanning: CodeScanning, problemOf: () => DeskProblem | null): CodeScanning {
  return {
    upload: async (uploads) => {
      const problem = problemOf();
      return problem === null ? scanning.upload(uploads) : refused(problem);
    },
    openAlerts: async (ref) => {
      const problem = problemOf();
      return problem === null ? scanning.openAlerts(ref) : { problem };
    },
    dismiss: async (dismissals) => {
      const problem = problemOf();
      return problem === null ? scanning.dismiss(dismissals) : refused(problem);
    },
  };
}

function refused(problem: DeskProblem): { readonly kind: 'refused'; readonly problem: DeskProblem } {
  return { kind: 'refused', problem };
}
