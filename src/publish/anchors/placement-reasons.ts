// Why a comment or a suggestion does not stand where a reviewer would look for it: codes, which the catalogues put into words.

/** Why a finding is not commented on at its line. */
export const ANCHOR_REASONS = [
  'outside_hunks',
  'two_hunks',
  'not_shown',
  'whole_file',
  'not_in_diff',
  'diff_cut',
  'deleted',
  'unresolved',
] as const;
export type AnchorReason = (typeof ANCHOR_REASONS)[number];

/** Why a patch is shown as a diff to apply by hand and not as a suggestion. */
export const DIFF_REASONS = [
  'outside_hunks',
  'two_hunks',
  'not_shown',
  'deleted_inside',
  'several_places',
  'too_long',
  'crlf',
  'no_newline_at_end',
  'blank_text',
  'invisible',
  'secret',
  'command_line',
  'not_suggestable_file',
  'unchanged',
  'stale',
] as const;
export type DiffReason = (typeof DIFF_REASONS)[number];
