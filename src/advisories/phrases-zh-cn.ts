// What the advisories' room says of priorities, in Simplified Chinese.
import type { PhraseBook } from '#domain/phrase.ts';

export const ADVISORIES_PHRASES_ZH_CN: PhraseBook = {
  '100 of 100: the package itself is malicious, whatever of it is used':
    '100 分（满分 100）：软件包本身即为恶意，与使用了哪一部分无关',
  '0 of 100: the package is malicious, and not at this version or not there':
    '0 分（满分 100）：软件包是恶意的，但这个版本不是，或者项目中没有它',
  '{0} for severity ({1}) and {2} for the likelihood of exploitation ({3})':
    '严重程度 {0} 分（{1}），加上被利用的可能性 {2} 分（{3}）',
  '{0}, × {1} ({2})': '{0}，乘以 {1}（{2}）',
  '{0} of 100: {1}': '{0} 分（满分 100）：{1}',
  'known to be exploited': '已知被利用',
  'EPSS not known': 'EPSS 未知',
  'not known whether direct': '不知是否为直接依赖',
  'brought in by others': '由其他依赖引入',
  optional: '可选依赖',
  'development or tests only': '仅用于开发或测试',
  'not there at an affected version': '项目中没有受影响的版本',
  'brought in by development alone': '仅由开发依赖引入',
  'not imported': '未被导入',
  'its vulnerable part is not imported': '有漏洞的部分未被导入',
  'what is vulnerable is not called': '有漏洞的代码未被调用',
  'not known whether it is reached': '不知是否可达',
  imported: '已被导入',
  called: '已被调用',
};
