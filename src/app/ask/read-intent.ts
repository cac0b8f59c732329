// What a question wants to know, by its words: enough to pick facts, no more.

export const INTENTS = [
  'callers',
  'source',
  'sanitised',
  'fix',
  'decider',
  'gate',
  'rule',
  'verdict',
  'counts',
] as const;
export type Intent = (typeof INTENTS)[number];

/** In the order in which they are asked; the first that fits wins, so narrow ones stand before wide ones. */
const WORDS: Readonly<Record<Intent, RegExp>> = {
  counts: /\bhow many\b|\bcounts?\b|\bsummary\b|\boverview\b|多少|几个|总共|概况|摘要/i,
  callers:
    /\bwho\b.*\b(?:calls?|uses?|invokes?)\b|\b(?:is|are|gets?) (?:it )?called\b|\bcallers?\b|\bcall sites?\b|谁.*(?:调用|使用)|调用(?:者|方|处|点)|在哪.*调用|被.*调用/i,
  decider:
    /\bwho\b.*\b(?:decid|judg|said|accept|waive)|\bwas (?:a|the) model\b|\bmodel say|谁(?:决定|判断|判定|认可|豁免)|由谁/i,
  gate: /\bblock|\bgate\b|\bmerge\b|\bwaive[dr]?\b|\bsuppress|\bpass(?:es|ed)?\b|门禁|合并|阻止|豁免|抑制|放行/i,
  sanitised:
    /\bsaniti[sz]|\bescap(?:e|ed|ing)\b|\bvalidat|\bclean(?:s|ed)?\b|\bguard|\bcheck(?:s|ed)?\b|\bencod|净化|转义|校验|过滤|检查|编码/i,
  fix: /\bfix|\bmend|\brepair|\bpatch|\bremed|\bsolve|\bhow (?:do|can|should|would) (?:i|we|others)|\binstead\b|\bupgrad|\bupdat|升级|更新|修复|修补|补丁|怎么改|如何改|解决/i,
  source:
    /\bcome[s]? from\b|\bwhere\b|\bsource\b|\binput\b|\bflow|\breach(?:es|ed|able|ability)?\b|\bimport(?:s|ed)?\b|\b(?:come|came|comes) in\b|\bbr(?:ing|ought)s?\b.*\bin\b|\btransitive|\btaint|\battacker|来自|来源|从哪|数据流|输入|到达|流入|引入|可达|导入/i,
  rule: /\brule\b|\btools?\b|\bscanner|\bwhich cwe\b|\breport(?:s|ed)\b|\bwhat (?:is|does) (?:this|it|the weakness)\b|规则|工具|扫描器|哪个|弱点是什么|是什么/i,
  verdict:
    /\bwhy\b|\breal\b|\bfalse positives?\b|\bverdict\b|\bconfiden|\bcertain|\bsure\b|\bevidence\b|\bprove|为什么|为何|误报|真实|结论|判定|依据|证据|可信/i,
};

/** Null when no word of the question tells. */
export function readIntent(question: string): Intent | null {
  const order: readonly Intent[] = [
    'counts',
    'callers',
    'decider',
    'gate',
    'sanitised',
    'fix',
    'source',
    'verdict',
    'rule',
  ];
  return order.find((intent) => WORDS[intent].test(question.slice(0, 2_000))) ?? null;
}
