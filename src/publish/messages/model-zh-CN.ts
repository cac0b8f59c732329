// What Assay says of the model's part in a run and of its bill, in simplified Chinese.
import type { ModelFailureKind, PriceOrigin } from '#domain/model.ts';
import { grouped, type ModelMessages } from './model-en.ts';

const FAILURE: Readonly<Record<ModelFailureKind, string>> = {
  refusal: '拒绝回答',
  content_filter: '被内容过滤器拦截',
  truncated: '回答被截断',
  invalid_output: '回答无法使用',
  rate_limited: '请求受限',
  timeout: '超时',
  redirect: '被重定向',
  oversize: '回答过大',
  budget: '超出预算',
  provider_down: '服务不可达',
  unauthorised: '密钥被拒绝',
  unknown_model: '模型不存在',
  bad_request: '请求被拒绝',
  too_long: '提示过长',
  interrupted: '已中断',
};

export const modelZhCN: ModelMessages = {
  asked: (model, asked, answered) => `模型 ${model}：询问了 ${asked} 个发现项，${answered} 个得到回答`,
  notAsked: (count) => `${count} 个未询问（预算已用完）`,
  failures: (counts) => `未得到回答：${listed(counts)}`,
  patchesNotAsked: (count) => `${count} 个未请求补丁`,
  patchFailures: (counts) => `未得到补丁：${listed(counts)}`,
  tokens: ({ input, cached, output }) =>
    `输入 ${grouped(input)} 个 token${cached > 0 ? `（其中缓存 ${grouped(cached)} 个）` : ''}，输出 ${grouped(output)} 个`,
  money: (dollars, price) => {
    if (dollars === null) return '价格未知';
    if (dollars === 0) return '无费用';
    return `${dollars < 0.01 ? '不到 0.01 美元' : `约 ${dollars.toFixed(2)} 美元`}${pricedBy(price)}`;
  },
  embeddings: (model, { texts, tokens, money }) =>
    `用 ${model} 查找段落：${texts} 段文本，约 ${grouped(tokens)} 个 token，${modelZhCN.money(money, null)}`,
  joined: (parts) => `${parts.join('；')}。`,
};

function listed(counts: readonly (readonly [ModelFailureKind, number])[]): string {
  return counts.map(([kind, count]) => `${FAILURE[kind]} ${count} 个`).join('、');
}

function pricedBy(price: PriceOrigin | null): string {
  if (price?.from === 'policy') return '（价格取自策略）';
  return price?.from === 'table' && price.asOf !== null ? `（${price.asOf} 的价格）` : '';
}
