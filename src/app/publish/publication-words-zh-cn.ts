// What is said of a publication in Simplified Chinese, beside the words of the hosts' own refusals.
import type { PhraseBook } from '#domain/phrase.ts';

export const PUBLICATION_WORDS: PhraseBook = {
  // Where nothing is posted, and where else to look.
  'No CI of GitHub or GitLab runs this.': '本次运行不在 GitHub 或 GitLab 的 CI 中。',
  'Say where with --pull-request or --merge-request.':
    '请用 --pull-request 或 --merge-request 指明发布位置。',
  'The verdicts stand in the job summary and in the result files.': '判定见作业摘要和结果文件。',
  'GITHUB_REPOSITORY names no repository.': 'GITHUB_REPOSITORY 没有指明仓库。',
  'Say which with --pull-request owner/repo#7.': '请用 --pull-request owner/repo#7 指明。',
  'this run': '本次运行',
  'The event of {0} is about no pull request.': '{0} 的事件与拉取请求无关。',
  'The pull request comes from a fork, whose runs may not comment.':
    '该拉取请求来自复刻仓库，其运行无权评论。',
  'The second workflow posts this result: .github/workflows/assay-publish.yml, which {0} writes (docs/install-github.md). Without it the result stands in the job summary, the annotations and the artifact.':
    '本结果由第二个工作流 .github/workflows/assay-publish.yml 发布，该文件由 {0} 生成（docs/install-github.md）。没有它时，结果见作业摘要、注解和产物。',
  'This pipeline is about no merge request.': '该流水线与合并请求无关。',
  'No open pull request of {0} has the commit of that workflow run as its head.':
    '{0} 中没有以该工作流运行的提交为 head 的未关闭拉取请求。',
  'It was closed or pushed to meanwhile; the run of the new head posts its own result.':
    '其间它已被关闭或有新的推送；新 head 的运行会发布自己的结果。',
  // What is missing.
  'There is no token to comment with: {0} is not set.': '没有可用于评论的令牌：未设置 {0}。',
  'Set {0}: {1}.': '请设置 {0}：{1}。',
  '{0} under {1} of the step, with {2} under {3} of the job; outside of a workflow, a token of your own':
    '在步骤的 {1} 下写 {0}，并在作业的 {3} 下写 {2}；不在工作流中时，使用您自己的令牌',
  'a masked CI/CD variable with a project access token, scope api, role Developer':
    '一个已隐藏（masked）的 CI/CD 变量，其值为项目访问令牌，范围 api，角色 Developer',
  'A dry run without a host needs to know the change.': '没有平台的试运行需要知道变更的内容。',
  'Give --base and --head.': '请给出 --base 和 --head。',
  'The result is of a working tree, and comments stand at commits.': '结果取自工作目录，而评论要对应提交。',
  'Give the commit with --head.': '请用 --head 给出提交。',
  // What became of it.
  'Written:': '已写入：',
  '{0} (1 file)': '{0}（1 个文件）',
  '{0} ({1} files)': '{0}（{1} 个文件）',
  'The change': '本次变更',
  '{0}; summary: {1}': '{0}；摘要：{1}',
  'no finding': '没有发现项',
  '1 of 1 finding has a comment': '1 个发现项中有 1 个带评论',
  '{0} of 1 finding have a comment': '1 个发现项中有 {0} 个带评论',
  '1 of {0} findings has a comment': '{0} 个发现项中有 1 个带评论',
  '{0} of {1} findings have a comment': '{1} 个发现项中有 {0} 个带评论',
  'Nothing was posted (dry run): {0}': '未发布任何内容（试运行）：{0}',
  'Nothing was posted: {0}': '未发布任何内容：{0}',
  'Nothing was posted.': '未发布任何内容。',
  '{0} is merged.': '{0} 已合并。',
  '{0} is closed.': '{0} 已关闭。',
  'Nothing needs to be done.': '无需处理。',
  'The result is of commit {0}, and {1} is at {2} by now.': '结果属于提交 {0}，而 {1} 现已位于 {2}。',
  'The run of that commit posts its own result.': '该提交的运行会发布自己的结果。',
  'The host could not be read.': '无法读取平台。',
  'Everything that is to be said stands there.': '要说明的内容均已发布。',
  'There was nothing to say.': '没有需要说明的内容。',
  'The run was interrupted.': '运行被中断。',
  'The run was interrupted while it was posting.': '运行在发布过程中被中断。',
  'Posting broke off: {0}': '发布中断：{0}',
  'Run it again: nothing is posted twice.': '请重新运行：不会重复发布。',
  'The folder publication holds the summary.': '目录 publication 中有摘要。',
  'The folder publication holds one new comment and the summary.': '目录 publication 中有 1 条新评论和摘要。',
  'The folder publication holds {0} new comments and the summary.':
    '目录 publication 中有 {0} 条新评论和摘要。',
  '(the text stays)': '（内容保持不变）',
};
