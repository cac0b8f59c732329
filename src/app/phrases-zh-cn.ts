// What is said of a run as a whole, in Simplified Chinese.
import type { PhraseBook } from '#domain/phrase.ts';
import { FIX_WORDS_ZH_CN } from './fix/fix-words-zh-cn.ts';
import { MODEL_WORDS_ZH_CN } from './model/model-words-zh-cn.ts';
import { PUBLICATION_WORDS } from './publish/publication-words-zh-cn.ts';

export const APP_PHRASES_ZH_CN: PhraseBook = {
  ...PUBLICATION_WORDS,
  ...MODEL_WORDS_ZH_CN,
  ...FIX_WORDS_ZH_CN,
  '{0}: {1}': '{0}：{1}',

  // Which policy and which baseline bind.
  'built-in defaults': '内置默认配置',
  'The policy {0} is changed by this change and was read as given: name a file from outside of the change.':
    '本次变更修改了策略文件 {0}，它被按原样读取：请指定一个不属于本次变更的文件。',
  '{0} is not on the base yet, so the built-in defaults decide; the file takes effect once it is merged.':
    '基准上还没有 {0}，因此由内置默认配置决定；该文件在合并后生效。',
  '{0} was not read: without a base nothing vouches for it. Give --base REF, --config {1}, or --trust-head-config on your own machine.':
    '未读取 {0}：没有基准，就无从保证其可信。请给出 `--base REF` 或 `--config {1}`，或在自己的机器上使用 `--trust-head-config`。',
  'The baseline {0} is changed by this change: {1}.': '本次变更修改了基线 {0}：{1}。',
  'it is not on the base yet, so nothing is accepted': '基准上还没有该文件，因此不认可其中任何发现',
  'the version of the base was used': '采用的是基准上的版本',

  // Why a run could not finish.
  'The run was interrupted.': '运行被中断。',
  'The run was interrupted; {0} findings were not looked at.': '运行被中断；有 {0} 个发现项未经查看。',
  '{0}: it was not read to its end.': '{0}：未读取到末尾。',
  '{0}: one result was rejected; the first because {1}': '{0}：有 1 条结果被拒绝，原因：{1}',
  '{0}: {1} results were rejected; the first because {2}': '{0}：有 {1} 条结果被拒绝，第一个的原因：{2}',
  '{0}: {1} says that its scan did not finish': '{0}：{1} 表示其扫描未能完成',

  // What was noticed of the reports.
  '{0}: {1} says: {2}': '{0}：{1} 称：{2}',
  'No file is named': '没有指明文件',
  '{0} (one result): {1}': '{0}（1 条结果）：{1}',
  '{0} ({1} results): {2}': '{0}（{1} 条结果）：{2}',
  'A report was made on commit {0}, which is not in this clone: its lines were taken as they are, and may be off. Fetch the whole history, or scan what is checked out.':
    '有一份报告是针对提交 {0} 生成的，而该提交不在本克隆中：其行号按原样采用，可能有偏差。请获取完整历史，或扫描已检出的版本。',

  'Of {0} packages it is not known whether advisories mean them, since their version or release is not told or a range cannot be compared; the first is {1}.':
    '有 {0} 个包未注明版本或发行版，或版本范围无法比较，因此不清楚安全公告是否涉及它们；第一个是 {1}。',

  'The change under review changes {0}, which it is to be measured with: give {1} as it stands outside of the change.':
    '被评审的变更修改了用于衡量它的 {0}：请以变更之外的版本给出 {1}。',

  // Why a source file is not read: ends a sentence about the file.
  'is a symbolic link': '是符号链接',
  'lies behind a symbolic link': '位于符号链接之后',
  'is a submodule': '是子模块',
  'is a folder': '是目录',
  'is not a regular file': '不是普通文件',
  'is larger than Assay reads ({0} of at most {1} bytes)': '超过 Assay 的读取上限（{0} 字节，上限 {1} 字节）',
  'is not text': '不是文本',
  'is kept in Git LFS, and only its pointer is here': '存放在 Git LFS 中，此处只有其指针',
  'is not in this partial clone': '不在此部分克隆中',
  'changed while it was read': '在读取期间发生了变化',
  'may not be read': '没有读取权限',
  'cannot be read ({0})': '无法读取（{0}）',
  'is empty': '路径为空',
  'is no text': '路径不是文本',
  'holds a NUL': '路径含有 NUL',
  'is absolute': '路径是绝对路径',
  'has an empty segment': '路径含有空的路径段',
  'has a "{0}" segment': '路径含有 "{0}" 路径段',
  "lies in git's own folder": '位于 git 自身的目录中',
  'holds a character that Windows reads as a separator': '路径含有会被 Windows 读作分隔符的字符',
  'has a segment that Windows reads without its last character':
    '路径含有会被 Windows 略去最后一个字符的路径段',
  'names a device': '路径是设备名',
  '{0} lists no vulnerabilities and was compared with no advisories. Name some with --osv: a folder or zip of OSV records, or online.':
    '{0} 没有列出漏洞，也没有与任何安全公告比对。请用 --osv 指定：OSV 记录的文件夹或 zip，或 online。',
  'EPSS scores of {0}': '{0} 的 EPSS 评分',
  'Judging dependencies': '判定依赖',
  'The advisories of {0} cannot be had: {1}': '无法取得 {0} 的安全公告：{1}',
  'The age of the advisories of {0} is not known.': '不清楚 {0} 的安全公告是何时的。',
  'The answer of {0} is not complete ({1}): {2}': '{0} 的答复不完整（{1} 处）：{2}',
  'The newest advisory of {0} is of {1}, {2} days ago: newer vulnerabilities are not known to this run.':
    '{0} 最新的安全公告日期为 {1}，已是 {2} 天前：本次运行不知道更新的漏洞。',
  'The advisories were asked of {0} in this run.': '本次运行向 {0} 查询了安全公告。',
  'The newest advisory of {0} is of {1}.': '{0} 最新的安全公告日期为 {1}。',
  'Used: {0}.': '已使用：{0}。',
  'a decision of {0}, from outside of the change': '来自变更之外的决定：{0}',
  'the decision is on {0}, and only one report says that this is what the finding is ({1}): give advisories with --osv, or name all of them in the document':
    '该决定针对 {0}，而只有一份报告称其与该发现（{1}）相同：请用 --osv 提供安全公告，或在文档中写明全部名称',
  'an earlier verdict of Assay itself: it is judged anew': 'Assay 自己先前的判定：将重新判定',
  'a known vulnerability': '一个已知漏洞',
  'known exploited vulnerabilities as of {0}': '截至 {0} 的已知被利用漏洞',
  'the decision clears nothing: it says that {0} holds': '该决定没有排除任何内容：其状态为 {0}',
  'the document lies in the repository and is not the one of the base: a change cannot decide on itself':
    '该文档位于仓库中，且与基准分支上的不同：变更不能为自己做决定',
  'the policy shows decisions and does not honour them': '策略规定只显示这些决定，不予采纳',
};
