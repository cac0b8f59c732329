// What an answer says beside the facts themselves, in both languages. Facts are outside text, or quote it: the renderer makes them inert.
import type { GateEffectKind } from '#domain/decision.ts';
import type { Verdict, VerdictLabel } from '#domain/verdict.ts';

export interface AskMessages {
  readonly about: (id: string, place: string) => string;
  readonly aboutRun: string;
  readonly verdict: Readonly<Record<VerdictLabel, string>>;
  readonly by: Readonly<Record<Verdict['by'], string>>;
  readonly effect: Readonly<Record<GateEffectKind, string>>;
  readonly judged: (verdict: string, by: string) => string;
  readonly notJudged: string;
  readonly flow: string;
  readonly noFlow: string;
  readonly sanitisedBy: string;
  readonly notSanitised: string;
  readonly sanitiserOpen: string;
  readonly fix: (text: string) => string;
  readonly noFix: string;
  readonly patchHere: (command: string) => string;
  readonly patchedLikeIt: (ids: string) => string;
  readonly documents: (places: string) => string;
  readonly rule: (rule: string, tools: string) => string;
  readonly weakness: (name: string, what: string) => string;
  readonly saysTool: (message: string) => string;
  readonly gate: (effect: string, why: string) => string;
  readonly model: (model: string, part: string) => string;
  readonly modelPart: Readonly<Record<NonNullable<Verdict['model']>['part'], string>>;
  readonly noModelInVerdict: string;
  readonly counts: (counts: {
    findings: number;
    real: number;
    open: number;
    dismissed: number;
    outOfScope: number;
  }) => string;
  readonly decision: (text: string) => string;
  readonly blocking: string;
  readonly sources: string;
  readonly canAnswer: string;
  readonly unknownItem: (label: string) => string;
  readonly modelFailed: (why: string) => string;
  readonly modelNeedsFinding: string;
  readonly modelNotAsked: (why: string) => string;
  readonly answeredBy: (model: string) => string;
}

const EN: AskMessages = {
  about: (id, place) => `About finding ${id} at ${place}:`,
  aboutRun: 'About the run as a whole (name a finding with --finding, or its place, to ask about one):',
  verdict: { true_positive: 'real', needs_review: 'needs review', false_positive: 'a false positive' },
  by: {
    builtin: 'the built-in judge',
    model: 'checked claims of a model',
    policy: "the team's policy",
    human: 'a person',
  },
  effect: {
    blocks: 'blocks this change',
    allowed: 'is let through',
    waived: 'is waived',
    suppressed: 'is suppressed',
    out_of_scope: 'is out of scope',
  },
  judged: (verdict, by) => `It is ${verdict}, decided by ${by}.`,
  notJudged: 'It was not judged: it lies outside of the asked scope.',
  flow: 'The way of the data, as the scanner reports it:',
  noFlow: 'The scanner reports no way of the data. What the code itself shows:',
  sanitisedBy: 'What makes the value harmless:',
  notSanitised: 'Nothing was found between source and sink that makes the value harmless:',
  sanitiserOpen: 'Whether something makes the value harmless is open:',
  fix: (text) => `How it is mended: ${text}`,
  noFix: 'Nothing is known of how this weakness is mended.',
  patchHere: (command) => `A patch was proved: ${command}`,
  patchedLikeIt: (ids) => `Findings of the same weakness with a proved patch: ${ids}`,
  documents: (places) => `From your documents: ${places}`,
  rule: (rule, tools) => `Rule ${rule}, reported by ${tools}.`,
  weakness: (name, what) => `${name}: ${what}`,
  saysTool: (message) => `In the words of the scanner: ${message}`,
  gate: (effect, why) => `It ${effect}: ${why}`,
  model: (model, part) => `The model ${model} ${part}.`,
  modelPart: {
    decided: 'made claims that were checked and moved the verdict',
    agreed: 'said the same as was decided without it',
    overruled: 'said something that the evidence does not allow',
    undecided: 'did not know either',
    explained: 'was asked for words only',
    failed: 'gave no usable answer',
  },
  noModelInVerdict: 'No model had a part in it.',
  counts: ({ findings, real, open, dismissed, outOfScope }) =>
    `${findings} findings: ${real} real, ${open} need review, ${dismissed} false positives, ${outOfScope} out of scope.`,
  decision: (text) => `The gate: ${text}`,
  blocking: 'What blocks:',
  sources: 'Sources:',
  canAnswer:
    'Without a model I can answer these: where the data comes from, what sanitises it, how it is fixed, which rule and tools report it, why the verdict, who decided, whether it blocks, and for the run how many findings there are. What the facts say in short:',
  unknownItem: (label) => `${label}: no such source`,
  modelFailed: (why) => `The model gave no answer (${why}); this is what the facts say.`,
  modelNeedsFinding: 'A model is asked about one finding only; this is what the facts say of the run.',
  modelNotAsked: (why) => `No model was asked: ${why}.`,
  answeredBy: (model) => `Answered by ${model} from the sources below; nothing of it changes a verdict.`,
};

