// What Assay itself says to people, in simplified Chinese.
import type { Messages } from './en.ts';
import { leastPercentOf, percentOf } from './percent.ts';

const SCOPES = new Map([
  ['new', '新增'],
  ['changed', '新增与改动'],
  ['all', '全部'],
]);

export const zhCN: Messages = {
  language: 'zh-CN',
  named: (name, text) => `${name}：${text}`,
  bracketed: (text) => `（${text}）`,
  listed: (parts) => parts.join('、'),
  byAssay: (verdict) => `Assay 判为${verdict}`,
  outcome: { passed: '通过', failed: '未通过', unfinished: '未完成' },
  headline: (outcome, blocking, onlyReports) => {
    if (outcome === 'unfinished') return '未完成，结论不可靠';
    if (outcome === 'passed') return '通过，没有发现项阻止合并';
    if (onlyReports) return `未通过，${blocking} 个发现项本会阻止合并，但门禁目前只报告`;
    return `未通过，${blocking} 个发现项阻止合并`;
  },
  reportMode: '门禁目前只报告，不会让流水线失败。',
  severity: { critical: '严重', high: '高', medium: '中', low: '低', none: '无' },
  verdict: { true_positive: '真实问题', false_positive: '误报', needs_review: '待复核' },
  verdictMeaning: {
    true_positive: '代码本身表明存在该弱点：引用的代码行可以证明。',
    false_positive: '代码本身表明报告有误：引用的代码行可以证明。',
    needs_review: '仅凭代码无法判断，需要有人回答未决问题。',
  },
  modelMeaning: '依据的是模型的论断；所引论断已与代码核对。',
  modelPart: {
    decided: '其经核对的论断决定了判定。',
    agreed: '其意见与判定一致。',
    overruled: '其意见未被采纳：论断中可核对的部分不支持其判定。',
    undecided: '它也无法判断。',
    explained: '只请它作了说明。',
    failed: '它未能提供帮助；判定与它无关。',
  },
  statedBy: (share) => `${percentOf(share)}%，由模型自述并设有上限，未经测量`,
  byModels: (count) => `其中 ${count} 个由模型经核对的论断判定`,
  effect: {
    blocks: '阻止合并',
    allowed: '允许',
    waived: '已豁免',
    suppressed: '已抑制',
    out_of_scope: '不在范围内',
  },
  wouldBlock: '本会阻止合并',
  untilAgreed: '，直至有人确认',
  scopeState: { new: '新增', changed: '改动', existing: '已有' },
  reasonMeaning: {
    'FP.const': '只有常量到达该调用',
    'FP.unreachable': '该位置不可达',
    'FP.safe-api': '该调用是安全的写法',
    'FP.wrong-class': '此处不可能存在这类弱点',
    'FP.policy': '策略列出了该路径',
    'FP.sca.absent': '未安装受影响的版本',
    'FP.sca.not-imported': '没有代码导入该包',
    'FP.sca.part-not-imported': '没有代码导入有漏洞的部分',
    'FP.sca.not-called': '没有代码调用有漏洞的部分',
    'FP.model.sanitised': '模型认为已净化，且净化代码确实在该处',
    'FP.model.guarded': '模型认为有检查保护，且检查确实在该处',
    'FP.model.constant': '模型认为该值是常量，且常量确实在该处',
    'FP.model.safe-api': '模型认为该调用是安全的写法，且调用确实在该处',
    'FP.model.unreachable': '模型认为该处不会执行，且代码与之相符',
    'TP.misuse': '常量本身就是弱点',
    'TP.flow.remote': '远程输入到达该调用',
    'TP.sca.called': '代码使用了有漏洞的部分',
    'TP.licence': '策略不允许该许可证',
    'TP.model': '模型认为真实存在，且所引代码确实在该处',
    'REV.sca.unknown': '不清楚是否会被用到',
    'REV.sca.dev-only': '仅由开发依赖引入',
    'REV.sca.symbols': '该包被使用，但不清楚哪一部分有漏洞',
    'REV.licence': '许可证须由人判断',
    'REV.language': '不支持的语言',
    'REV.unresolved': '仓库中找不到该位置',
    'REV.parse': '文件无法解析',
    'REV.no-sink': '该位置没有发现危险调用',
    'REV.unknown': '来源不明的值',
    'REV.param': '由调用方决定的值',
    'REV.too-large': '过大，无法分析',
    'REV.weakness': '尚不分析这类弱点',
    'REV.never-dismiss': '策略规定这类弱点从不判为误报',
    'REV.conflict': '事实相互矛盾',
    'REV.model': '已询问模型，仍须由人判断',
    'REV.error': '分析失败',
  },
  column: {
    severity: '严重程度',
    verdict: '判定',
    place: '位置与问题',
    story: '位置、问题与原因',
    why: '原因',
    input: '报告',
    tools: '工具',
    results: '结果数',
    sha256: 'SHA-256',
  },
  findingsFrom: (findings, results) => `${results} 条结果归并为 ${findings} 个发现项`,
  labelled: (label, count) => `${count} 个${zhCN.verdict[label]}`,
  outOfScope: (count) => `${count} 个不在所选范围内`,
  setAside: ({ duplicates, notFindings, rejected }) =>
    [
      duplicates > 0 ? `合并了 ${duplicates} 条重复结果` : '',
      notFindings > 0 ? `${notFindings} 条结果不算发现` : '',
      rejected > 0 ? `拒绝了 ${rejected} 条结果` : '',
    ]
      .filter((part) => part !== '')
      .join('，'),
  confidence: (share, lowerBound, decides) =>
    lowerBound === 0
      ? '尚未测量'
      : `实测中此类${decides ? '判定' : '发现'}有 ${percentOf(share)}% ${decides ? '是正确的' : '确有问题'}，至少 ${leastPercentOf(lowerBound)}%`,
  // The underscore closes only before a space.
  openQuestion: (question) => `_未决问题：_ ${question}`,
  hiddenText: '含有不可见字符，请仔细查看',
  oddity: {
    mixed_scripts: '混用了多种文字的字母',
    look_alike: '看起来与文件中的另一个名称相同',
    direction: '含有改变文字方向的字符',
    invisible: '含有不可见字符',
  },
  oddNamesIn: (findings) => `${findings} 个发现项中有可能误导读者的名称（仅作提示，不影响任何结论）`,
  attention: (count) => `需要关注（${count}）`,
  nothingMatters: '没有需要关注的发现项。',
  dismissed: (count) => `${count} 个判为误报，及其原因`,
  accepted: (count) => `${count} 个已豁免或抑制，及其原因`,
  unresolved: (count) => `${count} 个路径在仓库中找不到`,
  rejectedResults: (count) => `拒绝了 ${count} 条结果`,
  notices: (count) => `请注意（${count}）`,
  inputs: (count) => `读取了 ${count} 份报告`,
  times: (count) => `${count} 个发现项`,
  moreRows: (count) => `另有 ${count} 行未显示；全部内容见 assay.json。`,
  sectionsLeftOut: '因长度限制省略了部分内容；全部内容见 assay.json。',
  readFrom: ({ head, base }) =>
    `源代码取自${head === null ? '工作目录' : ` head ${head}`}，${base === null ? '没有基准' : `基准 ${base}`}`,
  policyFrom: {
    defaults: '策略',
    base: '取自基准的策略',
    commit: '取自该提交的策略',
    file: '运行者给出的策略文件',
    working_tree: '取自工作目录的策略',
  },
  judgedBy: (judge, model) => `判定引擎 ${judge}，${model === null ? '未使用模型' : `模型 ${model}`}`,
  scopeAsked: (scope) => `范围：${SCOPES.get(scope) ?? scope}`,
  verdictBy: { builtin: '内置判定', model: '模型判定', policy: '策略判定', human: '人工判定' },
  explanation: {
    message: '报告内容',
    confidence: '置信度',
    rootCause: '根本原因',
    remediation: '修复方法',
    patch: '补丁',
    proposedBy: (tool, file, origin) =>
      origin === 'upgrade'
        ? `由 Assay 提出并验证：git apply ${file}`
        : `由${origin === 'model' ? '模型' : ''} ${tool} 提出，经 Assay 验证：git apply ${file}`,
    inItsWords: (why) => `其说明：${why}`,
    refusedPatch: (tool, why, origin) =>
      origin === 'model' ? `模型 ${tool} 的补丁未被采纳：${why}` : `${tool} 的修复未被采纳：${why}`,
    reasons: '理由',
    flow: '数据流',
    related: '相关位置',
    tools: '工具',
    scope: '范围',
    suppression: '抑制',
    gate: '门禁',
    documents: '团队文档',
    oddNames: '请仔细查看',
    fingerprints: '指纹',
    notJudged: '未判定：不在所选范围内。',
    unresolved: '找不到该位置',
    precision: '精度',
    model: '模型',
    modelSays: '原话',
  },
};
