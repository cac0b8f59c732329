// The reasons of this stage in Simplified Chinese.
import type { PhraseBook } from '#domain/phrase.ts';

export const SCOPE_PHRASES_ZH_CN: PhraseBook = {
  // How a file became new: ends "the file …".
  'was added by this change': '由本次变更新增',
  'was copied by this change': '由本次变更复制而来',
  'was a link before this change': '在本次变更之前是链接',
  'was changed, and its lines cannot be compared with the base': '已被修改，且无法与基准逐行比较',
  'the file {0}': '该文件{0}',
  // Why a finding is new, changed or existing.
  'there is no base or baseline to compare with': '没有可供比较的基准或基线',
  'it is not in the baseline {0}': '不在基线 {0} 中',
  'it is in the baseline {0}': '在基线 {0} 中',
  'the reported place is no place of this repository, so its age cannot be told':
    '报告的位置不在本仓库中，无法判断其新旧',
  'the report names no line, and the file was touched by this change':
    '报告没有指出行号，而该文件被本次变更修改过',
  'line {0} was added or modified by this change': '第 {0} 行由本次变更新增或修改',
  'flow step {0}:{1} was added or modified by this change': '数据流步骤 {0}:{1} 由本次变更新增或修改',
  '1 line was': '1 行',
  '{0} lines were': '{0} 行',
  '{0} deleted between lines {1} and {2}': '第 {1} 行与第 {2} 行之间删除了 {0}',
  '{0} deleted or replaced in the enclosing function (lines {1}–{2})':
    '所在函数（第 {1}–{2} 行）中删除或替换了 {0}',
  '{0} deleted outside functions, as this place is, in {1}': '该位置在函数之外，而 {1} 的函数之外删除了 {0}',
  '{0}, which holds flow step {1}:{2}': '{0}，数据流步骤 {1}:{2} 位于其中',
  'the file was changed elsewhere': '该文件的其他地方有改动',
  'this change does not touch its files': '本次变更没有涉及它的文件',
  '{0}, which its flow runs through, was changed elsewhere': '其数据流经过的 {0} 在其他地方有改动',
  // Whether a suppression counts.
  'the policy accepts suppressions from outside the source': '策略接受源代码之外的抑制',
  'it was made outside the source, which the policy does not accept': '该抑制在源代码之外作出，策略不予接受',
  'its kind is not one that SARIF knows': '其类型不是 SARIF 所定义的',
  'it stands in the source, and no change is under review': '它写在源代码中，且没有正在评审的变更',
  'the reported place was not found, so its comment cannot be checked': '找不到报告的位置，无法核查其注释',
  'the comment on line {0} was added or modified by this change': '第 {0} 行的注释由本次变更新增或修改',
  'no suppressing comment was found around line {0}, so its age cannot be told':
    '第 {0} 行附近没有找到用于抑制的注释，无法判断其新旧',
  'the comment on line {0} is in the base too': '第 {0} 行的注释在基准中也存在',
  'it was rejected': '该抑制已被拒绝',
  'it is still under review': '该抑制仍在审核中',
  'its status is not one that SARIF knows': '其状态不是 SARIF 所定义的',
};
