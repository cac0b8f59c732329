// The reasons of a plan in words, for the ledger and the summary.
import type { AnchorReason } from '../anchors/placement-reasons.ts';
import { PLACEMENT_WORDS } from '../anchors/placement-words.ts';
import type { WhyHere } from './plan.ts';

type Why = WhyHere | 'refused' | 'not_confirmed' | 'other_line';

const WORDS: Readonly<Record<'en' | 'zh-CN', Readonly<Record<Why, string>>>> = {
  en: {
    comment: 'It stands at its line.',
    line_gone: 'Its comment stands where its line was, and says where the code is now.',
    file_comment: 'The host takes no comment at its line, so it stands at its file.',
    limit: 'The policy (`comments.limit`) allows no more comments; the most severe findings come first.',
    no_place: 'Its file is not part of the change, or the place is not known.',
    deleted_by_person: 'A person deleted the comment about it.',
    resolved_by_person: 'A person resolved its thread.',
    edited_by_person: 'A person changed the text of its comment.',
    answered: 'Somebody answered its comment, whose text therefore stays.',
    unchanged: 'Its comment says all there is to say.',
    other_line: 'It stands at another line that has the package.',
    told_with: 'The comment about its package tells it as well.',
    fixed: 'It is not reported any more.',
    dismissed: 'It was dismissed as a false positive.',
    accepted: 'The policy accepts it for now.',
    out_of_scope: 'It is outside of the asked scope.',
    needs_review_listed: 'The policy lists findings that need review, without a comment each.',
    refused: 'The host refused a comment about it.',
    not_confirmed: 'The host said that it took the comment, and did not show it afterwards.',
  },
  'zh-CN': {
    comment: '评论位于所在行。',
    line_gone: '评论位于原来所在的行，并说明代码现在的位置。',
    file_comment: '平台不接受在该行评论，评论位于所在文件。',
    limit: '策略（`comments.limit`）不再允许更多评论，最严重的发现优先。',
    no_place: '该文件不在本次变更之内，或位置未知。',
    deleted_by_person: '有人删除了关于它的评论。',
    resolved_by_person: '有人将它的讨论标记为已解决。',
    edited_by_person: '有人修改了它的评论。',
    answered: '有人回复了它的评论，因此内容保持不变。',
    unchanged: '它的评论已说明一切。',
    other_line: '评论位于含有该软件包的另一行。',
    told_with: '关于该软件包的评论中已一并说明。',
    fixed: '已不再被报告。',
    dismissed: '已判为误报。',
    accepted: '策略目前接受它。',
    out_of_scope: '不在所选范围内。',
    needs_review_listed: '策略规定待复核的发现只列出，不逐条评论。',
    refused: '平台拒绝了关于它的评论。',
    not_confirmed: '平台称已接收评论，但之后没有显示。',
  },
};

/** @param reason why it is not at its line, where that was known before anything was asked of the host */
export function wordsFor(
  why: Why,
  language: 'en' | 'zh-CN' = 'en',
  reason: AnchorReason | null = null,
): string {
  const because = reason === null ? undefined : BECAUSE[language][why];
  return reason === null || because === undefined
    ? WORDS[language][why]
    : because(PLACEMENT_WORDS[language].anchor[reason]);
}

type Because = Readonly<Partial<Record<Why, (reason: string) => string>>>;

const BECAUSE: Readonly<Record<'en' | 'zh-CN', Because>> = {
  en: {
    file_comment: (reason) => `It stands at its file: ${reason}.`,
    other_line: (reason) =>
      `It stands at another line that has the package, because of the manifest's: ${reason}.`,
    no_place: (reason) => `No comment can stand at its place: ${reason}.`,
  },
  'zh-CN': {
    file_comment: (reason) => `评论位于所在文件：${reason}。`,
    other_line: (reason) => `评论位于含有该软件包的另一行，因为清单文件中：${reason}。`,
    no_place: (reason) => `无法在其位置评论：${reason}。`,
  },
};
