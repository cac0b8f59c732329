// What an answer says beside the facts themselves, in both languages. Facts are outside text, or quote it: the renderer makes them inert.
import type { GateEffectKind } from '#domain/decision.ts';
import type { ModelFailure, ModelFailureKind } from '#domain/model.ts';
import type { Verdict, VerdictLabel } from '#domain/verdict.ts';

export interface AskMessages {
  readonly language: 'en' | 'zh-CN';
  readonly about: (id: string, place: string) => string;
  readonly aboutRun: string;
  readonly whichFinding: (count: number) => string;
  /** Around what the run wrote down in the other language. */
  readonly inOtherLanguage: (text: string) => string;
  readonly noSuchId: (id: string) => string;
  readonly questionCut: (characters: number) => string;
  readonly noFindings: string;
  readonly listed: (verdict: string) => string;
  readonly noneListed: (verdict: string) => string;
  /** Of several findings. */
  readonly kinds: Readonly<Record<VerdictLabel, string>>;
  readonly by: Readonly<Record<Verdict['by'], string>>;
  readonly effect: Readonly<Record<GateEffectKind, string>>;
  readonly judged: (verdict: VerdictLabel, by: string) => string;
  readonly reason: (text: string, code: string) => string;
  readonly notJudged: string;
  readonly flow: string;
  readonly noFlow: string;
  readonly sanitisedBy: string;
  readonly notSanitised: string;
  readonly sanitiserOpen: string;
  readonly fix: (text: string) => string;
  /** Writes the lock file again. */
  readonly thenRun: (command: string) => string;
  readonly upgrades: string;
  readonly noUpgrades: string;
  /** `folder`: null for the root, and where no project is known. */
  readonly upgradeOf: (said: {
    readonly package: string;
    readonly names: string;
    readonly count: number;
    readonly folder: string | null;
    readonly priority: number;
  }) => string;
  readonly labelled: (label: string, text: string) => string;
  readonly noFix: string;
  readonly patchHere: (command: string) => string;
  readonly patchedLikeIt: (ids: string) => string;
  readonly judgedHarmless: string;
  readonly documents: (places: string) => string;
  readonly calledFrom: (name: string, count: number) => string;
  readonly call: (place: string, around: string | null) => string;
  readonly noCalls: (name: string) => string;
  readonly noFunction: string;
  readonly codeNotUnderstood: (why: string) => string;
  readonly codeNotHere: (why: string) => string;
  readonly otherCommit: (commit: string) => string;
  readonly andMore: (count: number) => string;
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
  readonly modelFailed: (failure: ModelFailure) => string;
  /** Something of the answer was shown already. */
  readonly modelBrokeOff: (failure: ModelFailure) => string;
  readonly modelNotAsked: (why: string) => string;
  readonly answeredBy: (model: string) => string;
  readonly citesNothing: (model: string) => string;
}

