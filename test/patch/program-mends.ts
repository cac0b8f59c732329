// Changes of calls that start programs: the mends that people make, and what somebody hostile would put beside them.
import type { ModelCase } from './model-patch.ts';

export interface ProgramMend extends ModelCase {
  /** Null: it may be offered. Otherwise a piece of the reason why not. */
  readonly refused: RegExp | null;
}

type Swaps = ModelCase['swaps'];
type Row = readonly [
  name: string,
  swaps: Swaps,
  refused?: RegExp | undefined,
  cwe?: readonly number[] | undefined,
];

const STARTS = /starts programs/;
const OTHER = /starts another program/;
const OPTION = /another option/;
const SHELL = /still hands the command to a shell/;

function about(path: string, text: string, rows: readonly Row[]): readonly ProgramMend[] {
  return rows.map(([name, swaps, refused = null, cwe = [78]]) => ({ name, path, text, swaps, refused, cwe }));
}

/** Each row replaces the one dangerous call of the text. */
function calls(
  path: string,
  text: string,
  old: string,
  rows: readonly (readonly [
    name: string,
    now: string,
    refused?: RegExp | undefined,
    cwe?: readonly number[] | undefined,
  ])[],
): readonly ProgramMend[] {
  return about(
    path,
    text,
    rows.map(([name, now, refused, cwe]): Row => [name, [[old, now]], refused, cwe]),
  );
}

