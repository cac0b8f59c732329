// The sentence above a proposed change: who thought of it, and what was checked of it, no more and no less.
import type { PatchCheck } from '#domain/patch.ts';
import type { PatchProposal } from './comment-request.ts';
import { quoted, sentence } from './markdown-blocks.ts';
import { commentMessagesOf } from './messages/comment-messages-of.ts';

/** How each tool installs what the lock file says and nothing else: that refuses a lock file which the manifest has left behind. */
const BY_LOCK_FILE: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm ci'],
  ['yarn', 'yarn install --immutable'],
  ['pnpm', 'pnpm install --frozen-lockfile'],
  ['bun', 'bun install --frozen-lockfile'],
  ['poetry', 'poetry install'],
  ['uv', 'uv sync --locked'],
  ['bundle', 'bundle install --frozen'],
  ['cargo', 'cargo build --locked'],
  ['dotnet', 'dotnet restore --locked-mode'],
]);

/** A manifest and its lock file go together. `example`: null where the tool has no such way, and may install what the lock file has. */
const THEN: Readonly<Record<'en' | 'zh-CN', (command: string, example: string | null) => string>> = {
  en: (command, example) =>
    ` **Then run ${command} and commit the lock file with it**: until then ${example === null ? 'what is installed is what the lock file has, or the install fails' : `an install that only reads the lock file, such as ${example}, fails`}.`,
  'zh-CN': (command, example) =>
    `**随后请运行 ${command} 并一并提交锁文件**：在此之前，${example === null ? '安装的仍是锁文件中的版本，或者安装失败' : `只读取锁文件的安装方式（如 ${example}）会失败`}。`,
};

function byLockFile(command: string): string | null {
  const known = BY_LOCK_FILE.get(/^\S{1,20}/.exec(command)?.[0] ?? '');
  return known === undefined ? null : quoted(known);
}

/** @param proposal.tool outside text; null where the tool has no name */
export function proposalSentence(
  { origin, tool, checks, command = null }: PatchProposal,
  language: 'en' | 'zh-CN',
): string {
  const { proposedBy, checked, checkedUpgrade, notRun } = commentMessagesOf(language);
  const came = (wanted: PatchCheck['check'], to: PatchCheck['outcome']) =>
    checks.some(({ check, outcome }) => check === wanted && outcome === to);
  return (
    proposedBy(tool === null ? null : proposerName(tool, origin), origin) +
    (origin === 'upgrade'
      ? checkedUpgrade
      : checked({ parses: came('parses', 'passed'), gone: came('rejudged', 'passed') })) +
    notRun({ builds: came('builds', 'skipped'), tests: came('tests', 'skipped') }) +
    (command === null ? '' : THEN[language](quoted(command), byLockFile(command)))
  );
}

/** A model's name is an address of sorts, and never a word of a sentence. */
function proposerName(tool: string, origin: PatchProposal['origin']): string {
  return origin === 'model' ? quoted(tool) : sentence(tool);
}
