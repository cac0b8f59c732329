// What this stage says of proposed changes, in Simplified Chinese.
import type { PhraseBook } from '#domain/phrase.ts';

/** What may not be brought in: ends "The patch brings in …". */
const CONTENT: PhraseBook = {
  'something that starts programs or runs text as code': '会启动程序或把文本当作代码执行的内容',
  'a call of something that is only named when it runs': '运行时才确定对象的调用',
  'a condition that always has the same outcome': '结果恒定不变的条件',
  'something that switches a protection off': '会关闭某项保护的内容',
  'a long run of letters and digits that may hide something': '可能隐藏内容的一长串字母和数字',
  'something that speaks to the network': '会访问网络的内容',
  'an address': '地址',
  'an unencrypted address': '未加密的地址',
  'an address that is put together': '拼接而成的地址',
  'a host name': '主机名',
  'hidden text': '隐藏的文本',
  'a shell command': 'shell 命令',
  'script in a page': '页面脚本',
  'a comment or annotation that silences a scanner': '让扫描器静默的注释或注解',
  'a place where every error is swallowed': '吞掉所有错误的代码',
  'something that lets a template run what it should show': '会让模板执行本应显示的内容的写法',
  'a weak algorithm': '弱算法',
  'predictable random numbers': '可预测的随机数',
  'the prototype of other objects': '其他对象的原型',
  'a comment inside of a query': '查询语句中的注释',
  'a function that is called by its name': '按名称调用的函数',
  'a line that says when the file is built': '决定文件何时参与构建的一行',
  'something that tells the compiler': '给编译器的指示',
  'a copy without a bound': '没有长度限制的复制',
  'a part that stands for another': '代表另一部分的引用',
  'a fence': '代码围栏',
  'a command inside of a text': '文本中的命令',
  'private key': '私钥',
  'password in a URL': 'URL 中的密码',
  'token in a URL': 'URL 中的令牌',
  authorization: '授权信息',
  password: '密码',
};

/** Files that no patch may touch: ends "it …". */
const FILES: PhraseBook = {
  'says who must review': '规定由谁评审',
  'configures the build on the host': '配置平台上的构建',
  'is a hook of git or configures hooks': '是 git 钩子或其配置',
  'is a lockfile': '是依赖锁定文件',
  'is a package manifest or a build script': '是包清单或构建脚本',
  'configures Assay': '是 Assay 的配置',
  'configures a scanner or a linter': '是扫描器或代码检查工具的配置',
  'instructs coding agents': '用于指示编程代理',
  'lies in a folder of git hooks': '位于 git 钩子目录中',
  'lies in a folder of installed packages': '位于已安装软件包的目录中',
  'has a name with invisible characters or backslashes': '的名称含有不可见字符或反斜杠',
  'has a name that leads around folders': '的名称会绕行目录',
  'has a name that some systems read as another': '的名称在某些系统上会被读作另一个文件',
  'is a dotfile or lies in a dot folder': '的名称或所在目录以点开头',
  'is not there': '不存在',
  'cannot be read': '无法读取',
  'is not text': '不是文本文件',
  'is not UTF-8 text': '不是 UTF-8 文本',
};