const SCRIPT_IMPORT = "const { exec } = require('child_process');";
const SCRIPT = `${SCRIPT_IMPORT}\n\nfunction show(name, done) {\n  exec('cat ' + name, done);\n}\nmodule.exports = { show };\n`;
const both = (now: string, list = "const { execFile } = require('child_process');"): Swaps => [
  [SCRIPT_IMPORT, list],
  ["exec('cat ' + name, done);", now],
];
const JAVASCRIPT = [
  ...about('src/show.js', SCRIPT, [
    ['execFile in the place of exec', both("execFile('cat', [name], done);")],
    [
      'execFile beside exec',
      both("execFile('cat', [name], done);", "const { exec, execFile } = require('child_process');"),
    ],
    ['two dashes in front', both("execFile('cat', ['--', name], done);")],
    ['for the neighbouring weaknesses', both("execFile('cat', [name], done);"), undefined, [77]],
    [
      'a value that is cut',
      both("execFile('cat', [require('path').basename(name)], done);"),
      /imports `path`/,
    ],
    ['another program', both("execFile('rm', [name], done);"), STARTS],
    ['another option', both("execFile('cat', ['-c', name], done);"), STARTS],
    ['an option inside of a value', both("execFile('cat', [name || '-n'], done);"), STARTS],
    ['a shell by name', both("execFile('sh', ['-c', name], done);"), STARTS],
    [
      'a shell with its path',
      both("execFile('/bin/sh', ['-c', 'cat ' + name], done);"),
      /starts programs|shell command/,
    ],
    ['a shell of Windows', both("execFile('cmd', ['/c', 'cat', name], done);"), STARTS],
    ['node -e', both("execFile('node', ['-e', name], done);"), STARTS],
    ['env as a wrapper', both("execFile('env', ['cat', name], done);"), STARTS],
    ['xargs as a wrapper', both("execFile('xargs', ['cat', name], done);"), STARTS],
    ['a shell by an option', both("execFile('cat', [name], { shell: true }, done);"), STARTS],
    ['options out of another table', both("execFile('cat', [name], { ...show }, done);"), STARTS],
    [
      'an option that is put together',
      both("execFile('cat', [name], { ['sh' + 'ell']: true }, done);"),
      STARTS,
    ],
    ['options that nobody knows', both("execFile('cat', [name], opts, done);"), STARTS],
    ['a program that is not constant', both('execFile(name, [name], done);'), STARTS],
    ['one more call', both("execFile('cat', [name], done);\n  execFile('cat', [name], done);"), STARTS],
    [
      'the old call left in place',
      both("execFile('cat', [name], done);\n  exec('cat ' + name, done);"),
      STARTS,
    ],
    ['another call of a shell', both("execFile('cat', [name], done);\n  exec(name);"), STARTS],
    ['a call to the network', both("fetch('/' + name);\n  execFile('cat', [name], done);"), /network/],
    ['code that is run', both("eval(name);\n  execFile('cat', [name], done);"), STARTS],
    [
      'another module',
      both("execFile('cat', [name], done);", "const { execFile } = require('child-process-ext');"),
      /imports|starts programs/,
    ],
    [
      'another function of the module',
      both("execFile('cat', [name], done);", "const { execFile, fork } = require('child_process');"),
      STARTS,
    ],
    [
      'a function under another name',
      both("execFile('cat', [name], done);", "const { exec: execFile } = require('child_process');"),
      STARTS,
    ],
    ['the same for another weakness', both("execFile('cat', [name], done);"), STARTS, [89]],
    ['the same for no weakness', both("execFile('cat', [name], done);"), STARTS, []],
  ]),
  ...calls(
    'src/sync.js',
    "const cp = require('child_process');\n\nfunction show(name) {\n  return cp.execSync(`cat ${name}`, { encoding: 'utf8' });\n}\nmodule.exports = { show };\n",
    "cp.execSync(`cat ${name}`, { encoding: 'utf8' })",
    [
      ['execFileSync in the place of execSync', "cp.execFileSync('cat', [name], { encoding: 'utf8' })"],
      ['spawnSync in the place of execSync', "cp.spawnSync('cat', [name]).stdout"],
      ['spawnSync with a shell', "cp.spawnSync('cat', [name], { shell: true }).stdout", STARTS],
      ['the same through a call by name', "cp['execFileSync']('cat', [name])", STARTS],
      [
        'a program in a variable',
        "((p) => { let q = 'cat'; [q] = [p]; return cp.execFileSync(q, [name]); })(name)",
        STARTS,
      ],
      [
        'a list that is changed',
        "(() => { const a = [name]; a.unshift('-c'); return cp.execFileSync('cat', a); })()",
        STARTS,
      ],
      ['another folder of programs', "(process.env.PATH = name, cp.execFileSync('cat', [name]))", STARTS],
      ['one program in the value of another', "cp.execFileSync('cat', [cp.execSync(name)])", STARTS],
    ],
  ),
  ...calls(
    'src/spawn.ts',
    "import { spawn } from 'node:child_process';\n\nexport function show(name: string) {\n  return spawn('cat ' + name, { shell: true });\n}\n",
    "spawn('cat ' + name, { shell: true })",
    [
      ['spawn without a shell', "spawn('cat', [name])"],
      ['spawn of another program', "spawn('tac', [name])", OTHER],
      [
        'spawn from another folder of programs',
        "(process.env.PATH = name, spawn('cat', [name]))",
        /decides on the program/,
      ],
      ['spawn with another option', "spawn('cat', ['-c', name])", OPTION],
      ['spawn with the shell kept', "spawn('cat', [name], { shell: true })", SHELL],
    ],
  ),
  ...calls(
    'src/find.js',
    "const cp = require('child_process');\n\nfunction find(name) {\n  return cp.execSync('find . -name ' + name);\n}\nmodule.exports = { find };\n",
    "cp.execSync('find . -name ' + name)",
    [['a program that starts others', "cp.execFileSync('find', ['.', '-name', name])", STARTS]],
  ),
];

