// The built-in judge in Simplified Chinese. Facts are told by their kind and the code they cite: their own sentences are English.
import type { Fact, FactKind, UnknownCode } from '#domain/evidence.ts';
import { markOutside } from '../support/mark-outside.ts';
import type { ModelRemark, TriageMessages } from './message-catalogue.ts';
import type { RefusalKind } from './weigh-evidence.ts';

const FACTS: Record<FactKind, string> = {
  constant_arguments: '该弱点涉及的调用参数全部为常量',
  sanitized_arguments: '到达该调用的外部输入都经过了与其位置相符的净化',
  dead_branch: '该位置不可达：通向它的条件恒为假',
  safe_call: '该调用采用的是不会产生此弱点的 API 形式',
  not_the_sink: '该位置不可能存在此类弱点',
  misuse: '此处写下的值本身就是弱点',
  direct_flow: '外部输入未经任何检查或转换即到达该调用',
  policy_path: '配置已将该路径列为不计发现的路径',
  sink_call: '该位置的调用可能存在此弱点',
  enclosing_function: '该位置在一个函数内',
  reported_flow: '扫描器报告了一条从来源到该位置的数据流',
  imports: '该文件引入了相关的库',
};

const QUESTIONS: Record<UnknownCode, string> = {
  'REV.language': '这段代码是否存在漏洞？Assay 尚不支持其编程语言。',
  'REV.unresolved': '所指的是哪段代码？报告的位置不在仓库中。',
  'REV.parse': '这段代码是否存在漏洞？该位置附近的源文件无法解析。',
  'REV.no-sink': '所指的是哪个调用？报告的位置上没有与此弱点相符的调用。',
  'REV.unknown': '外部人员能否决定到达此处的内容？',
  'REV.param': '调用者是否会传入由外部人员决定的内容？',
  'REV.too-large': '这段代码是否存在漏洞？文件过大，无法分析。',
  'REV.weakness': '这段代码是否存在漏洞？Assay 尚无针对此类弱点的检查。',
};

const REFUSALS: Record<RefusalKind, string> = {
  never_dismiss: '这本可排除该发现，但配置规定此类弱点不得自动排除，须由人工判断。',
  misuse_weakness: '值为常量并不能排除该发现：常量本身可能就是弱点。',
  unknown_weakness: '值为常量并不能排除该发现：报告没有说明是哪类弱点。',
  text_weakness: '代码不会执行并不能排除该发现：能读到源码的人就能读到其中的秘密。',
  incomplete: '该位置附近的代码未能完全理解，因此其中的事实不能排除该发现。',
};

const REMARKS: Record<ModelRemark, string> = {
  struck: '已询问模型；其论断在代码中均不成立，因此其判定不予采纳。',
  unproved: '已询问模型；其论断中得到确认的部分不足以判定。',
  mixed: '已询问模型；其判定、理由与得到确认的论断互不相符。',
  not_open: '模型主张排除该发现，但对此类弱点或此位置，任何关于代码的论断都不能排除它。',
  never_dismiss: '模型主张排除该发现，但配置规定此类弱点不得自动排除，须由人工判断。',
};
const LONGEST_QUESTION = 300;
const LONGEST_PROSE = 700;

export const CHINESE: TriageMessages = {
  fact: sentence,
  question: ({ code, citations }) => `${QUESTIONS[code]}${cited(citations[0])}`,
  conflict: (dismissals, proofs) =>
    `事实相互矛盾：${dismissals.map(sentence).join('')}但是：${proofs.map(sentence).join('')}哪一个成立？`,
  refusal: (kind, fact) => `${sentence(fact)}${REFUSALS[kind]}`,
  unnamedWeakness: (rule) => `规则 ${rule} 所报告的问题`,
  because: (functionName, reasons) =>
    `${functionName === null ? '' : `函数 ${functionName}：`}${reasons.join('')}`,
  open: (functionName, weakness) =>
    `${functionName === null ? '该位置' : `函数 ${functionName} `}是否存在${weakness ?? '此弱点'}尚未确定。`,
  known: (facts) => `已知：${facts.map(sentence).join('')}`,
  meaning: (what) => `如果存在，则意味着：${what}`,
  noChange: () => '此处无需修改。',
  modelRemark: (remark) => REMARKS[remark],
  modelAsks: (question) => `模型提问：${markOutside(question, LONGEST_QUESTION)}`,
  modelConflict: (facts, claims) =>
    `代码表明可以排除：${facts.join('')}但模型经核对的论断与之相反：${claims.join('')}哪一个成立？`,
  inModelsWords: (prose) => `模型原文：${markOutside(prose, LONGEST_PROSE)}`,
  interrupted: () => '运行在查看该发现之前被中断。',
};

function sentence(fact: Fact): string {
  return `${FACTS[fact.kind]}${cited(fact.citations[0])}。`;
}

function cited(citation: Fact['citations'][number] | undefined): string {
  if (citation === undefined || citation.quote.trim() === '') return '';
  return `（第 ${citation.startLine} 行 ${markOutside(citation.quote, 60)}）`;
}
