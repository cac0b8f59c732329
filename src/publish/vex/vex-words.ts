// The few sentences of ours in VEX documents, in both languages; plain text.

export interface VexWords {
  readonly notJudged: string;
  readonly noFix: string;
  readonly noReason: string;
  readonly command: (command: string) => string;
  /** `text` is why this project alone would be cleared. */
  readonly otherProject: (text: string) => string;
  readonly decidedBy: (author: string | null, source: string) => string;
}

const EN: VexWords = {
  notJudged: 'It was not looked at: it is outside of what the run was asked about.',
  noFix: 'No version without it is known: replace the package, or keep what it does out of reach.',
  noReason: 'The decision gives no reason.',
  command: (command) => `Then: ${command}`,
  otherProject: (text) =>
    `Another project of the same repository is not cleared of it, so this one is not either. ${text}`,
  decidedBy: (author, source) => `Decided by ${author ?? 'somebody who is not named'}, in ${source}.`,
};

const ZH_CN: VexWords = {
  notJudged: '未予查看：不在本次运行所问的范围内。',
  noFix: '没有已知不含此漏洞的版本：请更换该包，或使其相关功能不可触及。',
  noReason: '该决定未说明理由。',
  command: (command) => `然后执行：${command}`,
  otherProject: (text) => `同一仓库的另一个项目未排除此漏洞，因此本项目也不排除。${text}`,
  decidedBy: (author, source) => `由${author === null ? '未署名者' : ` ${author} `}决定，见 ${source}。`,
};

export function vexWordsOf(language: 'en' | 'zh-CN'): VexWords {
  return language === 'zh-CN' ? ZH_CN : EN;
}