const EN: AskMessages = {
  language: 'en',
  about: (id, place) => `About finding ${id} at ${place}:`,
  aboutRun: 'About the run as a whole:',
  whichFinding: (count) =>
    `That is asked of one finding, and the result holds ${count}: name one with --finding, or by its place. For example:`,
  inOtherLanguage: (text) => `in the words of the run: “${text}”`,
  noSuchId: (id) => `No finding of this result has the id ${id}.`,
  questionCut: (characters) => `The question is long: its first ${characters} characters were read.`,
  noFindings: 'The result holds no finding.',
  listed: (verdict) => `Findings that are ${verdict}:`,
  noneListed: (verdict) => `Findings that are ${verdict}: none.`,
  kinds: { true_positive: 'real', needs_review: 'open and need review', false_positive: 'false positives' },
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
  judged: (verdict, by) =>
    `${{ true_positive: 'It is real', needs_review: 'It needs review', false_positive: 'It is a false positive' }[verdict]}, decided by ${by}.`,
  reason: (text, code) => `${text} (${code})`,
  notJudged: 'It was not judged: it lies outside of the asked scope.',
  flow: 'The way of the data, as the scanner reports it:',
  noFlow: 'The scanner reports no way of the data. What the code itself shows:',
  sanitisedBy: 'What makes the value harmless:',
  notSanitised: 'Nothing was found between source and sink that makes the value harmless:',
  sanitiserOpen: 'Whether something makes the value harmless is open:',
  fix: (text) => `How it is mended: ${text}`,
  thenRun: (command) => `So that the lock file follows: ${command}`,
  upgrades: 'What to upgrade, the most urgent first:',
  noUpgrades: 'No open finding of this run is about a package that could be upgraded.',
  upgradeOf: ({ package: name, names, count, folder, priority }) =>
    `${count} ${count === 1 ? 'vulnerability' : 'vulnerabilities'} of ${name}${folder === null ? '' : ` in ${folder}`} (${names}), priority ${priority}`,
  labelled: (label, text) => `${label}: ${text}`,
  noFix: 'Nothing is known of how this weakness is mended.',
  patchHere: (command) => `A patch was proved: ${command}`,
  patchedLikeIt: (ids) => `Findings of the same weakness with a proved patch: ${ids}`,
  judgedHarmless: 'The same weakness was reported here, and found harmless:',
  documents: (places) => `From your documents: ${places}`,
  calledFrom: (name, count) =>
    `${name} is called ${count === 1 ? 'once' : `${count} times`} in this repository:`,
  call: (place, around) => (around === null ? `${place} at the top of the file` : `${place} in ${around}`),
  noCalls: (name) =>
    `No call of ${name} was found in this repository; calls under another name, or by a framework, are not seen.`,
  noFunction: 'The place stands in no function that has a name.',
  codeNotUnderstood: (why) => `Who calls it is not known: ${why}.`,
  codeNotHere: (why) => `The sources cannot be read: ${why}.`,
  otherCommit: (commit) =>
    `The commit of the run, ${commit}, is not here: code is read from the files at hand.`,
  andMore: (count) => `… and ${count} more`,
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
    'No fact speaks to that. Facts answer of a finding: where the data comes from, what sanitises it, who calls it, how it is fixed, which rule reports it, why the verdict, who decided, whether it blocks; of a run: how many findings, which are real, what to upgrade. For anything else name a model with --model.',
  unknownItem: (label) => `${label}: no such source`,
  modelFailed: ({ text }) => `The model gave no answer (${unended(text)}); this is what the facts say.`,
  modelBrokeOff: ({ text }) => `The answer ends here (${unended(text)}); this is what the facts say.`,
  modelNotAsked: (why) => `No model was asked: ${why}.`,
  answeredBy: (model) => `Answered by ${model} from these sources; nothing of it changes a verdict.`,
  citesNothing: (model) =>
    `Answered by ${model}, which names no source: nothing of it is checked, and nothing changes a verdict.`,
};

const VERDICTS_ZH: Readonly<Record<VerdictLabel, string>> = {
  true_positive: '真实问题',
  needs_review: '待复核',
  false_positive: '误报',
};

const FAILURES_ZH: Readonly<Record<ModelFailureKind, string>> = {
  refusal: '模型拒绝回答',
  content_filter: '回答被服务方的过滤器拦截',
  truncated: '回答达到长度上限',
  invalid_output: '回答为空或无法读取',
  rate_limited: '服务方暂不接受更多请求',
  timeout: '等待超时',
  redirect: '服务方要求转到别处',
  oversize: '回答过大',
  budget: '预算已用完',
  provider_down: '无法连接服务方或服务方出错',
  unauthorised: '密钥未被接受',
  unknown_model: '服务方没有这个模型',
  bad_request: '请求未被接受',
  too_long: '内容超出模型的上下文长度',
  interrupted: '已被中断',
};

/** What the wire said stands in English: it names addresses and codes. */
function failureZh({ kind, text }: ModelFailure): string {
  return kind === 'interrupted' ? FAILURES_ZH[kind] : `${FAILURES_ZH[kind]}：${unended(text)}`;
}

/** Without its full stop: a sentence goes on after it. */
function unended(text: string): string {
  return text.replace(/[.。]$/, '');
}

