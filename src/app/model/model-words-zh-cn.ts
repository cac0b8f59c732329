// What the application says of models, in Chinese.
import type { PhraseBook } from '#domain/phrase.ts';

export const MODEL_WORDS_ZH_CN: PhraseBook = {
  'With each goes the JSON schema of its answer ({0}).': '每次请求都附带其回答的 JSON schema（{0}）。',
  'Of the files {0} only those are sent whose findings the verdicts leave to be mended.':
    '在 {0} 文件中，只有判定后仍需修复的发现项所对应的那些才会发送。',
  '{0} and {1}': '{0}，以及{1}',
  '{0} needs {1}': '{0} 需要{1}',
  'a key in {0}': ' {0} 中的密钥',
  'an address in {0}': ' {0} 中的地址',
  'a region in {0}': ' {0} 中的区域',
  '{0}, or {1}': '{0}，或 {1}',
  'No model was asked: {0}. The built-in judge decided.': '未询问模型：{0}。由内置判定引擎作出判定。',
  'Prompts written to {0}: {1}. No model was asked.': '已将提示词写入 {0}：{1} 份。未询问任何模型。',
  'Asking {0} would take: findings {1}, requests {2}, tokens in {3}, out {4}':
    '询问 {0} 需要：发现项 {1} 个，请求 {2} 次，输入词元 {3}，输出词元 {4}',
  '{0}; no price is known for it.': '{0}；价格未知。',
  '{0}; it costs nothing.': '{0}；不产生费用。',
  '{0}, about {1} to {2} ({3}).': '{0}，约 {1} 至 {2}（{3}）。',
  '{0}, at most {1}.': '{0}，最多 {1}。',
  'price of the policy': '价格取自策略',
  'prices of {0}': '{0} 的价格',
  'No patch would be asked for.': '不会请求任何补丁。',
  'Which patches are asked for depends on the verdicts: at most findings {0}, requests {1}, tokens in {2}, out {3}':
    '是否请求补丁取决于判定结果：最多发现项 {0} 个，请求 {1} 次，输入词元 {2}，输出词元 {3}',
  'Finding passages with {0} would take at most: texts {1}, tokens {2}':
    '用 {0} 查找段落最多需要：文本 {1} 段，词元 {2}',
  '{0} needs a known price, which {1} can say': '{0} 需要已知的价格，可在 {1} 中给出',
  'No model was asked: {0} needs a known price, and none is known for {1}. Say it in {2}, or limit {3} and leave {4} out. The built-in judge decided.':
    '未询问模型：{0} 需要已知的价格，而 {1} 的价格未知。请在 {2} 中给出价格，或限制 {3} 并去掉 {4}。由内置判定引擎作出判定。',
  'Reading reports': '读取报告',
  'Judging findings': '判定发现项',
  'Proving patches': '验证补丁',
  'Asking the model': '询问模型',
  'Asking for patches': '请求补丁',
  '{0} Findings beyond the limit of the policy: {1}.': '{0}超出策略上限的发现项：{1} 个。',
  '{0} was asked, and the provider says that {1} answered (findings: {2}). Check the address and the name of the model; its answers were checked like any others.':
    '询问的是 {0}，而提供方称作答的是 {1}（发现项：{2} 个）。请检查模型的地址和名称；其回答与其他回答一样经过核对。',
  'The model gave no usable answer: {0} {1} Try {2}. The built-in judge decided.':
    '模型没有给出可用的回答：{0} {1}请运行 {2} 检查。由内置判定引擎作出判定。',
  "Check the model's name and {0}; most servers want an address that ends in /v1.":
    '请检查模型名称和 {0}；多数服务器要求地址以 /v1 结尾。',
  'Check that the server runs and that {0} leads to it from here.':
    '请确认服务器正在运行，且从此处可以通过 {0} 访问它。',
  'Set {0} to the address that the server redirects to.': '请将 {0} 设为服务器重定向到的地址。',
  'The server is slow, or still loading the model: try again.': '服务器较慢，或仍在加载模型：请重试。',
  'The provider wants fewer requests: lower {0}, or try again later.':
    '提供方要求减少请求：请调低 {0}，或稍后重试。',
  'The base address ends in {0}, which is added to it: set {1} to {2}.':
    '基础地址以 {0} 结尾，而它会被自动添加：请将 {1} 设为 {2}。',
  'Use https, or add {0} (in a job the input {1}) when the network between is yours.':
    '请使用 https；若途经的网络由您掌控，可添加 {0}（在作业中为输入项 {1}）。',
  'No key was sent; if the server wants one, put it into {0}.':
    '没有发送密钥；若服务器需要密钥，请将其放入 {0}。',
  'Check the key in {0}, and whether it may use this model.':
    '请检查 {0} 中的密钥，以及它是否有权使用该模型。',
  'The model gave no usable answer: {0} Try {1}. The built-in judge decided.':
    '模型没有给出可用的回答：{0} 请运行 {1} 检查。由内置判定引擎作出判定。',
};
