// What could not be read of manifests and lock files, in Simplified Chinese.
import type { PhraseBook } from '#domain/phrase.ts';

export const MANIFESTS_PHRASES_ZH_CN: PhraseBook = {
  // Any file.
  'Only the first {0} of {1} manifests are read.': '只读取 {1} 个清单文件中的前 {0} 个。',
  '{0} is not read: the manifests of the repository are too large.': '未读取 {0}：仓库的清单文件总量过大。',
  '{0} is not read: it has more than {1} characters.': '未读取 {0}：它的字符数超过 {1}。',
  '{0} is not read: {1}.': '未读取 {0}：{1}。',
  '{0} is missing.': '{0} 不存在。',
  '{0}: {1} lines are not understood.': '{0}：有 {1} 行无法理解。',
  '{0} is not read: {1} is taken for the lock file in use.': '未读取 {0}：以 {1} 为正在使用的锁文件。',
  'The manifests of {0} are not read: one of them is too deep or too large.':
    '未读取 {0} 的清单文件：其中一个嵌套过深或过大。',
  'Of the packages that {0} locks, only {1} of {2} are listed.': '{0} 锁定的 {2} 个包中只列出 {1} 个。',
  // Formats.
  '{0} is not valid JSON.': '{0} 不是有效的 JSON。',
  '{0} is not valid TOML.': '{0} 不是有效的 TOML。',
  '{0} is not valid YAML, or has keys that stand twice or references.':
    '{0} 不是有效的 YAML，或含有重复的键或引用。',
  '{0} is no lock file of npm: it has neither packages nor dependencies.':
    '{0} 不是 npm 的锁文件：既没有 packages 也没有 dependencies。',
  '{0} is no lock file of Bun: it has neither packages nor workspaces.':
    '{0} 不是 Bun 的锁文件：既没有 packages 也没有 workspaces。',
  '{0} is no lock file of pnpm that can be read (versions 5 to 9, plain YAML, at most 6 MiB).':
    '{0} 不是可读取的 pnpm 锁文件（版本 5 至 9、普通 YAML、最大 6 MiB）。',
  '{0} is no lock file of Pipenv.': '{0} 不是 Pipenv 的锁文件。',
  '{0} is no lock file that can be read: it lists no packages.':
    '{0} 不是可读取的锁文件：其中没有列出任何包。',
  '{0} includes {1}, which is no file of the repository.': '{0} 引入了 {1}，而它不是仓库中的文件。',
  '{0} is a program: only the dependencies that it lists word for word are known.':
    '{0} 是程序：只能得知其中逐字列出的依赖。',
  '{0} is no project of Maven that can be read: plain XML without a document type is.':
    '{0} 不是可读取的 Maven 项目：须为不带文档类型声明的普通 XML。',
  '{0} is not XML that can be read: plain XML without a document type is.':
    '{0} 不是可读取的 XML：须为不带文档类型声明的普通 XML。',
  '{0} is of a Go before 1.17: what its dependencies need is taken from go.sum, where it can be out of date.':
    '{0} 使用 1.17 之前的 Go：其间接依赖取自 go.sum，可能已过时。',
};