const ZH_CN: AskMessages = {
  about: (id, place) => `关于 ${place} 处的发现项 ${id}：`,
  aboutRun: '关于整次运行（用 `--finding` 或代码位置指明某个发现项，即可针对它提问）：',
  verdict: { true_positive: '真实问题', needs_review: '待复核', false_positive: '误报' },
  by: { builtin: '内置判定', model: '经核对的模型论断', policy: '团队策略', human: '人工' },
  effect: {
    blocks: '阻止合并',
    allowed: '放行',
    waived: '已豁免',
    suppressed: '已抑制',
    out_of_scope: '不在范围内',
  },
  judged: (verdict, by) => `结论：${verdict}，由${by}作出。`,
  notJudged: '未作判定：不在所要求的范围内。',
  flow: '扫描器报告的数据流：',
  noFlow: '扫描器没有报告数据流。代码本身表明：',
  sanitisedBy: '使该值无害的是：',
  notSanitised: '从来源到使用处之间，没有发现使该值无害的处理：',
  sanitiserOpen: '是否有处理使该值无害，尚未确定：',
  fix: (text) => `修复方法：${text}`,
  noFix: '不了解如何修复此弱点。',
  patchHere: (command) => `有已验证的补丁：${command}`,
  patchedLikeIt: (ids) => `同一弱点、带有已验证补丁的发现项：${ids}`,
  documents: (places) => `团队文档：${places}`,
  rule: (rule, tools) => `规则 ${rule}，报告者：${tools}。`,
  weakness: (name, what) => `${name}：${what}`,
  saysTool: (message) => `扫描器原文：${message}`,
  gate: (effect, why) => `门禁：${effect}。${why}`,
  model: (model, part) => `模型 ${model}：${part}。`,
  modelPart: {
    decided: '其论断经核对后改变了结论',
    agreed: '与没有它时的结论一致',
    overruled: '其说法超出证据所允许的范围',
    undecided: '同样无法判断',
    explained: '只被要求作出说明',
    failed: '没有给出可用的回答',
  },
  noModelInVerdict: '没有模型参与。',
  counts: ({ findings, real, open, dismissed, outOfScope }) =>
    `共 ${findings} 个发现项：真实问题 ${real}，待复核 ${open}，误报 ${dismissed}，不在范围内 ${outOfScope}。`,
  decision: (text) => `门禁：${text}`,
  blocking: '阻止合并的有：',
  sources: '来源：',
  canAnswer:
    '没有模型时，可以回答：数据来自哪里、有什么净化处理、如何修复、由哪条规则和哪些工具报告、为何得出该结论、由谁决定、是否阻止合并，以及整次运行有多少个发现项。事实概要如下：',
  unknownItem: (label) => `${label}：没有这个来源`,
  modelFailed: (why) => `模型没有给出回答（${why}）；以下是事实所表明的内容。`,
  modelNeedsFinding: '只能就单个发现项询问模型；以下是关于整次运行的事实。',
  modelNotAsked: (why) => `没有询问模型：${why}。`,
  answeredBy: (model) => `由 ${model} 根据下列来源回答；它不改变任何结论。`,
};

export function askMessagesOf(language: 'en' | 'zh-CN'): AskMessages {
  return language === 'zh-CN' ? ZH_CN : EN;
}
