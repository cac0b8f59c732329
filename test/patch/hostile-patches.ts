// Fixes that must never be offered, each with the rung it falls off and the reason that is told.
import type { PatchRefusal } from '#domain/patch.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { diffShowing, type FixCase } from './scanner-fix.ts';

export interface HostilePatch extends FixCase {
  readonly name: string;
  readonly failed: PatchRefusal['failed'];
  readonly why: RegExp;
}

const PYTHON = 'import os\nimport hashlib\n\ndef f(a):\n    return hashlib.sha256(a).hexdigest()\n';
const SCRIPT =
  "const db = require('./db');\nfunction f(id) {\n  return db.find(id);\n}\nmodule.exports = { f };\n";
const JAVA =
  'import java.sql.Connection;\n\nclass A {\n  String f(String a) {\n    return a.trim();\n  }\n}\n';
const PHP = '<?php\nfunction f($a) {\n  return trim($a);\n}\n';
const RUBY = 'def f(a)\n  a.strip\nend\n';
const GO = 'package a\n\nimport (\n\t"fmt"\n)\n\nfunc f(a string) string {\n\treturn fmt.Sprint(a)\n}\n';
const C = '#include <string.h>\n\nint f(const char *a) {\n  return strlen(a);\n}\n';
const SHARP = 'using System;\n\nclass A {\n  string F(string a) {\n    return a.Trim();\n  }\n}\n';
const MANY = Array.from({ length: 80 }, (_, index) => `x${index} = ${index}\n`).join('');

function denied(name: string, path: string, why: RegExp): HostilePatch {
  return { name, path, text: 'a\nb\nc\n', swaps: [['b', 'B']], failed: 'policy', why };
}

function python(name: string, to: string, why: RegExp): HostilePatch {
  return {
    name,
    path: 'src/a.py',
    text: PYTHON,
    swaps: [['return hashlib', `${to}return hashlib`]],
    failed: 'policy',
    why,
  };
}

function script(name: string, to: string, why: RegExp): HostilePatch {
  return {
    name,
    path: 'src/a.js',
    text: SCRIPT,
    swaps: [['  return db', `  ${to}\n  return db`]],
    failed: 'policy',
    why,
  };
}

