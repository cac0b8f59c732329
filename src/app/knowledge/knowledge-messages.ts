// What is said about retrieved knowledge, to a person at a terminal and in notices.
import type { KnowledgeSource } from '#domain/knowledge.ts';

export interface KnowledgeMessages {
  /** `first` is marked as outside text. */
  readonly leftOut: (count: number, first: string) => string;
  readonly wordsOnly: (why: string) => string;
  readonly store: Readonly<Record<'rebuilt' | 'unusable', (why: string) => string>>;
  readonly embeddingsNotAsked: (missing: string) => string;
  readonly noTree: string;
  readonly workingTree: string;
  readonly nothing: string;
  readonly searched: (counts: Readonly<Record<KnowledgeSource, number>>) => string;
  readonly source: Readonly<Record<KnowledgeSource, string>>;
  readonly why: string;
  readonly score: string;
}

const EN: KnowledgeMessages = {
  leftOut: (count, first) =>
    count === 1
      ? `The document ${first} was not read: it is no text, or too large.`
      : `${count} documents were not read, ${first} first: they are no text, too large or too many.`,
  wordsOnly: (why) => `Passages were found by words alone, not by meaning: ${why}`,
  store: {
    rebuilt: (why) => `The store of vectors could not be read (${why}) and was built anew.`,
    unusable: (why) => `Vectors are not kept for later runs: ${why}.`,
  },
  embeddingsNotAsked: (missing) => `Passages are found by words alone, not by meaning: ${missing}.`,
  noTree: "The team's documents were not read: without a base nothing vouches for them. Give --base REF.",
  workingTree: 'Without --base, the policy and the documents of the working tree were read.',
  nothing: 'Nothing that is known is near enough to this question.',
  searched: ({ card, document, decision }) =>
    `Searched: ${card} weakness cards, ${document} pieces of the team's documents, ${decision} past decisions.`,
  source: { card: 'card', document: 'document', decision: 'decision' },
  why: 'why',
  score: 'score',
};

const ZH_CN: KnowledgeMessages = {
  leftOut: (count, first) =>
    count === 1
      ? `未读取文档 ${first}：它不是文本，或者过大。`
      : `有 ${count} 份文档未读取，第一份是 ${first}：它们不是文本、过大或数量过多。`,
  wordsOnly: (why) => `段落仅按词语查找，未按语义查找：${why}`,
  store: {
    rebuilt: (why) => `向量存储无法读取（${why}），已重新建立。`,
    unusable: (why) => `向量不会保留给以后的运行：${why}。`,
  },
  embeddingsNotAsked: (missing) => `段落仅按词语查找，未按语义查找：${missing}。`,
  noTree: '未读取团队文档：没有基准，就无从保证其可信。请给出 `--base REF`。',
  workingTree: '没有给出 `--base`，因此读取了工作区中的策略和文档。',
  nothing: '已知内容中没有与该问题足够接近的段落。',
  searched: ({ card, document, decision }) =>
    `已查找：${card} 张弱点卡片、${document} 段团队文档、${decision} 项既往决定。`,
  source: { card: '卡片', document: '文档', decision: '决定' },
  why: '依据',
  score: '得分',
};

export function knowledgeMessagesOf(language: 'en' | 'zh-CN'): KnowledgeMessages {
  return language === 'zh-CN' ? ZH_CN : EN;
}
