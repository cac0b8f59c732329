// What this stage says, in Chinese; the English stands in the phrases themselves.
import type { PhraseBook } from '#domain/phrase.ts';

export const DEPENDENCIES_PHRASES_ZH_CN: PhraseBook = {
  '{0} {1}, for which no mended version is known.': '{0}{1}，目前没有已知的修复版本。',
  '{0} {1}, which is mended in {2}.': '{0}{1}，已在 {2} 中修复。',
  '{0} was there at the same version before this change': '{0} 在本次变更之前就是同一版本',
  '{0} was there before this change as well, at {1}, which is affected too':
    '{0} 在本次变更之前已经存在，版本为 {1}，同样受影响',
  '{0} was there before this change': '{0} 在本次变更之前已经存在',
  '{0} is a dependency of the project itself.': '{0} 是项目自身的依赖。',
  '{0} is brought in by {1}.': '{0} 由 {1} 引入。',
  '{0} is part of what is installed.': '{0} 在已安装的内容之中。',
  'The report does not say which project it is about. These have the package as well, and were looked at too: {0}. Give each project a report of its own, in its folder.':
    '报告没有说明它针对哪个项目。以下项目也有该包，同样已查看：{0}。请为每个项目提供各自的报告，并放在其文件夹中。',
  'Is the vulnerable code reached? No manifest or lock file of the repository has the package, so its use could not be searched.':
    '有漏洞的代码会被用到吗？仓库的清单文件和锁文件中都没有该包，因此无法查找它的使用情况。',
  'It has the known vulnerability {0}': '它存在已知漏洞 {0}',
  'The installed version is outside of what {0} calls affected.': '已安装的版本不在 {0} 所述的受影响范围内。',
  'A report calls this version affected; {0}, as it was given, does not.':
    '有报告称该版本受影响；而所提供的 {0} 则不然。',
  '{0} says that the vulnerable code is called.': '{0} 称有漏洞的代码被调用。',
  '{0} says that the vulnerable code is called: {1}.': '{0} 称有漏洞的代码被调用：{1}。',
  'This would clear the finding, but the configuration keeps this weakness from being dismissed: a person decides.':
    '这本可排除该发现，但配置规定这类弱点不得被判为误报：由人决定。',
  'ignored by the configuration: `ignore` covers {0}': '被配置忽略：`ignore` 涵盖 {0}',
  'no manifest or lock file of the repository says where the package comes from, and the change touches {0}':
    '仓库的清单文件和锁文件都没有说明该包来自何处，而本次变更改动了 {0}',
  'reported as a finding of its own': '单独成为一个发现',
  'the change touches no file that decides on dependencies': '本次变更没有改动任何决定依赖的文件',
  'the change touches none of the files that bring the package in': '本次变更没有改动引入该包的任何文件',
  'the policy does not allow this licence': '策略不允许该许可证',
  'the report names a file that is not in the repository, and no manifest or lock file of the repository has the package':
    '报告所指的文件不在仓库中，仓库的清单文件和锁文件中也没有该包',
  'the report names no file, and no manifest or lock file of the repository has the package':
    '报告没有指明文件，仓库的清单文件和锁文件中也没有该包',
  'the same vulnerability of the same package as {0} (input {1}, run {2}, result {3})':
    '与 {0}（输入 {1}，运行 {2}，结果 {3}）是同一个包的同一个漏洞',
  'this change moves {0} from what {1} admits to {2}': '本次变更把 {0} 从 {1} 所允许的版本改为 {2}',
  'this change brings {0} in': '本次变更引入了 {0}',
  'this change moves {0} from {1} to {2}, and it is not known whether {3} was affected':
    '本次变更把 {0} 从 {1} 改为 {2}，不清楚 {3} 是否受影响',
  'this change moves {0} from {1}, which is not affected, to {2}': '本次变更把 {0} 从不受影响的 {1} 改为 {2}',
};
