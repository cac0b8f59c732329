// What the room of upgrades says, in Simplified Chinese.
import type { PhraseBook } from '#domain/phrase.ts';

export const UPGRADE_PHRASES_ZH_CN: PhraseBook = {
  // What to do.
  'Version {0} of {1} lies within what is asked for: only the lock file has to be written again.':
    '{1} 的 {0} 版本在现有约束之内：只需重新生成锁文件。',
  '{0} is brought in by {1}: if that takes version {2}, only the lock file has to be written again, else raise what brings it in.':
    '{0} 由 {1} 引入：若其接受 {2} 版本，只需重新生成锁文件，否则请升级引入它的依赖。',
  'Raise {0} to {1} where the project asks for it.': '在项目声明 {0} 的位置将其升级到 {1}。',
  'Raise {0} from {1} to {2} where the project asks for it.': '在项目声明 {0} 的位置将其从 {1} 升级到 {2}。',
  'Take version {0} of {1} in: no manifest of the repository asks for it, so it comes with an image, an archive or a tool.':
    '请采用 {1} 的 {0} 版本：仓库的清单文件均未声明它，它来自镜像、归档或工具。',
  '{0} is brought in by {1}: hold it to version {2} {3}.': '{0} 由 {1} 引入：请{3}将其固定到 {2} 版本。',
  '{0} is brought in by {1}, which does not take version {2}, the first without it: raise or replace what brings it in.':
    '{0} 由 {1} 引入，而其不接受 {2} 版本（首个不含该漏洞的版本）：请升级或替换引入它的依赖。',
  'A lock file of this repository has {0} {1}, which takes it.':
    '本仓库的一个锁文件中有接受该版本的 {0} {1}。',
  'Which version of it takes {0} is not known here: look for the first whose own dependencies admit {1} {2}.':
    '此处不知道它的哪个版本接受 {0}：请查找自身依赖允许 {1} {2} 的首个版本。',
  '{0} tells which there are.': '{0} 可列出现有版本。',
  'other packages': '其他包',
  'by the means of the ecosystem': '以该生态系统的方式',
  'by `overrides` in `package.json`': '通过 `package.json` 中的 `overrides` ',
  'by `resolutions` in `package.json`': '通过 `package.json` 中的 `resolutions` ',
  'by `pnpm.overrides` in `package.json`': '通过 `package.json` 中的 `pnpm.overrides` ',
  'by `overrides` in `pnpm-workspace.yaml`': '通过 `pnpm-workspace.yaml` 中的 `overrides` ',
  'by `pnpm.overrides` in `package.json`, or from pnpm 11 on by `overrides` in `pnpm-workspace.yaml`':
    '通过 `package.json` 中的 `pnpm.overrides`（pnpm 11 起为 `pnpm-workspace.yaml` 中的 `overrides`）',
  'by `constraint-dependencies` of `[tool.uv]` in `pyproject.toml`':
    '通过 `pyproject.toml` 中 `[tool.uv]` 的 `constraint-dependencies` ',
  'by a line in a constraints file (`-c`)': '通过约束文件（`-c`）中的一行',
  'by `dependencyManagement` in `pom.xml`': '通过 `pom.xml` 中的 `dependencyManagement` ',
  "by `constraints` in the build's `dependencies`": '通过构建脚本 `dependencies` 中的 `constraints` ',
  'by a `require` line in `go.mod`': '通过 `go.mod` 中的 `require` 行',
  'by a central version in `Directory.Packages.props` with transitive pinning, or a reference of its own':
    '通过 `Directory.Packages.props` 中启用传递固定的集中版本或单独的引用',
  'The versions do not tell whether callers may break.': '从版本号无法判断调用方是否会受破坏。',
  'By the version numbers callers may break.': '按版本号判断，调用方可能受破坏。',
  'By the version numbers callers do not break.': '按版本号判断，调用方不会受破坏。',
  '{0} stays.': '{0} 仍然存在。',
  // No fix.
  'No version of {0} above the one that is installed is known to be without this vulnerability.':
    '目前已知的 {0} 版本中，没有高于已安装版本且不含该漏洞的版本。',
  'No version of {0} without this vulnerability is known.': '目前没有已知的不含该漏洞的 {0} 版本。',
  'Replace the package, keep what it does wrong out of reach, or record the decision in a VEX document until there is a fix.':
    '请替换该包、使有缺陷的部分无法被触及，或在修复发布之前将决定记录在 VEX 文档中。',
  // What was checked.
  'It was applied to the file as it is at head.': '已应用于该文件在 head 的内容。',
  'It changes the version of this package in a manifest and nothing else.':
    '它只改动清单文件中该包的版本，别无其他。',
  'The manifest is read as before, but for that version.': '除该版本外，清单文件的读取结果与之前相同。',
  'The new constraint admits the version without the vulnerability and none that is known to be installed with it.':
    '新约束接受不含该漏洞的版本，不接受任何已知受影响的已安装版本。',
  "It was not built: Assay does not run the project's build.": '未构建：Assay 不运行项目的构建。',
  "It was not tested: Assay does not run the project's tests.": '未测试：Assay 不运行项目的测试。',
  // Why an edit is refused.
  'it changes nothing': '它没有改动任何内容',
  'The edit does not apply: {0}.': '该修改无法应用：{0}。',
  'The file is no manifest of {0}.': '该文件不是 {0} 的清单文件。',
  'What it is raised to is no plain version.': '升级的目标不是普通的版本。',
  'The edit changes more than the version of the package.': '该修改不仅改动了该包的版本。',
  'With the edit the manifest is not read as before.': '修改后清单文件的读取结果与之前不同。',
  'The edit takes {0} away.': '该修改移除了 {0}。',
  'The edit adds {0} to what is asked for.': '该修改新增了对 {0} 的声明。',
  'With the edit the manifest asks for the same versions.': '修改后清单文件声明的版本没有变化。',
  'The edit changes the version of {0}, another package.': '该修改改动了另一个包 {0} 的版本。',
  'The new constraint does not admit {0}.': '新约束不接受 {0}。',
  'The new constraint admits {0}, which is affected.': '新约束仍接受受影响的 {0}。',
  'The edit lowers the version.': '该修改降低了版本。',
  'The new constraint is not the one before with its version raised.': '新约束不是仅提升版本后的原约束。',
  'The file of the upgrade is not there at head, or is no text.':
    '升级所涉及的文件在 head 不存在，或不是文本。',
  'The file at head is not the one that the upgrade was made for.': 'head 的文件不是该升级所针对的文件。',
  'The finding has no upgrade.': '该发现没有升级方案。',
  'The upgrade is of another package than the finding.': '该升级针对的包与发现不同。',
  'The upgrade does not lead to the file that it promises.': '该升级得到的文件与其承诺的不符。',
};
