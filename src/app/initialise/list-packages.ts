// How `assay init` has the packages of a repository listed: which files lock them, and the commands that make a bill of materials of those.
import { ownPaths } from '../../manifests/manifest-files.ts';

/** Files that say which packages are installed; the last three do so as far as their ecosystem has nothing better. */
const LOCK_FILE =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock|poetry\.lock|uv\.lock|pdm\.lock|Pipfile\.lock|Cargo\.lock|composer\.lock|Gemfile\.lock|packages\.lock\.json|gradle\.lockfile|requirements\.txt|go\.mod|pom\.xml)$/;
const NPM_LOCK_FILE = /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/;
/** What a shell and YAML take as it stands. */
const PLAIN = /^[A-Za-z0-9._][A-Za-z0-9._/-]{0,200}$/;
const MOST_NPM_PROJECTS = 5;

const NPM_SBOM = 'npm sbom --package-lock-only --sbom-format=cyclonedx';

/** `paths` from the root of the repository, sorted. Installed packages and names that a shell reads otherwise are left out. */
export function findLockFiles(paths: readonly string[]): readonly string[] {
  return ownPaths(paths)
    .filter((path) => LOCK_FILE.test(path) && PLAIN.test(path))
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
}

/** Shell commands that write bills of materials to `folder` (empty: where one stands): npm's own where npm locks everything. */
export function listingCommands(lockFiles: readonly string[], folder: string): readonly string[] {
  const to = folder === '' ? '' : `${folder}/`;
  const onlyNpm = lockFiles.every((path) => NPM_LOCK_FILE.test(path));
  const projects = [...new Set(lockFiles.map((path) => path.slice(0, Math.max(path.lastIndexOf('/'), 0))))];
  if (onlyNpm && projects.length <= MOST_NPM_PROJECTS)
    return projects.map((project) =>
      project === ''
        ? `${NPM_SBOM} > ${to}bom.cdx.json`
        : `(cd ${project} && ${NPM_SBOM}) > ${to}${project.replaceAll('/', '-')}.cdx.json`,
    );
  return [
    `syft scan dir:. -o cyclonedx-json=${to}bom.cdx.json`,
    `# or: trivy fs --format cyclonedx --output ${to}bom.cdx.json .`,
    `# or: cdxgen --output ${to}bom.cdx.json .`,
  ];
}

/** `a, b and c`, of many the first three. */
export function nameSome(lockFiles: readonly string[]): string {
  if (lockFiles.length > 3) return `${lockFiles.slice(0, 3).join(', ')} and ${lockFiles.length - 3} more`;
  return [lockFiles.slice(0, -1).join(', '), ...lockFiles.slice(-1)]
    .filter((part) => part !== '')
    .join(' and ');
}

/**
 * A template with the line `# {{packages}}` replaced by commented lines that list the packages, or without it where nothing is locked.
 * `shape` says whether the lines are a step of a workflow or entries of a job's script.
 */
export function withListing(
  template: string,
  lockFiles: readonly string[],
  shape: 'step' | 'script',
): string {
  const [line, indent = ''] = /^( *)# \{\{packages\}\}\n/m.exec(template) ?? [];
  if (line === undefined) return template;
  if (lockFiles.length === 0) return template.replace(shape === 'step' ? `${line}\n` : line, '');
  const commands = ['mkdir -p reports', ...listingCommands(lockFiles, 'reports')];
  const isNpm = commands.some((command) => command.includes(NPM_SBOM));
  const lines = [
    `What the packages are: a bill of materials${isNpm ? '' : ', by a tool that is installed before'}. ${shape === 'step' ? 'OSV below' : 'ASSAY_INPUT_OSV above'} says what it is compared with.`,
    ...(shape === 'step'
      ? ['- name: List the packages', '  run: |', ...commands.map((command) => `    ${command}`)]
      : commands.map((command) => (command.startsWith('#') ? `  ${command}` : `- ${command}`))),
  ];
  return template.replace(line, () => lines.map((text) => `${indent}# ${text}\n`).join(''));
}
