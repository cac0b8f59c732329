// What became of a claim, in a sentence for the reader, in both languages. `symbol` and `item` are marked as outside text already.
import type { Language } from '../message-catalogue.ts';

/** Why a claim opens, holds or is struck. */
export type ClaimWhy =
  | 'no_item'
  | 'no_quote'
  | 'no_symbol'
  | 'not_code'
  | 'stands'
  | 'not_understood'
  | 'place_unclear'
  | 'no_call'
  | 'not_on_way'
  | 'unknown_call'
  | 'last_segment'
  | 'not_all'
  | 'sanitised'
  | 'no_condition'
  | 'not_deciding'
  | 'unknown_test'
  | 'guarded'
  | 'no_constant'
  | 'not_fixed'
  | 'constant_misuse'
  | 'constant'
  | 'not_at_place'
  | 'unknown_form'
  | 'safe_form'
  | 'not_dead'
  | 'dead_text'
  | 'dead'
  | 'no_source'
  | 'unknown_source'
  | 'source'
  | 'sink'
  | 'flow';

type Words = Readonly<Record<ClaimWhy, (symbol: string, item: string) => string>>;

const ENGLISH: Words = {
  no_item: (_, item) => `There is no piece of evidence ${item}.`,
  no_quote: (_, item) => `The quoted text does not stand in ${item}.`,
  no_symbol: (symbol) => `${symbol} does not stand in the quoted lines.`,
  not_code: () => 'It rests on a document: what code does is not shown by it.',
  stands: () => 'The quoted lines stand there; what they mean was not checked.',
  not_understood: () => 'The quoted lines could not be parsed, so nothing is shown by them.',
  place_unclear: () => 'It stands there, but what happens at the reported place was not understood.',
  no_call: (symbol) => `No call of ${symbol} stands in the quoted lines.`,
  not_on_way: (symbol) => `${symbol} is not on the way of the value to the reported place.`,
  unknown_call: (symbol) => `${symbol} is called on the way, but what it does to the value is not known.`,
  last_segment: (symbol) =>
    `${symbol} keeps the last segment of a path, which may be ".."; that it ends a path below a folder, and that a file is opened there, is not shown.`,
  not_all: (symbol) => `${symbol} is on the way, but not every value at the reported place passes it.`,
  sanitised: (symbol) =>
    `Every value at the reported place is a literal or comes through a checked step; ${symbol} makes harmless what passes it.`,
  no_condition: (symbol) => `No condition on ${symbol} stands in the quoted lines.`,
  not_deciding: (symbol) =>
    `The condition on ${symbol} does not decide whether the reported place runs, or is not about a value used there.`,
  unknown_test: (symbol) =>
    `A condition on ${symbol} decides whether the reported place runs, but what it lets through is not known.`,
  guarded: (symbol) =>
    `The reported place runs only where the condition on ${symbol} has left no harmful value, and no other value is open there.`,
  no_constant: (symbol) => `No literal stands in the quoted lines for ${symbol}.`,
  not_fixed: (symbol) => `${symbol} may get another value elsewhere.`,
  constant_misuse: (symbol) => `${symbol} is constant, but here the constant itself may be the weakness.`,
  constant: (symbol) =>
    `Only constants reach the reported place: ${symbol} is one and never gets another value.`,
  not_at_place: (symbol) => `${symbol} does not stand at the reported place.`,
  unknown_form: (symbol) =>
    `${symbol} stands at the reported place; that it cannot have this weakness is not known.`,
  safe_form: (symbol) => `${symbol} at the reported place is a form of call that cannot have this weakness.`,
  not_dead: () => 'The quoted lines do not show that the reported place never runs.',
  dead_text: () => 'The reported place never runs, but whoever reads the source reads the secret.',
  dead: () => 'The reported place never runs: the code before it always leaves.',
  no_source: (symbol) => `${symbol} is no call, parameter or value in the quoted lines.`,
  unknown_source: (symbol) =>
    `${symbol} stands there; that an attacker decides it, or that it reaches the reported place, is not shown.`,
  source: (symbol) => `${symbol} brings input from outside, and it is on the way to the reported place.`,
  sink: (symbol) => `${symbol} stands at the reported place.`,
  flow: () => 'The value passes the quoted lines on its way to the reported place.',
};

const CHINESE: Words = {
  no_item: (_, item) => `没有编号为 ${item} 的证据。`,
  no_quote: (_, item) => `所引文字不在 ${item} 中。`,
  no_symbol: (symbol) => `所引代码行中没有 ${symbol}。`,
  not_code: () => '该论断依据的是文档，不能说明代码的行为。',
  stands: () => '所引代码行确实存在；其含义未经核对。',
  not_understood: () => '所引代码行无法解析，因此不能说明任何问题。',
  place_unclear: () => '所引代码确实存在，但未能理解报告位置上发生了什么。',
  no_call: (symbol) => `所引代码行中没有对 ${symbol} 的调用。`,
  not_on_way: (symbol) => `${symbol} 不在该值到达报告位置的路径上。`,
  unknown_call: (symbol) => `路径上调用了 ${symbol}，但它对该值的作用未知。`,
  last_segment: (symbol) =>
    `${symbol} 只保留路径的最后一段，而该段可能是 ".."；未表明它是某个目录之下的路径的最后一段，且在该处打开的是文件。`,
  not_all: (symbol) => `${symbol} 在路径上，但报告位置的值并非全部经过它。`,
  sanitised: (symbol) => `报告位置的每个值都是字面量或经过已核对的步骤；${symbol} 使经过它的值无害。`,
  no_condition: (symbol) => `所引代码行中没有关于 ${symbol} 的条件。`,
  not_deciding: (symbol) => `关于 ${symbol} 的条件不决定报告位置是否执行，或与该处使用的值无关。`,
  unknown_test: (symbol) => `关于 ${symbol} 的条件决定报告位置是否执行，但它放行哪些值未知。`,
  guarded: (symbol) =>
    `只有在关于 ${symbol} 的条件排除了有害的值之后，报告位置才会执行，且该处没有其他未经确认的值。`,
  no_constant: (symbol) => `所引代码行中没有 ${symbol} 的字面量。`,
  not_fixed: (symbol) => `${symbol} 可能在别处获得其他值。`,
  constant_misuse: (symbol) => `${symbol} 是常量，但此处常量本身可能就是弱点。`,
  constant: (symbol) => `只有常量到达报告位置：${symbol} 是常量，且不会获得其他值。`,
  not_at_place: (symbol) => `${symbol} 不在报告位置上。`,
  unknown_form: (symbol) => `${symbol} 在报告位置上；它是否不会产生此弱点未知。`,
  safe_form: (symbol) => `报告位置上的 ${symbol} 采用的是不会产生此弱点的调用形式。`,
  not_dead: () => '所引代码行不能说明报告位置不会执行。',
  dead_text: () => '报告位置不会执行，但能读到源码的人就能读到其中的秘密。',
  dead: () => '报告位置不会执行：之前的代码总会离开。',
  no_source: (symbol) => `${symbol} 不是所引代码行中的调用、参数或值。`,
  unknown_source: (symbol) => `${symbol} 确实在该处；但未表明它由攻击者决定，或它会到达报告位置。`,
  source: (symbol) => `${symbol} 带来外部输入，且在到达报告位置的路径上。`,
  sink: (symbol) => `${symbol} 在报告位置上。`,
  flow: () => '该值在到达报告位置的途中经过所引代码行。',
};

export function sayClaim(why: ClaimWhy, symbol: string, item: string, language: Language): string {
  return (language === 'zh-CN' ? CHINESE : ENGLISH)[why](symbol, item);
}