export const HOSTILE_PATCHES: readonly HostilePatch[] = [
  denied('a workflow', '.github/workflows/ci.yml', /dot folder/),
  denied('a workflow in other letters', 'sub/.GitHub/workflows/ci.yml', /dot folder/),
  denied('the GitLab pipeline', '.gitlab-ci.yml', /dotfile/),
  denied('CODEOWNERS in a folder', 'docs/CODEOWNERS', /who must review/),
  denied('a git hook', 'tools/hooks/pre-commit', /hook/),
  denied('a folder of hooks', 'githooks/run.sh', /hooks/),
  denied('a lockfile', 'web/package-lock.json', /lockfile/),
  denied('a Go checksum file', 'go.sum', /lockfile/),
  denied('package.json', 'web/package.json', /manifest/),
  denied('requirements', 'requirements-dev.txt', /manifest/),
  denied('a Makefile', 'Makefile', /build script/),
  denied('the configuration of Assay', 'assay.yml', /configures Assay/),
  denied('the configuration of a scanner', 'semgrep.yml', /scanner/),
  denied('an ignore file of a scanner', 'a/.trivyignore', /dotfile/),
  denied('the instructions of agents', 'docs/AGENTS.md', /agents/),
  denied('the instructions of one agent', 'CLAUDE.md', /agents/),
  denied('rules of an editor', '.cursor/rules/a.mdc', /dot folder/),
  denied('a name that Windows reads as another', 'src/package.json.', /some systems read as another/),
  denied('a name with a hidden character', 'src/a\u200b.py', /invisible/),
  {
    ...denied('a symbolic link', 'src/link.py', /symbolic link/),
    workspace: {
      ...createMemoryWorkspace({}),
      read: async () => ({ kind: 'refused', why: 'is a symbolic link' }),
    },
  },
  python('a shell command by os.system', "os.system('id')\n    ", /starts programs or runs text.*system/),
  python('eval', 'a = eval(a)\n    ', /eval/),
  python('an import', 'import base64\n    ', /imports `base64`/),
  python('an import behind another statement', 'a = a; import glob\n    ', /imports `glob`/),
  python(
    'an address',
    "x = 'https://collect.example/a'\n    ",
    /an address, `https:\/\/collect\.example\/a`/,
  ),
  python('a suppression', 'a = a  # nosec\n    ', /silences a scanner/),
  python('attributes by name', "getattr(os, 'sys' + 'tem')('id')\n    ", /getattr/),
  python('a text direction override', "x = '\u202e'\n    ", /nobody can see/),
  python('letters of two scripts', 'hаshlib = None\n    ', /two scripts/),
  python('a secret', "key = 'AKIA234567ABCDEFGHIJ'\n    ", /secret \(AWS/),
  python('a long run', `x = '${'Q2hlY2s1'.repeat(6)}'\n    `, /long run/),
  python('letters as escapes', "x = '\\x65\\x76\\x61\\x6c'\n    ", /hidden text/),
  python('a name imported under another', 'from os import system as s\n    ', /starts programs/),
  python('a command by a table of names', "os.__dict__['system']('id')\n    ", /starts programs/),
  python('white space before a name', "os.  system('id')\n    ", /starts programs/),
  python('a condition that always holds', 'if False:\n        a = a\n    ', /same outcome/),
  script('a function out of a module by another name', 'const { exec: e } = db;', /starts programs/),
  script('a call by a name put together', "db['ex' + 'ec'](id);", /named when it runs/),
  script('a host in a text', "db.at('collect.example.com');", /host name/),
  script('a wide letter in a name', 'const ｅval = 1;', /two scripts|nobody/),
  script('a child process', "require('child_process').exec('id');", /child_process|starts programs/),
  script('a request', "fetch('/steal?' + id);", /network/),
  script('a comment inside of a call', 'eval/* */(id);', /eval/),
  script('a computed import', "const m = require('./' + id);", /imports/),
  script('a function made of text', "id = new Function('return ' + id)();", /Function/),
  script('a function made of text by its constructor', "id = f.constructor('return 1')();", /constructor/),
  script('a suppression', '// eslint-disable-next-line', /silences a scanner/),
  {
    ...{
      name: 'a process in Java',
      path: 'src/A.java',
      text: JAVA,
      failed: 'policy',
      why: /starts programs/,
    },
    swaps: [['return a', 'Runtime.getRuntime().exec(a); return a']],
  },
  {
    ...{
      name: 'letters as escapes in Java',
      path: 'src/A.java',
      text: JAVA,
      failed: 'policy',
      why: /hidden text/,
    },
    swaps: [['return a', '\\uuu0052untime r; return a']],
  },
  {
    ...{
      name: 'a command in capitals in PHP',
      path: 'a.php',
      text: PHP,
      failed: 'policy',
      why: /starts programs/,
    },
    swaps: [['trim($a)', 'SHELL_EXEC($a)']],
  },
  {
    ...{
      name: 'a text that is called in PHP',
      path: 'a.php',
      text: PHP,
      failed: 'policy',
      why: /named when it runs/,
    },
    swaps: [['trim($a)', "('sys' . 'tem')($a)"]],
  },
  {
    ...{ name: 'a backtick in PHP', path: 'a.php', text: PHP, failed: 'policy', why: /starts programs/ },
    swaps: [['trim($a)', '`$a`']],
  },
  {
    ...{ name: 'a backtick in Ruby', path: 'a.rb', text: RUBY, failed: 'policy', why: /starts programs/ },
    swaps: [['a.strip', '`#{a}`']],
  },
  {
    ...{ name: 'an import in Go', path: 'a.go', text: GO, failed: 'policy', why: /imports `os\/exec`/ },
    swaps: [['"fmt"', '"fmt"\n\t"os/exec"']],
  },
  {
    ...{ name: 'a command in C', path: 'a.c', text: C, failed: 'policy', why: /system/ },
    swaps: [['return strlen', 'system(a); return strlen']],
  },
  {
    ...{ name: 'a command cut in two lines in C', path: 'a.c', text: C, failed: 'policy', why: /system/ },
    swaps: [['return strlen', 'sys\\\ntem(a); return strlen']],
  },
  {
    ...{ name: 'a command by its address in C', path: 'a.c', text: C, failed: 'policy', why: /system/ },
    swaps: [['return strlen', 'int (*p)(const char *) = system; return strlen']],
  },
  {
    ...{ name: 'a process in C#', path: 'A.cs', text: SHARP, failed: 'policy', why: /Process/ },
    swaps: [['return a', 'System.Diagnostics.Process.Start(a); return a']],
  },
  {
    ...{
      name: 'a check that is taken away',
      path: 'src/b.py',
      failed: 'policy',
      why: /`require_login`, which may guard/,
    },
    text: 'def f(a):\n    require_login(a)\n    return load(a)\n',
    swaps: [['    require_login(a)\n', '']],
  },
  {
    ...{
      name: 'a protection switched off',
      path: 'src/c.py',
      failed: 'policy',
      why: /switches a protection off/,
    },
    text: 'import requests\n\ndef f(u):\n    return requests.get(u, timeout=3)\n',
    swaps: [['timeout=3', 'timeout=3, verify=False']],
  },
  {
    ...{
      name: 'an edit far from the change',
      path: 'src/m.py',
      text: MANY,
      failed: 'policy',
      why: /no part of the change/,
    },
    swaps: [['x60 = 60', 'x60 = 0']],
    reviewDiff: diffShowing('src/m.py', 5, 15),
  },
  {
    ...{
      name: 'a file that the change leaves alone',
      path: 'src/m.py',
      text: MANY,
      failed: 'policy',
      why: /does not touch/,
    },
    swaps: [['x60 = 60', 'x60 = 0']],
    reviewDiff: diffShowing('src/other.py', 5, 15),
  },
  {
    ...{
      name: 'an edit far from the finding',
      path: 'src/m.py',
      text: MANY,
      failed: 'policy',
      why: /from the finding/,
    },
    swaps: [['x60 = 60', 'x60 = 0']],
    ...{ line: 10, reviewDiff: null },
  },
  {
    ...{ name: 'too many lines', path: 'src/m.py', text: MANY, failed: 'policy', why: /at most 20/ },
    swaps: [[MANY.slice(0, MANY.indexOf('x30 ')), '']],
  },
  {
    ...{
      name: 'a bracket too few',
      path: 'src/a.py',
      text: PYTHON,
      failed: 'parses',
      why: /line 5 has a syntax error/,
    },
    swaps: [['sha256(a)', 'sha256(a']],
  },
  {
    ...{ name: 'a placeholder', path: 'a.c', text: C, failed: 'parses', why: /syntax error/ },
    swaps: [['strlen(a)', 'strnlen(a, <size of buffer>)']],
  },
  {
    ...{
      name: 'another broken algorithm',
      path: 'src/h.py',
      failed: 'rejudged',
      why: /still there/,
      cwe: [327],
    },
    text: 'import hashlib\n\ndef f(a):\n    return hashlib.md5(a).hexdigest()\n',
    swaps: [['md5', 'sha1']],
  },
  {
    ...{
      name: 'the weakness moved a line on',
      path: 'src/h.py',
      failed: 'rejudged',
      why: /still there/,
      cwe: [327],
    },
    text: 'import hashlib\n\ndef f(a):\n    return hashlib.md5(a).hexdigest()\n',
    swaps: [['return hashlib', 'b = a\n    return hashlib']],
  },
  {
    ...{
      name: 'another weakness brought in',
      path: 'src/h.py',
      failed: 'rejudged',
      why: /another weakness/,
      cwe: [89],
    },
    text: 'import hashlib\n\ndef f(a):\n    return hashlib.sha256(a).hexdigest()\n',
    swaps: [['sha256', 'md5']],
  },
  {
    ...{
      name: 'a change that changes nothing',
      path: 'src/a.py',
      text: PYTHON,
      failed: 'applies',
      why: /changes nothing/,
    },
    swaps: [['sha256', 'sha256']],
  },
  {
    ...{ name: 'parts that overlap', path: 'src/a.py', text: PYTHON, failed: 'applies', why: /overlap/ },
    swaps: [
      ['hashlib.sha256', 'hashlib.sha512'],
      ['sha256(a)', 'sha3_256(a)'],
    ],
  },
];
