// Files that hold no program of an ecosystem but may name what is loaded: manifests' scripts, settings, images, shell scripts.
import type { Workspace } from '#ports/workspace.ts';
import type { EcosystemRules } from './ecosystems/ecosystem.ts';

export interface SettingFile {
  readonly path: string;
  readonly text: string;
}

export interface SettingIndex {
  readonly files: readonly SettingFile[];
  readonly unread: number;
}

const SETTINGS =
  /(?:\.(?:json|jsonc|json5|ya?ml|toml|ini|cfg|conf|properties|xml|config|env|sh|bash|zsh|fish|bat|cmd|ps1|service|nix|gradle|kts|props|targets|csproj|gemspec|rake|mk|sbt|j2|tpl|tmpl|plist|hcl|tf|bzl|html?)|(?:^|\/)(?:[\w.-]*Dockerfile[\w.-]*|[\w.-]*Containerfile|Procfile[\w.-]*|[\w.-]*Makefile|Justfile|Jenkinsfile|Gemfile|go\.mod|Brewfile|Rakefile|BUILD|WORKSPACE|\.[\w-]*rc|\.env[\w.-]*|entrypoint[\w.-]*|[^/.]+))$/i;
/** Lock files, what other tools keep about packages, and translations: they name packages and load none. */
const NO_SETTINGS =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|composer\.lock|packages\.lock\.json|project\.assets\.json|renovate\.json5?|dependabot\.ya?ml|\.snyk|osv-scanner\.toml|\.trivyignore[\w.]*|(?:CHANGELOG|LICEN[CS]E|COPYING|NOTICE|AUTHORS|CODEOWNERS|README)[\w.-]*|assay\.ya?ml)$|(?:^|\/)(?:assay-out|locales?|i18n|translations|node_modules|vendor|\.venv|venv|\.git)\//i;
/** Bills of materials, advisories and reports. */
const REPORT =
  /"(?:bomFormat|spdxVersion|SPDXID|auditReportVersion|advisories|SchemaVersion|vulnerabilities|schema_version|CVE_ID)"|sarif-2\.1|"@context"\s*:\s*"https:\/\/(?:openvex|spdx)/;

const MOST_FILES = 5_000;
const LARGEST = 2 * 1024 * 1024;
/** Of all files together: they are kept. */
const MOST_CHARACTERS = 64 * 1024 * 1024;
const READERS = 32;

export async function readSettings(workspace: Pick<Workspace, 'files' | 'read'>): Promise<SettingIndex> {
  const paths = (await workspace.files()).filter((path) => SETTINGS.test(path) && !NO_SETTINGS.test(path));
  const files: SettingFile[] = [];
  let unread = Math.max(0, paths.length - MOST_FILES);
  let characters = 0;
  for (let at = 0; at < paths.length && at < MOST_FILES; at += READERS) {
    const some = paths.slice(at, Math.min(at + READERS, MOST_FILES));
    const reads = await Promise.all(some.map((path) => workspace.read(path)));
    for (const [index, read] of reads.entries()) {
      if (read.kind !== 'text') continue;
      if (REPORT.test(read.text.slice(0, 20_000))) continue;
      characters += read.text.length;
      if (read.text.length > LARGEST || characters > MOST_CHARACTERS) unread++;
      else files.push(settingOf(some[index] ?? '', read.text));
    }
  }
  return { files, unread };
}

function settingOf(path: string, text: string): SettingFile {
  return /(?:^|\/)go\.mod$/.test(path) ? { path, text: loadsOfGoModule(text) } : { path, text };
}

/** Tools, and what stands in for another module (https://go.dev/ref/mod#go-mod-file); lines that ask for modules say nothing. */
function loadsOfGoModule(text: string): string {
  let block = '';
  return text
    .split('\n')
    .map((line) => {
      const head = /^\s{0,99}(\w{1,20})\s{0,99}\(/.exec(line)?.[1];
      if (head !== undefined) block = head;
      else if (/^\s{0,99}\)/.test(line)) block = '';
      const isTool = block === 'tool' || /^\s{0,99}tool\s/.test(line);
      const arrow = line.indexOf('=>');
      return isTool ? line : arrow < 0 ? '' : ' '.repeat(arrow) + line.slice(arrow);
    })
    .join('\n');
}

/** Whether settings of this kind speak of the ecosystem at all: sources are searched as such. */
export function isSettingOf({ path }: SettingFile, rules: EcosystemRules): boolean {
  // In XML, Java's full names are found as in its sources; coordinates look like them.
  if (rules.ecosystem === 'Maven' && /\.xml$/i.test(path)) return false;
  return !rules.sources.test(path) || /\.(?:html?|ya?ml|xml)$/i.test(path);
}
