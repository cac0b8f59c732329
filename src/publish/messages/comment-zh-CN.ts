// What a comment about one finding says, in simplified Chinese.
import type { CommentMessages } from './comment-en.ts';
import { leastPercentOf, percentOf } from './percent.ts';

export const commentZhCN: CommentMessages = {
  verdict: { true_positive: '真实问题', needs_review: '待复核', false_positive: '误报' },
  severity: { critical: '严重', high: '高', medium: '中', low: '低', none: '无严重程度' },
  weakness: (name, cwe) => `${name}（CWE-${cwe}）`,
  measured: (share, lowerBound, decides) =>
    `实测中此类${decides ? '判定' : '发现'}有 ${percentOf(share)}% ${decides ? '是正确的' : '确有问题'}，至少 ${leastPercentOf(lowerBound)}%`,
  notMeasured: '准确率尚未测量',
  byPolicy: '团队的策略列出了该路径',
  byPackagePolicy: { sca: '团队的策略不计仅由开发引入的包', licence: '许可证由团队的策略判定' },
  byPerson: '由人工判定',
  byModel: ({ model, share, claims, confirmed }) =>
    `由模型 ${model} 判定（${claims} 条论断中 ${confirmed} 条已核对），把握 ${percentOf(share)}%`,
  blocks: '⛔ 阻止合并',
  untilAgreed: '，直至有人确认',
  wouldBlock: '⛔ 本会阻止合并；门禁目前只报告',
  hiddenText: '⚠️ 含有不可见字符，请仔细查看',
  back: (since, was) => {
    const before = was?.why === 'fixed' ? `曾在 ${was.commit} 中修复` : `在 ${was?.commit} 中未被报告`;
    return `↩️ **自 ${since} 起再次出现**${was === null ? '' : `：${before}`}。`;
  },
  about: (place, why) => `位置：${place}${why === null ? '' : `（${why}）`}。`,
  nowAt: (place) => `此评论所在的行已不存在；代码现位于 ${place}。`,
  aboutFile: '针对整个文件。',
  notFound: (place) => `报告给出的位置 ${place} 不在仓库中。`,
  toAnswer: '**请回答：**',
  question: {
    'REV.language': '这段代码是否存在漏洞？',
    'REV.unresolved': '所指的是哪段代码？',
    'REV.parse': '这段代码是否存在漏洞？',
    'REV.no-sink': '所指的是哪个调用？它是否危险？',
    'REV.unknown': '外部人员能否决定到达此处的内容？',
    'REV.param': '调用者是否会传入由外部人员决定的内容？',
    'REV.too-large': '这段代码是否存在漏洞？',
    'REV.weakness': '这段代码是否存在漏洞？',
    'REV.never-dismiss': '您是否同意此处没有弱点？',
    'REV.conflict': '两者之中哪一个成立？',
    'REV.sca.unknown': '有漏洞的代码是否会被用到？',
    'REV.sca.dev-only': '生产环境中是否有代码用到它？',
    'REV.sca.symbols': '本项目是否用到了其中有漏洞的部分？',
    'REV.licence': '此处可否使用该许可证？',
    'REV.model': '这段代码是否存在漏洞？',
    'REV.error': '这段代码是否存在漏洞？',
  },
  howToFix: '**修复方法：**',
  ifReal: '**若属实：**',
  documents: (links) => `团队文档：${links.join('、')}`,
  // Stars behind a full stop would not close before a letter.
  proposedBy: (tool, origin) => {
    const who = tool === null ? '' : ` ${tool} `;
    if (origin === 'upgrade') return '**由 Assay 提出**。';
    if (origin === 'model') return `**由模型${who}提出**。`;
    return `**由${tool === null ? '扫描器' : who}提出**。`;
  },
  checkedUpgrade: '已应用；重新读取清单文件，除该包的版本外没有其他变化。锁文件未重新生成。',
  checked: ({ parses, gone }) =>
    `已应用${parses ? '，文件可以解析' : '；未检查语法'}，${gone ? '证明弱点的依据已消失' : '未检查弱点是否消除'}。`,
  notRun: ({ builds, tests }) => {
    if (builds && tests) return '未构建，未测试。';
    if (builds) return '未构建。';
    return tests ? '未测试。' : '';
  },
  foldTitle: '来源与答复方式',
  reportedBy: (tools) => `报告工具：${tools}`,
  andMore: (count) => `另有 ${count} 个`,
  inItsWords: (message) => `扫描器原文：${message}`,
  oddNames: (names) => `请仔细查看，以下内容可能并非看上去的样子（仅作提示，不影响任何结论）：${names}`,
  gate: (effect, why) => `门禁：${effect}。${why}`,
  finding: (id, fingerprint, weaknesses) =>
    [`编号 ${id}`, weaknesses, fingerprint === null ? '' : `指纹 ${fingerprint}`]
      .filter((part) => part !== '')
      .join('，'),
  modelPart: ({ model, prompt, part, label, claims, confirmed, failure }) => {
    const asked = `模型 ${model}（提示词 ${prompt}）`;
    if (failure !== null) return `${asked}未能提供帮助：${failure}`;
    const did = {
      decided: '作出判定',
      agreed: '意见一致',
      overruled: '意见未被采纳',
      undecided: '无法判断',
      explained: '只负责说明',
      failed: '未能提供帮助',
    }[part];
    const says = label === null ? '' : `，其判定为${label}`;
    return `${asked}${did}${says}；论断：${confirmed} 条 ✓，${claims - confirmed} 条 ✗`;
  },
  howToAnswer: '**如何答复**',
  explain: (command) => `查看全部依据：在存有运行结果的目录中执行 ${command}`,
  resolve: '暂且搁置：将此讨论标记为已解决，之后保持关闭；门禁的结论不变',
  waive: '暂时接受（门禁也放行）：在目标分支的 `assay.yml` 中加入（新文件以 `version: 1` 开头）',
  agree:
    '同意这是误报（不再阻止合并）：在目标分支的 `assay.yml` 中加入以下豁免（新文件以 `version: 1` 开头），下次运行起门禁放行',
  waiver: { reason: '为何可以保留', agreed: '同意这是误报，因为……', owner: '由谁负责' },
  closed: {
    fixed: (commit) => `✅ **已在 ${commit} 中修复**`,
    gone: (commit) => `✅ **在 ${commit} 中不再被报告**`,
    waived: (why) => `☑️ **暂予接受**${why === null ? '' : `：${why}`}`,
    dismissed: (why) => `☑️ **已判为误报**${why === null ? '' : `：${why}`}`,
    outOfChange: '☑️ **不再属于本次变更**',
    listed: '☑️ **现仅在摘要中列出**',
    moved: '➡️ **已移至另一行**',
    saidBefore: '先前的内容',
  },
  opening: (count) => `本次变更中有 ${count} 处需要关注；每条评论都说明了原因和修复方法。`,
  repeated: (link) => `两次运行同时给出了相同的评论，见${link('先前的评审')}。`,
};
