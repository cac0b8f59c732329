// What is said of a finding about a dependency, in simplified Chinese.
import type { DependencyMessages } from './dependency-en.ts';

export const dependencyZhCN: DependencyMessages = {
  label: {
    action: '如何处理',
    vulnerability: '漏洞',
    origin: '引入途径',
    reach: '可达性',
    priority: '优先级',
    licence: '许可证',
    decision: '已有决定',
  },
  titled: (name, about) => `${name}：${about}`,
  andThen: (first, second) => `${first}。${second}`,
  raise: (name, to) => `将 ${name} 升级到 ${to}`,
  hold: (name, to) => `将 ${name} 固定为 ${to}`,
  raiseParent: (parent, name) =>
    parent === null ? `升级或替换引入 ${name} 的包` : `升级或替换引入 ${name} 的 ${parent}`,
  noFix: '没有已知不含此漏洞的版本',
  breaking: (breaking) =>
    breaking === null ? '' : breaking ? '可能破坏调用方' : '从版本号看没有不兼容的改动',
  alsoLeaves: (count) => `同时消除另外 ${count} 个漏洞`,
  alsoAsked: (paths) => `${paths} 也声明了它，补丁未改动`,
  remains: (names) => `未消除：${names}`,
  alsoCalled: (names) => `又名 ${names}`,
  rating: (score) => `CVSS ${score}`,
  epss: (percent) => `EPSS ${percent}%`,
  exploited: '已知遭利用（CISA KEV）',
  fixedIn: (versions) => `已在 ${versions} 中修复`,
  direct: '项目自身的依赖',
  through: (path) => `由 ${path} 引入`,
  originUnknown: '不清楚如何引入',
  moreWays: (count) => `另有 ${count} 条途径`,
  scope: { dev: '仅用于开发', test: '仅用于测试', optional: '可不安装' },
  reach: {
    absent: '未安装受影响的版本',
    dev_only: '仅由开发或测试引入',
    not_imported: '没有运行时代码导入它',
    part_not_imported: '没有运行时代码导入有漏洞的部分',
    not_called: '没有运行时代码调用有漏洞的部分',
    unknown: '不清楚',
    imported: '运行时代码导入了它，但不清楚哪一部分有漏洞',
    called: '运行时代码使用了有漏洞的部分',
  },
  decision: ({ status, author, source, day, counts, why }) =>
    [
      `${author === null ? '未署名者' : `${author} `}在 ${source} 中称 ${status}`,
      day === null ? '，未注明日期' : `，${day}`,
      counts ? '' : `；此处不予采纳${why === null ? '' : `：${why}`}`,
    ].join(''),
};
