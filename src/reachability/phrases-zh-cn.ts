// What was searched and found, in Simplified Chinese.
import type { PhraseBook } from '#domain/phrase.ts';

export const REACHABILITY_PHRASES_ZH_CN: PhraseBook = {
  'More packages need it than were looked through.': '需要它的软件包过多，未能全部查看。',
  'Other packages that are used may load it, and their code was not searched: {0}.':
    '其他被使用的软件包可能会加载它，而它们的代码未被搜索：{0}。',
  'Sources are not searched for packages of {0}.': '不会为 {0} 的软件包搜索源代码。',
  "{0} comes inside of another package's archive, whose code is not in the repository.":
    '{0} 包含在另一个软件包的归档中，其代码不在仓库里。',
  'Only development asks for {0}, and yet what runs may load it.':
    '只有开发环境要求 {0}，但运行的代码仍可能加载它。',
  'Only development brings {0} in: tests import it, nothing that runs does. {1}':
    '只有开发环境引入 {0}：测试导入了它，运行的代码没有导入。{1}',
  'Only development or tests bring {0} in, and nothing that runs imports it. {1}':
    '只有开发或测试引入 {0}，运行的代码没有导入它。{1}',
  'No manifest or lock file of the project names {0}.': '该项目的清单文件和锁文件都没有列出 {0}。',
  '{0} Type declarations alone name it, which are gone when the program runs.':
    '{0}只有类型声明提到它，程序运行时这些声明已不存在。',
  '{0} Only tests import it.': '{0}只有测试导入它。',
  'No source that runs imports {0}. {1}': '运行的源代码都没有导入 {0}。{1}',
  'No source that runs imports {0}; it is brought in by {1}. {2}':
    '运行的源代码都没有导入 {0}；它由 {1} 引入。{2}',
  'No source that runs imports {0}, which others bring in. {1}':
    '运行的源代码都没有导入由其他软件包引入的 {0}。{1}',
  'No source that runs imports {0}, and vendor/modules.txt, which lists all packages that the build needs, has none of it that is vulnerable. {1}':
    '运行的源代码都没有导入 {0}，列出构建所需全部包的 vendor/modules.txt 也没有其中有漏洞的任何一个。{1}',
  'A manifest was not read whole: {0}': '有清单文件未能完整读取：{0}',
  'The repository has no sources that could import {0}: what runs is not in it.':
    '仓库中没有可能导入 {0} 的源代码：运行的内容不在仓库里。',
  'Searched: one source file of {0} and of what it needs, for {1}.':
    '已搜索：{0} 及其所需项目的 1 个源文件，查找 {1}。',
  'Searched: {0} source files of {1} and of what it needs, for {2}.':
    '已搜索：{1} 及其所需项目的 {0} 个源文件，查找 {2}。',
  'It is not known by which name code loads {0}; {1} was searched for.':
    '不清楚代码以什么名称加载 {0}；已按 {1} 搜索。',
  '{0} is of a kind that commands, settings or frameworks load without an import.':
    '{0} 属于无需导入即可由命令、设置或框架加载的一类。',
  '{0} is named in a text or a setting, by which it may be loaded.':
    '{0} 在文本或设置中被提到，可能由此被加载。',
  'Not all sources were searched: {0} are too large, too many or unreadable ({1}).':
    '并非所有源代码都已搜索：{0} 个文件过大、过多或无法读取（{1}）。',
  'Not all settings were searched: {0} are too large or too many.':
    '并非所有设置文件都已搜索：{0} 个过大或过多。',
  'Code is loaded by a name that is made at run time, which may be this package.':
    '有代码按运行时产生的名称加载，加载的可能就是该软件包。',
  '{0} is imported by what runs; which part of it is vulnerable is not known.':
    '运行的代码导入了 {0}；尚不清楚其中哪一部分有漏洞。',
  '{0} is imported by what runs, and its use alone may reach the vulnerable code.':
    '运行的代码导入了 {0}，仅使用它就可能到达有漏洞的代码。',
  '{0} is imported, and its vulnerable part is not: no source that runs imports {1}.':
    '{0} 被导入，但其有漏洞的部分没有：运行的源代码都没有导入 {1}。',
  'Parts of {0} that are imported may load the vulnerable one themselves.':
    '{0} 被导入的部分自身可能会加载有漏洞的部分。',
  'What runs uses the vulnerable part of {0}: {1}.': '运行的代码使用了 {0} 中有漏洞的部分：{1}。',
  'Whether {0} is used cannot be told here: the package is passed on, asked for a name made at run time, or the name stands in other code.':
    '此处无法判断是否使用了 {0}：软件包被传递、按运行时产生的名称取用，或该名称出现在其他代码中。',
  'Other ways to the vulnerable code than {0} may exist.': '除 {0} 之外，可能还有其他途径到达有漏洞的代码。',
  '{0} is imported by what runs; no use of its vulnerable part ({1}) was found, and none is ruled out.':
    '运行的代码导入了 {0}；没有发现使用其有漏洞的部分（{1}），但也不能排除。',
  '{0} is imported, and nothing that runs uses its vulnerable part: {1} stands in none of the {2} files that import it.':
    '{0} 被导入，但运行的代码没有使用其有漏洞的部分：{1} 没有出现在导入它的 {2} 个文件中。',
  'A script starts a command that may come with any package.':
    '有脚本会启动某个命令，该命令可能由任何软件包提供。',
  'Only sources of other projects of the repository import {0}, which have dependencies of their own; whether this project runs them is not known.':
    '只有仓库中另有自己依赖的其他项目的源代码导入 {0}；不清楚本项目是否运行这些代码。',
};
