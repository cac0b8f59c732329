// What Assay says in the summary comment and beside the gate, in simplified Chinese.
import type { PublicationMessages } from './publication-en.ts';

const REPORT_GAP = {
  accepted: '已由策略豁免，或由基准中的注释抑制',
  dismissed: '判为误报',
  kind: '属于依赖或许可证',
  other: '属于代码或许可证',
  place: '没有指明文件',
  room: 'GitLab 不加载超过 20 MB 的报告',
} as const;

export const publicationZhCN: PublicationMessages = {
  nothingInChange: '本次变更中没有发现项。',
  leftOpen: (count) => `此前运行的 ${count} 条评论仍未关闭：本次运行无法确定对应发现的现状。`,
  fixedSince: (count) => `此前评论过的 ${count} 个发现项已不再被报告。`,
  ownSide: '本结果来自由变更方控制的运行：仅供评审参考，不是门禁的结论。',
  commentLink: { inline: '该行的评论', file: '该文件的评论' },
  countedAt: {
    inline: (count) => `${count} 个在所在行评论`,
    file: (count) => `${count} 个在所在文件评论`,
    annotation: (count) => `${count} 个作为检查的注解`,
    here: (count) => `${count} 个仅在此处`,
    files: (count) => `${count} 个仅在结果文件中`,
  },
  whereabouts: (parts) => `所在位置：${parts}。`,
  notInline: (count) => `${count} 个未在所在行评论，及其原因`,
  placedAt: {
    file: '在文件上',
    annotation: '检查的注解',
    summary: '在本摘要中',
    files: '在结果文件中',
  },
  told: (place, why) => `${place}：${why}`,
  patches: (count, folder) => `${count} 个补丁可直接 \`git apply\`：见作业产物中的 ${folder}。`,
  problems: (count) => `未能按预期发布（${count}）`,
  noModelCost: '模型费用 0',
  modelCost: (file) => `模型费用见 ${file}`,
  moreRows: (count, file, job) => `另有 ${count} 行未显示：全部内容见${artifacts(job)}中的 ${file}。`,
  sectionsLeftOut: (file, job) => `因长度限制省略了部分内容：全部内容见${artifacts(job)}中的 ${file}。`,
  jobLink: '作业产物',
  annotationsLeftOut: (count) => `另有 ${count} 个发现项没有注解；表格中尽量列出，全部内容见 assay.json。`,
  learnMore: (id) => `assay explain ${id}`,
  setAsideFromReport: (count, why) =>
    `${count} 个发现项不在本报告中：${REPORT_GAP[why]}；全部内容见 assay.json。`,
};

function artifacts(job: string | null): string {
  return job ?? publicationZhCN.jobLink;
}
