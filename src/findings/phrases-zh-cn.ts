// What became of a result, and why a place is not to be trusted, in Simplified Chinese.
import type { PhraseBook } from '#domain/phrase.ts';

export const FINDINGS_PHRASES_ZH_CN: PhraseBook = {
  // What became of a result.
  'reported as a finding of its own': '作为单独的发现列出',
  'the same defect as {0}': '与以下结果是同一缺陷：{0}',
  '{0} {1} (input {2}, run {3}, result {4})': '{0} {1}（输入 {2}，run {3}，结果 {4}）',
  'ignored by the configuration: `ignore` covers {0}': '被配置忽略：`ignore` 涵盖 {0}',
  'lost by Assay: please report this': '被 Assay 遗漏：请报告此问题',

  // Why a name means no file of the repository.
  'the report names no file': '报告没有指明文件',
  'the report names no file, only `{0}`': '报告没有指明文件，只给出 `{0}`',
  'it names a folder, not a file': '它指的是目录，而不是文件',
  'its name is longer than {0} characters': '其名称超过 {0} 个字符',
  'its name holds a NUL character': '其名称含有 NUL 字符',
  'its name hides a path separator by percent-encoding': '其名称用百分号编码隐藏了路径分隔符',
  '`{0}:` names no file of the repository': '`{0}:` 不指向仓库中的文件',
  'no file of the repository has a path that ends like it': '仓库中没有路径以此结尾的文件',
  'the repository has no such file where the other paths of this run place it':
    '按该 run 中其他路径推断的位置上，仓库没有这样的文件',
  'it may mean any of {0} files; say which with --path-map':
    '它可能指 {0} 个文件中的任何一个；请用 `--path-map` 指明是哪一个',
  'only the name of a file agrees, not its folder; say where it lies with --path-map':
    '只有文件名一致，所在目录不同；请用 `--path-map` 指明其位置',
  '--path-map {0} leads to `{1}`, which is no file of the repository':
    '--path-map {0} 指向 `{1}`，而它不是仓库中的文件',

  // Why a file does not help.
  'the file is not there': '文件不存在',
  'the file is not read: {0}': '未读取该文件：{0}',
  'the file changed since the scan': '该文件在扫描之后有改动',
  'the file was deleted since the scan': '该文件在扫描之后被删除',
  'the line changed since the scan': '该行在扫描之后有改动',
  'the lines changed since the scan': '这些行在扫描之后有改动',

  // What is the matter with a region.
  'the report names the whole file': '报告所指的是整个文件',
  'it lies beyond the end of the file: the report is of another version':
    '该位置超出文件末尾：报告针对的是另一个版本',
  'its columns are not in the line and are left out': '其列号不在该行之内，已略去',
  'its end lies before its start and is left out': '其终点在起点之前，已略去',
  'the report does not give its place in whole numbers from 1 on': '报告没有用从 1 开始的整数给出位置',
  'its end lies before its start': '其终点在起点之前',
  'it reaches beyond the end of the file or of a line': '它超出了文件末尾或行末',
  'it replaces more than {0} lines': '它替换的内容超过 {0} 行',
  'it starts or ends inside of a character': '它的起点或终点落在一个字符之内',
  'it starts or ends inside of a line end': '它的起点或终点落在换行符之内',
  'it starts or ends inside of a character, or that cannot be told':
    '它的起点或终点落在一个字符之内，或无法判断是否如此',
  'whether its offset counts the byte order mark of the file cannot be told':
    '无法判断其偏移量是否计入文件的字节顺序标记',
};
