// What is said of the request of the fixes, in Simplified Chinese.
import type { PhraseBook } from '#domain/phrase.ts';

export const OPEN_WORDS_ZH_CN: PhraseBook = {
  // What became of it.
  'Committed to {0} on the host as {1}.': '已在平台上提交到 {0}，提交为 {1}。',
  'Opened: {0}': '已创建：{0}',
  'Brought up to date: {0}': '已更新：{0}',
  'There is nothing to fix; {0} still stands.': '没有需要修复的内容；{0} 仍然存在。',
  'There is nothing to fix, and no request was opened.': '没有需要修复的内容，未创建请求。',
  'The branch {0} was left alone: its request {1} goes to {2}. Give another one with {3}.':
    '未改动分支 {0}：它的请求 {1} 以 {2} 为目标。请用 {3} 给出另一个分支。',
  '{0} holds these very fixes and was closed by somebody: it is not opened again.':
    '{0} 包含的正是这些修复，且已被人关闭：不会再次创建。',
  '{0} was merged with these very fixes: run this on the newest commit.':
    '{0} 已带着这些修复合并：请在最新的提交上运行。',
  '{0} stands as it should.': '{0} 已是应有的状态。',
  '{0} holds the fixes; its text is not ours.': '{0} 包含这些修复；其文字不是 Assay 所写。',
  'The branch {0} was left alone: fixes go to it, not onto it. Give another one with {1}.':
    '未改动分支 {0}：它是修复的目标分支，不能直接写入。请用 {1} 给出另一个分支。',
  'The branch {0} was left alone: it is protected. Give another one with {1}.':
    '未改动分支 {0}：它受保护。请用 {1} 给出另一个分支。',
  "The branch {0} was left alone: its last commit is none of Assay's. Merge or delete it, or give another one with {1}.":
    '未改动分支 {0}：它的最后一个提交不是 Assay 的。请合并或删除它，或用 {1} 给出另一个分支。',
  'This is a branch of fixes itself: none are opened for it.': '这本身就是修复分支：不为它创建请求。',
  'No request was opened or changed, since a lock file could not be written.':
    '未创建或更改请求，因为有锁文件未能写入。',
  'The request would say (nothing was written; {0} opens it):':
    '请求的内容将是（未写入任何内容；{0} 才会创建它）：',
  'There is nothing to open a request for.': '没有可以创建请求的内容。',
  'The new version has {0}, which the installed one is not known to have.':
    '新版本有 {0}，而据所知已安装的版本没有。',
  // The title.
  'Raise {0} to {1}': '将 {0} 升级到 {1}',
  'Raise {0} to {1} and {2} to {3}': '将 {0} 升级到 {1}，将 {2} 升级到 {3}',
  'Raise one package': '升级一个软件包',
  'Raise {0} packages': '升级 {0} 个软件包',
  'one finding': '1 个发现项',
  '{0} findings': '{0} 个发现项',
  'Fix {0}': '修复 {0}',
  '{0} and fix {1}': '{0}，并修复 {1}',
  // The description.
  'Written by Assay. Each change was proved against the file that it changes, as told below; nothing was built or tested.':
    '由 Assay 编写。每处修改都针对其所改的文件得到了证明，详见下文；未构建，也未测试。',
  'Findings and vulnerabilities are those of the run on {0}.': '发现项和漏洞以针对 {0} 的运行为准。',
  'Seen of each: its line in the manifest says the new version, and nothing else changes.':
    '每一项都已确认：清单文件中的那一行写明新版本，且没有其他变化。',
  Upgrades: '升级',
  Package: '软件包',
  Version: '版本',
  Breaking: '不兼容',
  How: '方式',
  Where: '位置',
  'Vulnerabilities before': '升级前的漏洞',
  After: '升级后',
  'What remains': '仍存在的漏洞',
  'the requirement is raised': '提高了版本要求',
  'an override holds it': '由覆盖项固定',
  'in the lock file alone': '仅在锁文件中',
  'not known': '未知',
  'may break callers': '可能影响调用方',
  'no, by its version': '从版本号看不会',
  none: '无',
  'and {0} more': '另有 {0} 个',
  'Lock files': '锁文件',
  'The lock file was not written again. On this branch, run:': '锁文件没有重新写入。请在本分支上运行：',
  Code: '代码',
  'it applies': '可以应用',
  'it is allowed': '符合规则',
  'it parses': '可以解析',
  'the weakness is gone': '弱点已消失',
  'it builds': '可以构建',
  'it passes the tests': '通过测试',
  nothing: '无',
  'Left out': '未处理',
  'Still to be checked': '仍需检查',
  'Whether callers still work, by the release notes of: {0}':
    '调用方是否仍能工作，参见以下版本的发布说明：{0}',
  'That the lock file is written again before this is merged.': '合并之前，锁文件已重新写入。',
  'That the code still does what it is for: Assay looks at the weakness alone.':
    '代码是否仍完成其本来的功能：Assay 只看弱点。',
  'That the pipeline builds and tests this branch.': '流水线已构建并测试本分支。',
  'And {0} more.': '另有 {0} 项。',
  'More was left out of this text, for want of room.': '因篇幅所限，还有内容未列出。',
};
