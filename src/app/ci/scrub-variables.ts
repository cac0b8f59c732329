// Takes secrets out of the process before anything hostile is parsed (security row 50): what is not known to be harmless goes.

/** What git, proxies, certificates, terminals, temporary files and our own options need; compared in upper case, as Windows does. */
const KEPT = new Set([
  'PATH',
  'PATHEXT',
  'HOME',
  'USERPROFILE',
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TERM',
  'NO_COLOR',
  'FORCE_COLOR',
  'CI',
  'GITHUB_ACTIONS',
  'GITLAB_CI',
  'RUNNER_TEMP',
  'RUNNER_OS',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'ASSAY_NOW',
  'SOURCE_DATE_EPOCH',
]);

/** Deletes every variable that is not on the list; `LC_*` stays. */
export function scrubVariables(variables: Record<string, string | undefined>): void {
  for (const name of Object.keys(variables)) {
    const upper = name.toUpperCase();
    if (!KEPT.has(upper) && !upper.startsWith('LC_')) delete variables[name];
  }
}