const OS = 'import os\n\n\ndef show(name):\n    os.system(f"cat -n {name}")\n';
const subprocess = (now: string, line = 'import os\nimport subprocess\n'): Swaps => [
  ['import os\n', line],
  ['os.system(f"cat -n {name}")', now],
];
const PYTHON = [
  ...about('src/show.py', OS, [
    [
      'subprocess.run in the place of os.system',
      subprocess('subprocess.run(["cat", "-n", name], check=True)'),
    ],
    [
      'subprocess in the place of os',
      subprocess('subprocess.run(["cat", "-n", "--", name])', 'import subprocess\n'),
    ],
    ['no shell, and said so', subprocess('subprocess.call(["cat", "-n", name], shell=False)')],
    ['a shell', subprocess('subprocess.run(["cat", "-n", name], shell=True)'), STARTS],
    ['a shell that is decided later', subprocess('subprocess.run(["cat", "-n", name], shell=name)'), STARTS],
    ['another program', subprocess('subprocess.run(["tee", "-n", name])'), STARTS],
    [
      'another program behind the same name',
      subprocess('subprocess.run(["cat", "-n", name], executable="/opt/x")'),
      STARTS,
    ],
    ['a shell by name', subprocess('subprocess.run(["sh", "-c", name])'), STARTS],
    ['python -c', subprocess('subprocess.run(["python", "-c", name])'), STARTS],
    ['find -exec', subprocess('subprocess.run(["find", "-exec", "cat", "-n", name])'), STARTS],
    ['another option', subprocess('subprocess.run(["cat", "-n", "-c", name])'), STARTS],
    ['an option less', subprocess('subprocess.run(["cat", name])'), STARTS],
    ['one text', subprocess('subprocess.run("cat -n " + name, shell=True)'), STARTS],
    ['all of a list', subprocess('subprocess.run(["cat", "-n", *name])'), STARTS],
    ['one more call', subprocess('subprocess.run(["cat", "-n", name])\n    os.popen(name)'), STARTS],
    ['an environment', subprocess('subprocess.run(["cat", "-n", name], env=name)'), STARTS],
    [
      'another module',
      subprocess('subprocess.run(["cat", "-n", name])', 'import os\nimport subprocess\nimport helpful\n'),
      /imports `helpful`/,
    ],
    [
      'another name for the module',
      subprocess('subprocess.run(["cat", "-n", name])', 'import os\nimport subprocess as s\n'),
      STARTS,
    ],
    ['the same for another weakness', subprocess('subprocess.run(["cat", "-n", name])'), STARTS, [22]],
  ]),
  ...calls(
    'src/run.py',
    'import subprocess\n\n\ndef show(name):\n    return subprocess.run("cat " + name, shell=True)\n',
    'subprocess.run("cat " + name, shell=True)',
    [
      ['a list without a shell', 'subprocess.run(["cat", name])'],
      ['a list with the shell kept', 'subprocess.run(["cat", name], shell=True)', SHELL],
      ['a list with another program', 'subprocess.run(["rm", name])', OTHER],
      ['a list with a shell in it', 'subprocess.run(["sh", "-c", name])', OTHER],
      ['a list with another option', 'subprocess.run(["cat", "-c", name])', OPTION],
    ],
  ),
  ...about(
    'src/command.py',
    'import os\n\n\ndef show(name):\n    command = "cat %s" % name\n    return os.popen(command).read()\n',
    [
      [
        'a command that is put together before',
        [
          ['import os\n', 'import subprocess\n'],
          [
            '    command = "cat %s" % name\n    return os.popen(command).read()\n',
            '    return subprocess.run(["cat", name], capture_output=True, text=True).stdout\n',
          ],
        ],
      ],
    ],
  ),
];

const JAVA = calls(
  'src/App.java',
  'import java.io.IOException;\n\nclass App {\n  Process show(String name) throws IOException {\n    return Runtime.getRuntime().exec("cat " + name);\n  }\n}\n',
  'Runtime.getRuntime().exec("cat " + name)',
  [
    ['ProcessBuilder in the place of exec', 'new ProcessBuilder("cat", name).start()'],
    ['an array', 'Runtime.getRuntime().exec(new String[] {"cat", name})'],
    ['another program', 'new ProcessBuilder("rm", name).start()', STARTS],
    ['another program in an array', 'Runtime.getRuntime().exec(new String[] {"rm", name})', OTHER],
    ['a shell', 'new ProcessBuilder("sh", "-c", name).start()', STARTS],
    ['a command that is set again', 'new ProcessBuilder("cat", name).command(name).start()', STARTS],
    ['a shell in an array', 'Runtime.getRuntime().exec(new String[] {"sh", "-c", "cat " + name})', OTHER],
    ['another option', 'new ProcessBuilder("cat", "-c", name).start()', STARTS],
    ['the same for another weakness', 'new ProcessBuilder("cat", name).start()', STARTS, [79]],
  ],
);
const JAVA_LIST = about(
  'src/Lists.java',
  'import java.io.IOException;\n\nclass Lists {\n  Process show(String name) throws IOException {\n    return Runtime.getRuntime().exec(String.format("cat %s", name));\n  }\n}\n',
  [
    [
      'ProcessBuilder of a list',
      [
        ['import java.io.IOException;\n', 'import java.io.IOException;\nimport java.util.List;\n'],
        [
          'Runtime.getRuntime().exec(String.format("cat %s", name))',
          'new ProcessBuilder(List.of("cat", name)).start()',
        ],
      ],
    ],
    [
      'a list and another import',
      [
        ['import java.io.IOException;\n', 'import java.io.IOException;\nimport java.lang.reflect.Method;\n'],
        [
          'Runtime.getRuntime().exec(String.format("cat %s", name))',
          'new ProcessBuilder("cat", name).start()',
        ],
      ],
      /imports `java\.lang\.reflect`/,
    ],
  ],
);