export const PATCH_PHRASES_ZH_CN: PhraseBook = {
  ...CONTENT,
  ...FILES,
  // It applies.
  'The patch changes nothing.': '该补丁没有任何改动。',
  'The patch does not apply: {0}.': '该补丁无法应用：{0}。',
  'the file has a carriage return inside of a line': '文件的某一行内部含有回车符',
  'an edit of {0} lines at line {1} makes no sense': '在第 {1} 行修改 {0} 行的编辑没有意义',
  "an edit reaches beyond the file's {0} lines": '有编辑超出了文件的 {0} 行',
  'the edit at line {0} overlaps or touches the one before it': '第 {0} 行的编辑与前一处编辑重叠或相接',
  'the edit at line {0} changes nothing': '第 {0} 行的编辑没有任何改动',
  'the edit at line {0} has a carriage return inside of a line': '第 {0} 行的编辑在行内含有回车符',
  'an edit adds lines behind a last line that has no line end': '有编辑在没有换行符的最后一行之后添加内容',
  'the edit at line {0} would join its last line to the next one':
    '第 {0} 行的编辑会把其最后一行与下一行连在一起',
  'It was applied to the file as it is at head.': '已应用于该文件在 head 处的内容。',
  // What a scanner proposes.
  'The file has a carriage return inside of a line.': '文件的某一行内部含有回车符。',
  'The fix changes another file, {0}.': '该修复改动的是另一个文件 {0}。',
  'The fix replaces nothing.': '该修复没有替换任何内容。',
  'Parts of the fix overlap, so what is meant cannot be told.': '该修复的各部分相互重叠，无法确定其含义。',
  'The fix changes nothing in the file as it is.': '该修复对现有文件没有任何改动。',
  'A place that the fix changes cannot be told: {0}.': '无法确定该修复要改动的位置：{0}。',
  'it is not in the file': '它不在文件中',
  'The fix inserts {0} characters.': '该修复插入了 {0} 个字符。',
  'The inserted text has a carriage return inside of a line.': '插入的文本在行内含有回车符。',
  'The inserted text holds a byte order mark.': '插入的文本含有字节顺序标记。',
  'The fix changes parts of line 1, and whether the scanner counted the byte order mark there cannot be told.':
    '该修复改动了第 1 行的一部分，而无法确定扫描器是否把行首的字节顺序标记计算在内。',
  'A place that the fix changes is not in the file.': '该修复要改动的位置不在文件中。',
  'Fixes are tried for {0} findings of a run, the most severe ones; this one is not among them.':
    '每次运行只为最严重的 {0} 个发现项尝试修复，该发现不在其中。',
  // What a model proposes.
  "The patch changes another file than the finding's, {0}.": '该补丁改动的不是发现所在的文件，而是 {0}。',
  'The old text of edit {0} is empty.': '第 {0} 处编辑的原文本为空。',
  'Edit {0} holds a mark that stands for text which was not shown.':
    '第 {0} 处编辑含有代替未展示文本的标记。',
  'Edit {0} has a carriage return inside of a line.': '第 {0} 处编辑在行内含有回车符。',
  'Edit {0} holds a byte order mark.': '第 {0} 处编辑含有字节顺序标记。',
  'The old text of edit {0} does not stand in the file.': '文件中没有第 {0} 处编辑的原文本。',
  'The old text of edit {0} stands in the file more than once.':
    '第 {0} 处编辑的原文本在文件中出现不止一次。',
  'Edit {0} changes nothing.': '第 {0} 处编辑没有任何改动。',
  'Edits of the patch overlap, so what is meant cannot be told.':
    '该补丁的各处编辑相互重叠，无法确定其含义。',
  'The patch changes how the last line of the file ends.': '该补丁改变了文件最后一行的结尾方式。',
  'The words that came with the patch hold characters that nobody can see.': '该补丁的说明含有不可见字符。',
  'The words that came with the patch hold a fence.': '该补丁的说明含有代码围栏。',
  'The words that came with the patch hold an address.': '该补丁的说明含有地址。',
  'The words that came with the patch hold markup.': '该补丁的说明含有标记语言。',
  // It is allowed.
  'It is small, stays in this change and brings in nothing that is not allowed.':
    '改动很小，只涉及本次变更，且没有引入不允许的内容。',
  'The patch is for another file than the finding, {0}.': '该补丁针对的文件 {0} 与发现所在的文件不同。',
  'No patch may touch this file: it {0}.': '任何补丁都不得修改此文件：该文件{0}。',
  'The patch takes away {0} lines and brings {1}; at most {2} of each are offered.':
    '该补丁删除 {0} 行、新增 {1} 行；两者各最多 {2} 行。',
  'The patch changes {0} characters; at most {1} are offered.': '该补丁改动了 {0} 个字符；最多允许 {1} 个。',
  'The change under review does not touch the file.': '正在评审的变更没有涉及该文件。',
  'The patch changes line {0}, more than {1} lines from the finding.':
    '该补丁改动了第 {0} 行，与发现相距超过 {1} 行。',
  'The patch changes line {0}, which is no part of the change under review.':
    '该补丁改动了第 {0} 行，而该行不属于正在评审的变更。',
  'The patch brings in {0}, {1}.': '该补丁引入了{0}：{1}。',
  'The patch brings in what looks like a secret ({0}).': '该补丁引入了疑似密钥的内容（{0}）。',
  'The patch brings in characters that nobody can see.': '该补丁引入了不可见字符。',
  'The patch brings in a word of letters that look alike in two scripts, {0}.':
    '该补丁引入了混用两种文字中形似字母的词 {0}。',
  'The patch imports {0}, which the file does not use yet.': '该补丁导入了文件尚未使用的 {0}。',
  'The patch takes away {0}, which may guard the access.': '该补丁删除了可能用于控制访问的 {0}。',
  'The patch takes away {0}.': '该补丁删除了{0}。',
  'a call that may make outside text harmless': '一个可能使外部文本无害的调用',
  'a condition': '一个条件',
  'a refusal': '一处拒绝',
  'The patch takes away the function that the finding lies in, {0}.': '该补丁删除了发现所在的函数 {0}。',
  'The patch leaves nothing of the function that the finding lies in, {0}.':
    '该补丁清空了发现所在的函数 {0}。',
  'The patch turns a condition round and changes nothing else.': '该补丁只是把一个条件反了过来。',
  // It parses.
  'The patched file parses.': '应用补丁后文件可以解析。',
  'The syntax was not checked. {0}': '未检查语法。{0}',
  'The patched file is not understood any more. {0}': '应用补丁后无法再理解该文件。{0}',
  'With the patch, line {0} has a syntax error.': '应用补丁后，第 {0} 行有语法错误。',
  // The weakness is gone.
  'What proved the weakness is gone in the patched file, and nothing new is proved.':
    '应用补丁后，证明弱点的依据已消失，也没有证明新的弱点。',
  'The weakness was not proved before, so whether it is gone was not checked. Nothing new is proved in the patched file.':
    '该弱点此前未被证明，因此未检查其是否消除。应用补丁后没有证明新的弱点。',
  'The patched place is not understood, so whether the weakness is gone cannot be told.':
    '应用补丁后无法理解该位置，因此无法判断弱点是否消除。',
  'The weakness is still there in the patched file.': '应用补丁后该弱点仍然存在。',
  'The patched line is proved to be weak.': '应用补丁后的这一行被证明存在弱点。',
  'The patch still hands the command to a shell.': '该补丁仍然把命令交给 shell 执行。',
  'The patch also changes what decides on the program that is started.':
    '该补丁还改动了决定启动哪个程序的内容。',
  'The patch starts another program than before, {0}.': '该补丁启动了与之前不同的程序：{0}。',
  'The patch gives the program another option than before, {0}.': '该补丁给程序传入了之前没有的选项：{0}。',
  'The patch brings in another weakness.': '该补丁引入了另一个弱点。',
  'With the patch, the finding at line {0} is proved.': '应用补丁后，第 {0} 行的发现得到证明。',
  // Nobody looks yet.
  "It was not built: Assay does not run the project's build.": '未构建：Assay 不执行项目的构建。',
  "It was not tested: Assay does not run the project's tests.": '未测试：Assay 不执行项目的测试。',
  // A result that is read back.
  'The file of the patch is not there at head, or may not be read.':
    '补丁所针对的文件在 head 处不存在，或不可读取。',
  'The file of the patch {0}.': '补丁所针对的文件{0}。',
  'The file at head is not the one that the patch was made for.': 'head 处的文件不是该补丁所针对的文件。',
  'The patch does not lead to the file that it promises.': '应用该补丁得不到它所声明的文件。',
};
