// The comments and annotations by which scanners are told to keep quiet, as they stand in source text.

/** On the line itself or the line above. Sources: the tools' manuals. */
const LINE_MARKERS = new RegExp(
  [
    '\\bnosec\\b', // Bandit, gosec
    '\\bnosemgrep\\b|\\bsemgrep-ignore\\b',
    '\\bNOLINT(?:NEXTLINE|BEGIN)?\\b', // clang-tidy, cpplint
    '\\bnolint\\b', // golangci-lint, lintr
    '\\bNOSONAR\\b',
    '\\bnoqa\\b', // flake8, Ruff
    '\\b(?:eslint|oxlint|tslint|stylelint|secretlint)-disable\\b',
    '\\bbiome-ignore\\b',
    '\\b(?:codeql|lgtm)\\s*\\[',
    '@?\\bSuppress(?:Warnings|FBWarnings|Message|Lint)?\\s*\\(',
    '\\bpragma\\s+warning\\s+disable\\b', // C#
    '\\bcppcheck-suppress\\b',
    '\\b(?:flawfinder|rats|its4)\\s*:\\s*ignore\\b',
    '\\bgitleaks:allow\\b|\\bpragma:\\s*allowlist\\b|\\btrufflehog:ignore\\b',
    '\\b(?:rubocop|swiftlint|bearer|ktlint)[:-]disable\\b',
    '\\bbrakeman[:-]ignore\\b',
    '\\bphpcs:(?:ignore|disable)|@phpcsSuppress\\b|@codingStandardsIgnore',
    '@phpstan-ignore|@psalm-suppress\\b',
    '\\bpylint:\\s*disable\\b',
    '\\b(?:checkov|terrascan|tfsec|trivy|kics|hadolint|shellcheck|njsscan|mobsf|devskim|snyk|deepcode)[-:\\s]*(?:scan\\s+)?(?:skip|ignore|disable)',
    '#ts:skip\\b|#cfn_nag\\b', // Terrascan, cfn-nag
    '\\bcoverity\\s*\\[',
    '\\bskipcq\\b',
    '\\bnohorus\\b',
    '\\bfortify(?:_|\\s)?(?:ignore|suppress)',
  ].join('|'),
  'i',
);

/** Hold from their line on for a block, a declaration or the whole file. */
const BLOCK_MARKERS = new RegExp(
  [
    '\\b(?:eslint|oxlint|tslint|stylelint|secretlint)-disable\\b(?!-(?:next-)?line)',
    '\\bNOLINTBEGIN\\b',
    '\\bbiome-ignore-(?:all|start)\\b',
    '@?\\bSuppress(?:Warnings|FBWarnings|Message|Lint)?\\s*\\(',
    '\\bpragma\\s+warning\\s+disable\\b',
    '\\bcppcheck-suppress-(?:begin|file|macro)\\b',
    '\\b(?:rubocop|swiftlint|bearer|ktlint)[:-]disable\\b(?!:(?:next|this|previous))',
    '\\bphpcs:(?:disable|ignoreFile)|@codingStandardsIgnore(?:Start|File)',
    '@psalm-suppress\\b',
    '\\bpylint:\\s*disable\\b',
    '\\b(?:flake8|ruff):\\s*noqa\\b',
    '\\bshellcheck\\s+disable\\b|\\bhadolint\\s+global\\s+ignore\\b',
    '\\bkics-scan\\s+(?:ignore|disable)',
  ].join('|'),
  'i',
);

/** Longer lines are generated code, where nobody writes comments. */
const LINE_CAP = 2000;

/** Whether a line asks scanners to be quiet about itself or what follows it. */
export function hasMarker(line: string): boolean {
  return LINE_MARKERS.test(line.slice(0, LINE_CAP));
}

/** Whether a line asks scanners to be quiet from here on. */
export function hasBlockMarker(line: string): boolean {
  return BLOCK_MARKERS.test(line.slice(0, LINE_CAP));
}

/** Whether a line is only a comment or an annotation, so that a marker above it still speaks of what follows. */
export function isLeadIn(line: string): boolean {
  return /^\s*(\/\/|\/\*|\*|#|--|<!--|@|\[|"""|%|;)/.test(line.slice(0, LINE_CAP)) || line.trim() === '';
}