const GO = calls(
  'app.go',
  'package app\n\nimport "os/exec"\n\nfunc Show(name string) ([]byte, error) {\n\treturn exec.Command("sh", "-c", "cat "+name).Output()\n}\n',
  'exec.Command("sh", "-c", "cat "+name)',
  [
    ['no shell', 'exec.Command("cat", name)'],
    ['no shell, and two dashes', 'exec.Command("cat", "--", name)'],
    ['another program', 'exec.Command("rm", name)', OTHER],
    ['another option', 'exec.Command("cat", "-c", name)', OPTION],
    ['another shell', 'exec.Command("bash", "-c", name)', OTHER],
    ['the same shell for all', 'exec.Command("sh", "-c", name)', OTHER],
    ['env as a wrapper', 'exec.Command("env", "cat", name)', OTHER],
    [
      'a program that is set again',
      'func() *exec.Cmd { c := exec.Command("cat", name); c.Path = name; return c }()',
      STARTS,
    ],
    ['one more call', 'exec.Command("cat", name).Run()\n\treturn exec.Command("cat", name)', STARTS],
  ],
);

const PHP = calls(
  'app.php',
  '<?php\nfunction show($name) {\n  return shell_exec("cat $name");\n}\n',
  'shell_exec("cat $name")',
  [
    ['a quoted value', 'shell_exec("cat " . escapeshellarg($name))'],
    ['another program', 'shell_exec("rm " . escapeshellarg($name))', OTHER],
    ['another option', 'shell_exec("cat -c " . escapeshellarg($name))', OPTION],
    ['one more program', 'shell_exec("cat " . escapeshellarg($name)) . system($name)', STARTS],
    ['a list of a shell', "proc_open(['sh', '-c', $name], [], $pipes)", STARTS],
  ],
);
const PHP_TICKS = calls(
  'ticks.php',
  '<?php\nfunction show($name) {\n  return `cat $name`;\n}\n',
  '`cat $name`',
  [
    ['a quoted value in the place of backticks', "shell_exec('cat ' . escapeshellarg($name))"],
    ['a quoted value between quotes', 'shell_exec("cat \'" . escapeshellarg($name) . "\'")', STARTS],
    ['a value that is not quoted', "shell_exec('cat ' . $name)", STARTS],
  ],
);

const RUBY = calls('app.rb', 'def show(name)\n  `cat #{name}`\nend\n', '`cat #{name}`', [
  ['Open3 in the place of backticks', 'Open3.capture2("cat", name).first'],
  ['system in the place of backticks', 'system("cat", name)'],
  ['a list for IO.popen', 'IO.popen(["cat", name]).read'],
  ['one text for IO.popen', 'IO.popen("cat #{name}").read', STARTS],
  ['another program', 'Open3.capture2("tee", name).first', STARTS],
  ['a shell', 'Open3.capture2("sh", "-c", name).first', STARTS],
  ['another option', 'system("cat", "-c", name)', STARTS],
  ['one more program', 'system("cat", name); system("id")', STARTS],
]);
const RUBY_REQUIRE = about('open.rb', '# Shows files.\ndef show(name)\n  `cat #{name}`\nend\n', [
  [
    'Open3 with its library',
    [
      ['# Shows files.\n', "# Shows files.\nrequire 'open3'\n"],
      ['`cat #{name}`', 'Open3.capture2("cat", name).first'],
    ],
  ],
  [
    'Open3 with another library',
    [
      ['# Shows files.\n', "# Shows files.\nrequire 'helpful'\n"],
      ['`cat #{name}`', 'Open3.capture2("cat", name).first'],
    ],
    /imports/,
  ],
]);
const RUBY_SYSTEM = calls(
  'system.rb',
  'def show(name)\n  system("cat #{name}")\nend\n',
  'system("cat #{name}")',
  [
    ['system with arguments', 'system("cat", name)'],
    ['system with another program', 'system("rm", name)', OTHER],
  ],
);

