// What Assay says in the summary comment and beside the gate, in English; the other catalogue has the same keys by type.

/** Where a reviewer meets a finding. `here`: only in this text. `files`: only in the files of the run. */
export type Whereabouts = 'inline' | 'file' | 'annotation' | 'here' | 'files';

/** Arguments that are strings are finished Markdown. */
export interface PublicationMessages {
  readonly nothingInChange: string;
  readonly fixedSince: (count: number) => string;
  readonly leftOpen: (count: number) => string;
  readonly ownSide: string;
  /** Text of the link to a finding's comment. */
  readonly commentLink: Readonly<Record<'inline' | 'file', string>>;
  readonly countedAt: Readonly<Record<Whereabouts, (count: number) => string>>;
  readonly whereabouts: (parts: string) => string;
  readonly notInline: (count: number) => string;
  readonly placedAt: Readonly<Record<'file' | 'annotation' | 'summary' | 'files', string>>;
  /** `place` of `placedAt`. */
  readonly told: (place: string, why: string) => string;
  readonly patches: (count: number, folder: string) => string;
  readonly problems: (count: number) => string;
  readonly noModelCost: string;
  readonly modelCost: (file: string) => string;
  /** `where` is null, or a link to the job that holds the artifacts. */
  readonly moreRows: (count: number, file: string, job: string | null) => string;
  readonly sectionsLeftOut: (file: string, job: string | null) => string;
  readonly jobLink: string;
  readonly annotationsLeftOut: (count: number) => string;
  readonly learnMore: (id: string) => string;
  readonly setAsideFromReport: (
    count: number,
    why: 'accepted' | 'dismissed' | 'kind' | 'other' | 'place' | 'room',
  ) => string;
}

const REPORT_GAP = {
  accepted: 'waived by the policy, or suppressed by a comment in the base',
  dismissed: 'dismissed as false positives',
  kind: 'about dependencies or licences',
  other: 'about code or licences',
  place: 'naming no file',
  room: 'GitLab loads no report above 20 MB',
} as const;

export const publicationEn: PublicationMessages = {
  nothingInChange: 'No finding in this change.',
  leftOpen: (count) =>
    `${count === 1 ? 'One comment of an earlier run stays' : `${count} comments of earlier runs stay`} open: this run could not tell what became of ${count === 1 ? 'its finding' : 'their findings'}.`,
  fixedSince: (count) =>
    `${plural(count, 'finding')} commented on before ${count === 1 ? 'is' : 'are'} no longer reported.`,
  ownSide:
    'This result was made by a run that the change itself controls: a hint for reviewers, no decision.',
  commentLink: { inline: 'Comment at the line', file: 'Comment at the file' },
  countedAt: {
    inline: (count) => `${count} at ${count === 1 ? 'its line' : 'their lines'}`,
    file: (count) => `${count} at ${count === 1 ? 'its file' : 'their files'}`,
    annotation: (count) => `${count} as ${count === 1 ? 'an annotation' : 'annotations'} of the check`,
    here: (count) => `${count} only here`,
    files: (count) => `${count} only in the result files`,
  },
  whereabouts: (parts) => `Where they are: ${parts}.`,
  notInline: (count) => `${count} without a comment at the line, and why`,
  placedAt: {
    file: 'at the file',
    annotation: 'annotation of the check',
    summary: 'in this summary',
    files: 'in the result files',
  },
  told: (place, why) => `${place}: ${why}`,
  patches: (count, folder) =>
    `${plural(count, 'patch', 'patches')} ready for \`git apply\`: ${folder} of the job’s artifacts.`,
  problems: (count) => `Could not be posted as it should (${count})`,
  noModelCost: 'model cost 0',
  modelCost: (file) => `model cost in ${file}`,
  moreRows: (count, file, job) =>
    `${count} more ${count === 1 ? 'row is' : 'rows are'} not shown here: ${file} ${artifacts(job)} holds all.`,
  sectionsLeftOut: (file, job) =>
    `Some sections are left out for length: ${file} ${artifacts(job)} holds everything.`,
  jobLink: 'the job’s artifacts',
  annotationsLeftOut: (count) =>
    `${plural(count, 'more finding')} ${count === 1 ? 'is' : 'are'} not annotated; the table has them, as far as there is room, and assay.json has all.`,
  learnMore: (id) => `assay explain ${id}`,
  setAsideFromReport: (count, why) =>
    `${plural(count, 'finding')} ${count === 1 ? 'is' : 'are'} not in this report (${REPORT_GAP[why]}); assay.json has all.`,
};

function artifacts(job: string | null): string {
  return `in ${job ?? publicationEn.jobLink}`;
}

function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}