const ZH_CN: AskMessages = {
  language: 'zh-CN',
  about: (id, place) => `关于 ${place} 处的发现项 ${id}：`,
  aboutRun: '关于整次运行：',
  whichFinding: (count) =>
    `这个问题针对单个发现项，而结果中有 ${count} 个：请用 --finding 或代码位置指明。例如：`,
  inOtherLanguage: (text) => `运行记录原文：“${text}”`,
  noSuchId: (id) => `结果中没有编号为 ${id} 的发现项。`,
  questionCut: (characters) => `问题过长：只读取了前 ${characters} 个字符。`,
  noFindings: '结果中没有发现项。',
  listed: (verdict) => `结论为${verdict}的发现项：`,
  noneListed: (verdict) => `没有结论为${verdict}的发现项。`,
  kinds: VERDICTS_ZH,
  by: { builtin: '内置判定', model: '经核对的模型论断', policy: '团队策略', human: '人工' },
  effect: {
    blocks: '阻止合并',
    allowed: '放行',
    waived: '已豁免',
    suppressed: '已抑制',
    out_of_scope: '不在范围内',
  },
  judged: (verdict, by) => `结论：${VERDICTS_ZH[verdict]}，由${by}作出。`,
  reason: (text, code) => `${text}（${code}）`,
  notJudged: '未作判定：不在所要求的范围内。',
  flow: '扫描器报告的数据流：',
  noFlow: '扫描器没有报告数据流。代码本身表明：',
  sanitisedBy: '使该值无害的是：',
  notSanitised: '从来源到使用处之间，没有发现使该值无害的处理：',
  sanitiserOpen: '是否有处理使该值无害，尚未确定：',
  fix: (text) => `修复方法：${text}`,
  thenRun: (command) => `为使锁文件同步：${command}`,
  upgrades: '建议的升级，最紧迫的在前：',
  noUpgrades: '本次运行没有与可升级的包有关的未决发现项。',
  upgradeOf: ({ package: name, names, count, folder, priority }) =>
    `${folder === null ? '' : `${folder} 中 `}${name} 的 ${count} 个漏洞（${names}），优先级 ${priority}`,
  labelled: (label, text) => `${label}：${text}`,
  noFix: '不了解如何修复此弱点。',
  patchHere: (command) => `有已验证的补丁：${command}`,
  patchedLikeIt: (ids) => `同一弱点、带有已验证补丁的发现项：${ids}`,
  judgedHarmless: '此处也报告过同一弱点，经判定无害：',
  documents: (places) => `团队文档：${places}`,
  calledFrom: (name, count) => `${name} 在本仓库中被调用 ${count} 次：`,
  call: (place, around) => (around === null ? `${place}，位于文件顶层` : `${place}，位于 ${around}`),
  noCalls: (name) => `本仓库中没有找到对 ${name} 的调用；以其他名称或由框架发起的调用无法看到。`,
  noFunction: '该位置不在任何有名称的函数中。',
  codeNotUnderstood: (why) => `无法得知谁调用它：${why}。`,
  codeNotHere: (why) => `无法读取源代码：${why}。`,
  otherCommit: (commit) => `此处没有该次运行的提交 ${commit}：代码取自现有文件。`,
  andMore: (count) => `…… 另有 ${count} 个`,
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
    '没有事实能回答这个问题。事实可以回答：某个发现项的数据来自哪里、有什么净化处理、谁调用它、如何修复、由哪条规则报告、为何得出该结论、由谁决定、是否阻止合并；以及整次运行有多少个发现项、哪些是真实的、该升级什么。其他问题请用 --model 指定模型。',
  unknownItem: (label) => `${label}：没有这个来源`,
  modelFailed: (failure) => `模型没有给出回答（${failureZh(failure)}）；以下是事实所表明的内容。`,
  modelBrokeOff: (failure) => `回答到此中断（${failureZh(failure)}）；以下是事实所表明的内容。`,
  modelNotAsked: (why) => `没有询问模型：${why}。`,
  answeredBy: (model) => `由 ${model} 根据以上来源回答；它不改变任何结论。`,
  citesNothing: (model) => `由 ${model} 回答，未注明来源：内容未经核对，也不改变任何结论。`,
};

export function askMessagesOf(language: 'en' | 'zh-CN'): AskMessages {
  return language === 'zh-CN' ? ZH_CN : EN;
}