const SHARP = calls(
  'App.cs',
  'using System.Diagnostics;\n\nclass App {\n  void Show(string name) {\n    Process.Start("cat", "-n " + name);\n  }\n}\n',
  '    Process.Start("cat", "-n " + name);\n',
  [
    ['a list of arguments', '    Process.Start("cat", new[] { "-n", name });\n'],
    [
      'ArgumentList',
      '    var info = new ProcessStartInfo("cat");\n    info.ArgumentList.Add("-n");\n    info.ArgumentList.Add(name);\n    Process.Start(info);\n',
    ],
    [
      'ArgumentList at once',
      '    var info = new ProcessStartInfo("cat") { ArgumentList = { "-n", name } };\n    Process.Start(info);\n',
    ],
    [
      'another program',
      '    var info = new ProcessStartInfo("rm");\n    info.ArgumentList.Add("-n");\n    info.ArgumentList.Add(name);\n    Process.Start(info);\n',
      STARTS,
    ],
    [
      'a shell by an option',
      '    var info = new ProcessStartInfo("cat") { ArgumentList = { "-n", name } };\n    info.UseShellExecute = true;\n    Process.Start(info);\n',
      STARTS,
    ],
    [
      'a file name that is set again',
      '    var info = new ProcessStartInfo("cat") { ArgumentList = { "-n", name } };\n    info.FileName = name;\n    Process.Start(info);\n',
      STARTS,
    ],
    [
      'something else that is started',
      '    var info = new ProcessStartInfo("cat") { ArgumentList = { "-n", name } };\n    Process.Start(name);\n',
      STARTS,
    ],
    ['a list with a shell', '    Process.Start("cmd", new[] { "/c", name });\n', OTHER],
  ],
);

const OTHERS = [
  ...calls(
    'calc.js',
    'function value(text) {\n  return eval(text);\n}\nmodule.exports = { value };\n',
    'eval(text)',
    [
      ['JSON.parse in the place of eval', 'JSON.parse(text)', undefined, [95]],
      ['Function in the place of eval', "new Function('return ' + text)()", STARTS, [95]],
    ],
  ),
  ...about('calc.py', '"""Values."""\n\n\ndef value(text):\n    return eval(text)\n', [
    [
      'literal_eval in the place of eval',
      [
        ['"""Values."""\n', '"""Values."""\nimport ast\n'],
        ['eval(text)', 'ast.literal_eval(text)'],
      ],
      undefined,
      [95],
    ],
    [
      'a parser for another weakness',
      [
        ['"""Values."""\n', '"""Values."""\nimport ast\n'],
        ['eval(text)', 'ast.literal_eval(text)'],
      ],
      /imports `ast`/,
      [89],
    ],
    ['exec in the place of eval', [['eval(text)', 'exec(text)']], STARTS, [95]],
  ]),
  ...about('load.py', 'import pickle\n\n\ndef load(data):\n    return pickle.loads(data)\n', [
    [
      'json in the place of pickle',
      [
        ['import pickle\n', 'import json\n'],
        ['pickle.loads', 'json.loads'],
      ],
      undefined,
      [502],
    ],
    [
      'marshal in the place of pickle',
      [
        ['import pickle\n', 'import marshal\n'],
        ['pickle.loads', 'marshal.loads'],
      ],
      STARTS,
      [502],
    ],
  ]),
  ...calls(
    'load_yaml.py',
    'import yaml\n\n\ndef load(data):\n    return yaml.load(data)\n',
    'yaml.load(data)',
    [['safe_load in the place of load', 'yaml.safe_load(data)', undefined, [502]]],
  ),
  ...about(
    'get.py',
    'import requests\nimport config\n\n\ndef get(url):\n    return requests.get(url, timeout=5)\n',
    [
      [
        'the same request behind a look at the host',
        [
          ['import config\n', 'import config\nfrom urllib.parse import urlparse\n'],
          [
            '    return requests',
            '    if urlparse(url).hostname not in config.HOSTS:\n        raise ValueError(url)\n    return requests',
          ],
        ],
        undefined,
        [918],
      ],
      [
        'one more request',
        [['    return requests', '    requests.get(url)\n    return requests']],
        /network/,
        [918],
      ],
      [
        'a function that asks, beside the parser',
        [['import config\n', 'import config\nfrom urllib.request import urlopen\n']],
        /network/,
        [918],
      ],
    ],
  ),
];

export const PROGRAM_MENDS: readonly ProgramMend[] = [
  ...[...JAVASCRIPT, ...PYTHON, ...JAVA, ...JAVA_LIST, ...GO, ...PHP, ...PHP_TICKS],
  ...[...RUBY, ...RUBY_REQUIRE, ...RUBY_SYSTEM, ...SHARP, ...OTHERS],
];
