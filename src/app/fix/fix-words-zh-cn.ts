// What `assay fix` says, in Simplified Chinese.
import type { PhraseBook } from '#domain/phrase.ts';
import { OPEN_WORDS_ZH_CN } from './open/open-words-zh-cn.ts';

export const FIX_WORDS_ZH_CN: PhraseBook = {
  ...OPEN_WORDS_ZH_CN,
  // Patches.
  '{0}, breaking ({1})': '{0}，不兼容（{1}）',
  "The file is not one of the repository's own, or may not be read.":
    '该文件不是仓库自己的文件，或无法读取。',
  'The file is not the one that the patch was made for: run assay triage again.':
    '该文件已不是补丁所针对的那个：请重新运行 assay triage。',
  'The file has other changes than the patches: run assay triage again.':
    '该文件除补丁外还有其他修改：请重新运行 assay triage。',
  'There is no git repository that would bring the file back: give {0} to write all the same.':
    '没有可以恢复该文件的 git 仓库：仍要写入请给出 {0}。',
  'The file has changes that are not committed: commit them first, or give {0}.':
    '该文件有尚未提交的修改：请先提交，或给出 {0}。',
  'It touches lines that another patch of the file changes: run assay triage again after that one.':
    '它涉及该文件另一补丁所修改的行：请在应用那个补丁后重新运行 assay triage。',
  'It does not hold together with another patch of the file: {0}': '它与该文件的另一补丁不能同时成立：{0}',
  'It was not written: the file {0}.': '未写入：该文件{0}。',
  'It was taken back, since the lock file was not as it should be.': '已撤回，因为锁文件不符合要求。',
  // Why a file is not written: ends a sentence about the file.
  "has a name that leads out of the repository or into git's own folder":
    '的名称指向仓库之外或 git 自己的目录',
  'is a link or lies behind one': '是链接或位于链接之后',
  'is no regular file': '不是普通文件',
  'was changed by somebody else meanwhile': '在此期间已被他人修改',
  'is not there, or may not be read': '不存在或无法读取',
  'cannot be written: is the folder writable, and is there room on the disk?':
    '无法写入：目录是否可写，磁盘是否有空间？',
  // Lock files.
  'No project of the repository has the package of {0} in a lock file.':
    '仓库中没有项目的锁文件含有 {0} 的软件包。',
  'There is no lock file to write.': '没有需要写入的锁文件。',
  'Lock files of {0} are not written by Assay: run the command by hand.':
    'Assay 不写入 {0} 的锁文件：请手动运行命令。',
  '{0} is no name or version that is handed to a tool.': '{0} 不是可以交给工具的名称或版本。',
  'The lock file holds it already.': '锁文件中已经是该版本。',
  'Running {0}, which runs code of the project or of its packages.':
    '正在运行 {0}，它会运行项目或其软件包的代码。',
  'Running {0}.': '正在运行 {0}。',
  'The program {0} is not here: the lock file is as it was.': '这里没有程序 {0}：锁文件保持原样。',
  'The program {0} took too long and was ended: the lock file is as it was.':
    '程序 {0} 耗时过长，已被终止：锁文件保持原样。',
  'The program {0} failed, perhaps for want of a network: the lock file is as it was.':
    '程序 {0} 失败，也许是因为没有网络：锁文件保持原样。',
  'The program {0} also changed {1}, which is no lock file: everything is as it was.':
    '程序 {0} 还修改了 {1}，而它不是锁文件：一切保持原样。',
  'it has no packages any more': '其中不再有任何软件包',
  'The lock file that {0} wrote is not taken over, since {1}: everything is as it was.':
    '未采用 {0} 写入的锁文件，因为{1}：一切保持原样。',
  'The lock file {0} was not written: it {1}.': '锁文件 {0} 未写入：它{1}。',
  'The lock file is not taken over, since with it packages would come from {0}, which the old one does not name: everything is as it was.':
    '未采用新的锁文件，因为软件包将来自 {0}，而旧文件中没有这个来源：一切保持原样。',
  'Written again: {0}.': '已重新写入：{0}。',
  'it still holds {0}': '其中仍有 {0}',
  'it does not hold {0}': '其中没有 {0}',
  '`go.sum` has nothing on {0}': '`go.sum` 中没有 {0} 的记录',
  'The lock file is not taken over, since the version of the tool that is here writes it in another format ({0}) than it is in ({1}): everything is as it was.':
    '未采用新的锁文件，因为这里的工具版本以另一种格式（{0}）写入，而原文件的格式为 {1}：一切保持原样。',
  // Headings and closing lines.
  'Would be written:': '将会写入：',
  'There already:': '已经存在：',
  'The lock file alone has to be written again:': '只需重新写入锁文件：',
  'Left out:': '未处理：',
  'Lock files:': '锁文件：',
  'What writes the lock file again ({0} runs it where Assay can):':
    '用于重新写入锁文件的命令（{0} 会在 Assay 支持时运行它）：',
  'Nothing was changed: {0} does it.': '未作任何修改：{0} 才会写入。',
  'No finding has a proved patch.': '没有发现项带有经过证明的补丁。',
  'Nothing was committed, since a lock file could not be written.': '未提交，因为有锁文件未能写入。',
  'The branch {0} has it already.': '分支 {0} 上已经有了。',
  'Committed to {0} as {1}; nothing was pushed.': '已提交到 {0}，提交为 {1}；未推送任何内容。',
};
