// Why a file is not understood, in Simplified Chinese.
import type { PhraseBook } from '../domain/phrase.ts';

export const CODE_PHRASES_ZH_CN: PhraseBook = {
  'The file is not in the repository.': '该文件不在仓库中。',
  'The file was not read: {0}.': '未读取该文件：{0}。',
  'Assay does not know the language of this file.': 'Assay 不认识该文件的语言。',
  'The parser gave up on this file.': '解析器无法处理该文件。',
  'The file has {0} bytes; files above {1} are not analysed.':
    '该文件有 {0} 字节；超过 {1} 字节的文件不作分析。',
  'A line has {0} characters; lines above {1} are not analysed.':
    '有一行长达 {0} 个字符；超过 {1} 个字符的行不作分析。',
};
