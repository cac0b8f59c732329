// Why a report could not be read, and what was noticed in it, in Simplified Chinese.
import type { PhraseBook } from '#domain/phrase.ts';
import { KIND_PHRASES_ZH_CN } from './kinds/kind-phrases-zh-cn.ts';

export const INGEST_PHRASES_ZH_CN: PhraseBook = {
  ...KIND_PHRASES_ZH_CN,

  // How the parts of a fault stand together.
  '{0}: {1}': '{0}：{1}',
  '{0} {1}': '{0}{1}',
  '{0}, at byte {1}': '{0}（位于第 {1} 字节）',
  '{0}, at byte {1}. {2}': '{0}（位于第 {1} 字节）。{2}',
  '{0}, at byte {1} of the decoded text. {2}': '{0}（位于解码后文本的第 {1} 字节）。{2}',
  'The result before it is kept.': '在此之前的 1 条结果予以保留。',
  'The {0} results before it are kept.': '在此之前的 {0} 条结果予以保留。',
  'What was read before it is kept.': '在此之前读到的内容予以保留。',
  'cannot be read: {0}': '无法读取：{0}',
  'the file is {0}, from byte 0 on.': '从第 0 字节起，该文件即为{0}。',
  empty: '空',
  'this is a {0}, which is not read.': '此类文件不予读取：{0}。',

  // Bytes.
  'the gzip stream is cut short, or the file holds more than one': 'gzip 流被截断，或文件中不止一个流',
  'Compress the report again, as one stream: gzip report.sarif.':
    '请将报告重新压缩为单个流：`gzip report.sarif`。',
  'the gzip stream unpacks to more than {0} times its size': 'gzip 流解压后超过其大小的 {0} 倍',
  'No report is that repetitive; give it uncompressed if it is real.':
    '报告不会如此重复；如果确属真实报告，请提供未压缩的文件。',
  'the gzip stream is damaged ({0})': 'gzip 流已损坏（`{0}`）',
  'Compress the report again.': '请重新压缩报告。',
  '{0} MiB': '{0} MiB',
  '{0} bytes': '{0} 字节',
  'the report is larger than {0}': '报告大于 {0}',
  'Split the scan, for example by folder, and give the parts.':
    '请拆分扫描（例如按目录），并分别提供各部分。',
  'the text is UTF-32': '文本为 UTF-32 编码',
  'the text is not valid {0}': '文本不是有效的 {0}',
  'there are bytes that are not UTF-8': '含有不是 UTF-8 的字节',
  'Write the report as UTF-8.': '请以 UTF-8 写出报告。',

  // JSON.
  'comments are not JSON': '注释不属于 JSON',
  'Remove the comments from the file.': '请从文件中删除注释。',
  'there is a NUL byte': '含有 NUL 字节',
  'The file is damaged or not text: write it again.': '文件已损坏或不是文本：请重新生成。',
  'the byte 0x{0}': '0x{0} 字节',
  'found {0} where {1} was expected': '应为{1}，却遇到 {0}',
  'The file is not valid JSON: write it again with the scanner.':
    '该文件不是有效的 JSON：请用扫描器重新生成。',
  'the file ends {0}': '文件结束于：{0}',
  'where {0} was expected': '应为{0}之处',
  'The file is cut short: was the scanner stopped, or the disk full?':
    '文件被截断：扫描器是否被中止，或磁盘是否已满？',
  'the end of the value': '值的结尾',
  'a value': '值',
  'a key': '键',
  'a key in double quotes': '双引号中的键',
  '`,` or `}`': ' `,` 或 `}`',
  '`,` or `]`': ' `,` 或 `]`',
  'inside a string': '字符串之内',
  'a printable character or an escape': '可打印字符或转义序列',
  'an escape such as {0}': '形如 {0} 的转义序列',
  'a valid escape': '有效的转义序列',
  'the key {0} stands twice in one object': '键 {0} 在同一对象中出现两次',
  'Readers disagree on which one counts: keep one.': '不同的读取程序对哪一个有效看法不一：请只保留一个。',
  'the JSON is nested too deeply': 'JSON 嵌套过深',
  'No scanner nests a report that deep: check how the file was made.':
    '没有扫描器会把报告嵌套得如此之深：请检查该文件是如何生成的。',
  null: 'null',
  'an array': '数组',
  'an object': '对象',
  'a string': '字符串',
  'a number': '数字',
  'a boolean': '布尔值',
  'inside {0}': '{0}之内',
  'the document': '文档',
  'the log object': '日志对象',
  'the array `runs`': '数组 `runs`',
  'a key {0}': '{0}的一个键',
  'keys {0}': '{0}的键',
  'there are more than {0} {1}': '数量超过 {0}：{1}',
  'the value at {0} is larger than {1} MiB': '值大于 {1} MiB：{0}',
  'No single result is that large: check how the file was made.':
    '单条结果不会如此之大：请检查该文件是如何生成的。',

  // Documents of other formats.
  'there is more after the end of the document': '文档结束之后还有内容',
  'One file holds one report: split the file.': '一个文件只能有一份报告：请拆分文件。',
  'the document is neither a JSON object nor an array': '文档既不是 JSON 对象，也不是数组',
  'The file is not what its beginning says: write it again with the scanner.':
    '该文件与其开头所示的种类不符：请用扫描器重新生成。',
  'the document is larger than {0}, the most that is read of this format':
    '文档大于 {0}，超过该格式可读取的上限',
  'a component stands twice under one reference; the first counts':
    '某个组件在同一引用下出现两次；以第一处为准',
  components: '组件',
  dependencies: '依赖',
  statements: '声明',
  elements: '元素',
  attributes: '属性',

  "a component's package URL is no valid one; only its name and version are kept":
    '某个组件的包 URL 无效；仅保留其名称和版本',
  'a component without a name was left out': '某个没有名称的组件已略去',
  'the vulnerability has no id': '该漏洞没有标识',
  'it is a decision on a component of another bill of materials': '这是对另一份物料清单中某个组件的决定',
  'it names a component that the bill of materials does not have': '它所指的组件不在该物料清单中',
  'the vulnerability that it names is not there': '它所指的漏洞不存在',
  'a statement without vulnerability, product or known status was left out':
    '某条缺少漏洞、产品或已知状态的声明已略去',
  'a statement is about parts of a product; it is taken for these parts in this repository':
    '某条声明针对某个产品的组成部分；在本仓库中按这些部分采用',
  'the root element is not `bom`': '根元素不是 `bom`',

  // Reports of dependency scanners.
  'it names no vulnerability or no package': '它没有写明漏洞或软件包',
  'the check was made and holds': '已进行该检查，未发现问题',
  'the scanner was told to leave it out': '扫描器已按设置将其排除',
  'it is about a licence: those are judged by the policy, from a bill of materials':
    '它涉及许可证：许可证由策略依据物料清单判断',
  'it depends on {0}, which is listed itself': '它依赖于 {0}，而后者已单独列出',
  'the package is deprecated: that is no vulnerability': '该软件包已弃用：这不是漏洞',
  'the audit ended without its summary': '审计结束时没有给出摘要',
  'the scan\'s status is "failure"': '扫描的状态为 "failure"',
  'the report is `null`, which does not tell a scan that found nothing from one that failed':
    '报告为 `null`，无法区分扫描没有发现还是扫描失败',
  '{0} wrote no list of vulnerabilities': '{0} 没有写出漏洞列表',
  '{0} failed and made no report; it says: {1}': '{0} 失败且没有生成报告；其说明为：{1}',
  'Run it against a registry that answers audit requests (npm audit --registry URL), or scan the lock file with Trivy, Grype or OSV-Scanner.':
    '请使用支持审计请求的软件源运行（`npm audit --registry URL`），或用 Trivy、Grype 或 OSV-Scanner 扫描锁文件。',
  'Run it where the lock file is, or make one: npm install --package-lock-only.':
    '请在锁文件所在的目录运行，或先生成锁文件：`npm install --package-lock-only`。',
  'Mend what it says and run the audit again.': '请解决其所述的问题，然后重新运行审计。',

  '{0} wrote no list of results': '{0} 没有写出结果列表',
  'Mend what the scanner says in its own log and run it again.':
    '请按扫描器自身日志所述解决问题，然后重新运行。',
  'the scanner could not look at the package {0}: {1}': '扫描器无法检查软件包 {0}：{1}',
  'the scanner could not look at a package': '扫描器无法检查某个软件包',
  'nobody maintains the package any more: that is no vulnerability': '该软件包已无人维护：这不是漏洞',
  'its publisher took the version back: that is no vulnerability': '其发布者已撤回该版本：这不是漏洞',
  'it is a notice about the package, no vulnerability': '这是关于该软件包的通知，不是漏洞',
  'it is a warning of the kind {0}': '这是类别为 {0} 的警告',
  'the package {0} is abandoned: that is no vulnerability': '软件包 {0} 已被弃置：这不是漏洞',
  'the alert is closed: its package is not affected any more': '该告警已关闭：其软件包不再受影响',
  'the file holds one page of several': '该文件只含多页中的一页',
  'the change takes the package away': '本次变更移除了此软件包',

  // Native reports of code scanners.
  '{0} was not looked at: {1}': '{0} 未被检查：{1}',
  "ShellCheck's format json counts a tab as up to eight columns, so its columns and fixes are not used: --format json1 has better ones":
    'ShellCheck 的 json 格式把一个制表符计为最多八列，因此不使用其列号和修复：请改用 `--format json1`',
  'the tool says that it is fixed': '工具表示它已修复',
  'the scanner warns: {0}': '扫描器警告：{0}',
  'the file holds {0} of {1} results: give the other pages as well':
    '该文件含有 {1} 条结果中的 {0} 条：请一并提供其他页',

  // XML.
  'there is a DOCTYPE or another declaration': '含有 DOCTYPE 或其他声明',
  'It could define entities or name other files, which are never read: remove it.':
    '它可能定义实体或引用其他文件，而这些从不读取：请将其删除。',
  'The file is not well-formed XML: write it again with the scanner.':
    '该文件不是格式良好的 XML：请用扫描器重新生成。',
  'the file ends inside {0}': '文件结束于{0}之内',
  'there is markup that cannot stand inside {0}': '{0}之内有不应出现的标记',
  'the text inside {0} is larger than {1} MiB': '{0}之内的文本大于 {1} MiB',
  'the XML is nested too deeply': 'XML 嵌套过深',
  'the attribute {0} stands twice in one element': '属性 {0} 在同一元素中出现两次',
  'there is an element or attribute called {0}': '含有名为 {0} 的元素或属性',
  'the XML cannot be parsed: {0}': '无法解析该 XML：{0}',

  // The shape of a SARIF log.
  'there is more after the end of the SARIF log': 'SARIF 日志结束之后还有内容',
  'One file holds one log: split the file.': '一个文件只能有一个日志：请拆分文件。',
  'the document is not a JSON object': '文档不是 JSON 对象',
  'runs[{0}] is not an object': 'runs[{0}] 不是对象',
  'SARIF 2.1.0 §3.13 wants an object with `version` and an array `runs`.':
    'SARIF 2.1.0 §3.13 要求一个含有 `version` 和数组 `runs` 的对象。',
  'there is no array `runs`': '没有数组 `runs`',
  '`runs` is {0} where an array belongs': '`runs` 应为数组，实为{0}',
  'runs[{0}].results is {1} where an array belongs': 'runs[{0}].results 应为数组，实为{1}',
  'runs[{0}].{1} is {2} where an array belongs; left out': 'runs[{0}].{1} 应为数组，实为{2}；已略去',
  'The file is not what SARIF 2.1.0 §3.13 describes: check it with `assay validate`.':
    '该文件与 SARIF 2.1.0 §3.13 的规定不符：请用 `assay validate` 检查。',
  'it is SARIF version {0}, whose results have another shape than those of 2.1.0':
    '它是 SARIF 版本 {0}，其结果的结构与 2.1.0 不同',
  'Have the tool write SARIF 2.1.0, or convert it: npx @microsoft/sarif-multitool transform FILE --sarif-output-version Current.':
    '请让工具输出 SARIF 2.1.0，或进行转换：`npx @microsoft/sarif-multitool transform FILE --sarif-output-version Current`。',

  // Why a result is rejected, or is no finding.
  'the result is {0} where an object belongs': '该结果应为对象，实为{0}',
  '`{0}` is {1} where {2} belongs': '`{0}` 应为{2}，实为{1}',
  'kind "pass": the rule was checked and holds': '类别 "pass"：已检查该规则，未违反',
  'kind "notApplicable": the rule does not apply here': '类别 "notApplicable"：该规则在此不适用',
  'kind "informational": the tool reports no problem': '类别 "informational"：工具未报告问题',

  // Why a URI is not followed.
  'artifacts[{0}] names no file': 'artifacts[{0}] 没有指明文件',
  'its uriBaseId {0} stands on itself': '其 uriBaseId {0} 以自身为基准',
  'it holds a NUL': '其中含有 NUL 字符',
  'it holds encoded path separators': '其中含有经过编码的路径分隔符',
  'its scheme is {0}, which names no file of a repository': '其协议为 {0}，不指向仓库中的文件',

  // What a run says of itself.
  '`results` is null: the scan did not come to results': '`results` 为 null：扫描没有得出结果',
  '`results` is not an array': '`results` 不是数组',
  'a tool error without message': '工具报告了一个没有消息的错误',
  'the tool says that it did not finish (executionSuccessful: false)':
    '工具表示其未能完成（`executionSuccessful: false`）',
  'the tool says that it did not finish (executionSuccessful: false) with exit code {0}':
    '工具表示其未能完成（`executionSuccessful: false`），退出码为 {0}',
  'and {0} more': '另有 {0} 条',

  // What was noticed, and lost nothing.
  '{0} ({1} times)': '{0}（{1} 次）',
  'and {0} more notices': '另有 {0} 条提示',
  'the log holds no runs': '日志中没有任何 run',
  'runs[{0}] has no `results`: it describes a tool, not a scan':
    'runs[{0}] 没有 `results`：它描述的是工具，而不是扫描',
  'runs[{0}] keeps parts of itself in other files ({1}); they are not read':
    'runs[{0}] 的部分内容存放在其他文件中（{1}）；这些文件不予读取',
  '`inlineExternalProperties` are not read': '`inlineExternalProperties` 不予读取',
  "keys are written in snake_case; read as SARIF's camel case":
    '键名采用 snake_case 写法；按 SARIF 的驼峰写法读取',
  'the log names no SARIF version; read as 2.1.0': '日志没有写明 SARIF 版本；按 2.1.0 读取',
  'SARIF version {0}, a draft of 2.1.0; read as 2.1.0': 'SARIF 版本 {0} 是 2.1.0 的草案；按 2.1.0 读取',
  'SARIF version {0} is newer than 2.1.0; read as 2.1.0': 'SARIF 版本 {0} 比 2.1.0 新；按 2.1.0 读取',
  'rule id {0} is defined more than once; the first counts where no index says otherwise':
    '规则 ID {0} 有多处定义；没有索引另行指明时，以第一处为准',
  'fingerprint {0} is the same in all results; left out': '指纹 {0} 在所有结果中都相同；已略去',
  'a fingerprint is {0} where a string belongs; left out': '某个指纹应为字符串，实为{0}；已略去',
  'a fingerprint is too long to be one; left out': '某个指纹过长，不可能是指纹；已略去',
  'fingerprint value {0} says nothing; left out': '指纹值 {0} 没有意义；已略去',
  'a result has more than {0} {1}; the first are kept': '某条结果的 {1} 超过 {0} 个；仅保留前面的',
  'a result has more than {0} flows or {1} steps; the first are kept':
    '某条结果的数据流超过 {0} 条或步骤超过 {1} 个；仅保留前面的',
  'kind {0} is none of SARIF\'s; read as "fail"': '类别 {0} 不是 SARIF 所定义的；按 "fail" 读取',
  "level {0} is none of SARIF's; the rule's default applies":
    '级别 {0} 不是 SARIF 所定义的；采用规则的默认级别',
  'security-severity {0} is no number from 0 to 10; left out':
    'security-severity {0} 不是 0 到 10 之间的数字；已略去',
  'security-severity {0} is a word where a number belongs; read as {1}':
    'security-severity {0} 应为数字，实为文字；按 {1} 读取',
  'a fix without usable replacements was left out': '某个修复没有可用的替换内容，已略去',
};
