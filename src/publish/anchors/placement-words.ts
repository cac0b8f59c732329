// The codes of placement-reasons.ts in words, as they stand in a comment, in the summary and in publication.json.
import type { AnchorReason, DiffReason } from './placement-reasons.ts';

export interface PlacementWords {
  /** Ends a sentence such as "Not at its line: …". */
  readonly anchor: Readonly<Record<AnchorReason, string>>;
  /** Ends a sentence such as "Not a one-click suggestion: …". */
  readonly diff: Readonly<Record<DiffReason, string>>;
  /** Title of the folded patch. */
  readonly patchTitle: string;
  /** Stands where the diff would, when it is too long to show. */
  readonly patchTooLong: string;
}

export const PLACEMENT_WORDS: Readonly<Record<'en' | 'zh-CN', PlacementWords>> = {
  en: {
    anchor: {
      outside_hunks: 'the line is not among those that the diff shows',
      two_hunks: 'the lines are in different parts of the diff',
      not_shown: 'the diff shows no lines of this file',
      whole_file: 'the report names the file and no line in it',
      not_in_diff: 'the change does not touch this file',
      diff_cut: 'the host shows only a part of this large change',
      deleted: 'the change deletes this file',
      unresolved: 'the reported place is not in the repository',
    },
    diff: {
      outside_hunks: 'it changes lines that the diff does not show',
      two_hunks: 'it changes lines in different parts of the diff',
      not_shown: 'the diff shows no lines of this file',
      deleted_inside: 'lines that this change deletes stand in between',
      several_places: 'it changes several places',
      too_long: 'it is too long',
      crlf: 'the file has Windows line ends',
      no_newline_at_end: 'the last line of the file has no line end',
      blank_text: 'the new text is blank, which the host would take for a deletion',
      invisible: 'the lines hold characters that cannot be seen',
      secret: 'the lines hold what looks like a secret',
      command_line: 'the host could take a line of it for a command',
      not_suggestable_file: 'the host takes no suggestions in such files',
      unchanged: 'it changes nothing',
      stale: 'the file is another one by now',
    },
    patchTitle: 'Suggested change as a patch',
    patchTooLong: 'The patch is too long to be shown here.',
  },
  'zh-CN': {
    anchor: {
      outside_hunks: '该行不在差异显示的范围内',
      two_hunks: '这些行位于差异的不同部分',
      not_shown: '差异没有显示该文件的任何行',
      whole_file: '报告只指出了文件，没有指出行',
      not_in_diff: '本次变更没有涉及该文件',
      diff_cut: '变更过大，平台只显示了一部分',
      deleted: '本次变更删除了该文件',
      unresolved: '仓库中找不到报告的位置',
    },
    diff: {
      outside_hunks: '它修改了差异未显示的行',
      two_hunks: '它修改的行位于差异的不同部分',
      not_shown: '差异没有显示该文件的任何行',
      deleted_inside: '中间夹有本次变更删除的行',
      several_places: '它修改了多处',
      too_long: '内容过长',
      crlf: '该文件使用 Windows 换行符',
      no_newline_at_end: '文件最后一行没有换行符',
      blank_text: '新文本为空白，平台会当作删除',
      invisible: '这些行含有不可见字符',
      secret: '这些行含有疑似密钥的内容',
      command_line: '平台可能把其中一行当作命令',
      not_suggestable_file: '平台不支持在此类文件中建议修改',
      unchanged: '没有任何修改',
      stale: '该文件已发生变化',
    },
    patchTitle: '以补丁形式给出的建议修改',
    patchTooLong: '补丁过长，无法在此显示。',
  },
};
