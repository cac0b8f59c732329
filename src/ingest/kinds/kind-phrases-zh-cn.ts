// What files that are not read are called, and what to do with them, in Simplified Chinese.
import type { PhraseBook } from '#domain/phrase.ts';

export const KIND_PHRASES_ZH_CN: PhraseBook = {
  // Names.
  '{0} report ({1})': '{0} 报告（{1}）',
  'SARIF log': 'SARIF 日志',
  'empty file': '空文件',
  'neither JSON nor XML': '既非 JSON 也非 XML 的文本',
  'not valid JSON': '无效的 JSON',
  'JSON without content': '没有内容的 JSON',
  'JSON of an unknown kind': '种类未知的 JSON',
  'CycloneDX SBOM (JSON)': 'CycloneDX 软件物料清单（JSON）',
  'CycloneDX SBOM (XML)': 'CycloneDX 软件物料清单（XML）',
  'SPDX 3 SBOM (JSON-LD)': 'SPDX 3 软件物料清单（JSON-LD）',
  'SPDX 2 SBOM (JSON)': 'SPDX 2 软件物料清单（JSON）',
  'SPDX SBOM (tag-value)': 'SPDX 软件物料清单（tag-value）',
  'SPDX SBOM (RDF)': 'SPDX 软件物料清单（RDF）',
  'OpenVEX statement': 'OpenVEX 声明',
  'CSAF advisory': 'CSAF 安全公告',
  'npm lockfile': 'npm 锁定文件',
  'npm package.json': 'npm 的 package.json',
  'SonarQube issues (JSON)': 'SonarQube 问题列表（JSON）',
  'Coverity view (JSON)': 'Coverity 视图（JSON）',
  'GitHub code scanning alerts (API)': 'GitHub 代码扫描告警（API）',
  'GitLab dependency or container scanning report (JSON)': 'GitLab 依赖扫描或容器扫描报告（JSON）',
  'GitLab security report (JSON)': 'GitLab 安全报告（JSON）',
  'OSV records (JSON)': 'OSV 记录（JSON）',
  'Dependabot alerts (GitHub API)': 'Dependabot 告警（GitHub API）',
  'GitHub dependency review (API)': 'GitHub 依赖审查（API）',
  'zip archive': 'zip 压缩包',
  'HTML page': 'HTML 页面',
  'CSV table': 'CSV 表格',
  'XML document': 'XML 文档',
  // What to do.
  'The scanner wrote nothing: see its own log.': '扫描器没有写出任何内容：请查看其自身的日志。',
  'Give what Assay reads: SARIF, a bill of materials (CycloneDX, SPDX), a VEX document, or the own report of a scanner that docs/dependencies.md lists.':
    '请提供 Assay 可读取的文件：SARIF、物料清单（CycloneDX、SPDX）、VEX 文档，或 docs/dependencies.md 所列扫描器的原生报告。',
  'Write the report again with the scanner.': '请用扫描器重新生成报告。',
  'Some scanners write this when they find nothing: have them write SARIF.':
    '有些扫描器在没有发现时会这样写：请让其输出 SARIF。',
  'Assay does not read this kind, and the tool writes no SARIF: convert it to SARIF 2.1.0, or give the report of another scanner.':
    'Assay 不读取此类文件，而该工具不输出 SARIF：请将其转换为 SARIF 2.1.0，或提供其他扫描器的报告。',
  'Scan the lock file with npm audit, Trivy, Grype or OSV-Scanner: Assay reads their reports.':
    '请用 npm audit、Trivy、Grype 或 OSV-Scanner 扫描锁文件：Assay 读取这些工具的报告。',
  'Assay reads its SARIF; {0} writes that with {1}.': 'Assay 读取其 SARIF；{0} 可用 `{1}` 输出该格式。',
  'the {0} CLI': '{0} 命令行工具',
  'Assay reads SPDX as JSON and as tag-value: have the tool write one of those.':
    'Assay 读取 JSON 和 tag-value 形式的 SPDX：请让工具输出其中之一。',
  "It is an input of scanners, not a report: give a bill of materials made of it (npm sbom), or a scanner's report.":
    '这是扫描器的输入，不是报告：请提供由其生成的物料清单（`npm sbom`），或扫描器的报告。',
  'sarif-multitool converts it: npx @microsoft/sarif-multitool convert FILE -t TOOL -o report.sarif':
    '可用 sarif-multitool 转换：`npx @microsoft/sarif-multitool convert FILE -t TOOL -o report.sarif`',
  'Give the SARIF of the analyzer that GitLab runs (Semgrep: --sarif, Trivy: --format sarif).':
    '请提供 GitLab 所运行的分析器的 SARIF（Semgrep：`--sarif`，Trivy：`--format sarif`）。',
  'Assay reads its SARIF; Infer writes report.sarif with --sarif.':
    'Assay 读取其 SARIF；Infer 可用 `--sarif` 写出 `report.sarif`。',
  'Assay reads their SARIF; the API gives that of an analysis with Accept: application/sarif+json.':
    'Assay 读取其 SARIF；以 `Accept: application/sarif+json` 请求该 API 可得到分析的 SARIF。',
  'Assay reads its SARIF; ZAP writes that with its report template sarif-json.':
    'Assay 读取其 SARIF；ZAP 可用报告模板 `sarif-json` 输出该格式。',
  'They are advisories, not a report: give them with {0}, beside a bill of materials.':
    '这是安全公告，不是报告：请用 {0} 提供，并附上物料清单。',
  'Unpack it and give the report inside; only a single .gz stream is read compressed.':
    '请解压并提供其中的报告；压缩文件只支持单个 .gz 流。',
  'Give the report that the scanner writes for machines, as SARIF, JSON or XML.':
    '请提供扫描器写给机器读取的报告（SARIF、JSON 或 XML）。',
};
