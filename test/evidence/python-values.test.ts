// Python: what reaches the call that is reported, through collections, sanitizers and operators of the language.
import { describe, expect, it } from 'vitest';
import { evidenceOf } from './evidence-of.ts';

const DISMISSED = ['constant_arguments', 'sanitized_arguments', 'safe_call', 'unreachable'];

async function isDismissed(body: string, cwe: number): Promise<boolean> {
  const lines = body.split('\n').map((line) => `    ${line}`);
  const text = `import html, io, os, base64, urllib.parse, logging\nfrom flask import make_response\nfrom pathlib import Path\ndef m(cursor, p, q):\n${lines.join('\n')}\n`;
  const { facts } = await evidenceOf('python', text, { cwe: [cwe] });
  return facts.some(({ kind }) => DISMISSED.includes(kind));
}

const HARMLESS: readonly (readonly [what: string, body: string, cwe: number])[] = [
  ['another element of a list', 'b = ["x", q]\ncursor.execute("s" + b[0])  # HERE', 89],
  ['an element that moved', 'b = [q]\nb.append("x")\nb.pop(0)\ncursor.execute("s" + b[0])  # HERE', 89],
  ['another key', 'b = {"a": "x"}\nb["b"] = q\ncursor.execute("s" + b["a"])  # HERE', 89],
  ['a number', 'cursor.execute("s %d" % int(q))  # HERE', 89],
  ['the length of a text', 'cursor.execute("s limit " + str(len(q)))  # HERE', 89],
  ['where something was found', 'cursor.execute("s limit " + str(str(q).find("x")))  # HERE', 89],
  ['one of a few texts', 'if q in {"x", "y"}:\n    cursor.execute("s " + q)  # HERE', 89],
  ['escaped text', 'return make_response(f"<p>{html.escape(q)}</p>")  # HERE', 79],
];

const OPEN: readonly (readonly [what: string, body: string, cwe: number])[] = [
  ['an element in its place', 'b = ["x", q]\ncursor.execute("s" + b[1])  # HERE', 89],
  ['a set, which has no order', 'b = list({"x", q})\ncursor.execute("s" + b[0])  # HERE', 89],
  ['what a set gives first', 'b = {"x", q}\ncursor.execute("s" + b.pop())  # HERE', 89],
  ['a sorted list', 'b = ["x", q]\nb.sort()\ncursor.execute("s" + b[0])  # HERE', 89],
  ['a map of pairs', 'b = dict([("a", q)])\ncursor.execute("s" + b["a"])  # HERE', 89],
  ['a map with a keyword', 'b = dict({"a": "x"}, a=q)\ncursor.execute("s" + b["a"])  # HERE', 89],
  ['a map of a keyword', 'b = dict(a=q)\ncursor.execute("s" + b["a"])  # HERE', 89],
  [
    'a map that is updated by keyword',
    'b = {"a": "x"}\nb.update(a=q)\ncursor.execute("s" + b["a"])  # HERE',
    89,
  ],
  [
    'a map that is updated by pairs',
    'b = {"a": "x"}\nb.update([("a", q)])\ncursor.execute("s" + b["a"])  # HERE',
    89,
  ],
  [
    'a map that another one goes into',
    'b = {"a": "x"}\nb.update({"a": q})\ncursor.execute("s" + b["a"])  # HERE',
    89,
  ],
  ['a map that is merged', 'b = {"a": "x"}\nb |= {"a": q}\ncursor.execute("s" + b["a"])  # HERE', 89],
  ['a map in two', 'b = {**{"a": "x"}, **p}\ncursor.execute("s" + b["a"])  # HERE', 89],
  ['a default', 'b = {}\nb.setdefault("a", q)\ncursor.execute("s" + b["a"])  # HERE', 89],
  ['a default of a missing key', 'b = {}\ncursor.execute("s" + b.get("a", q))  # HERE', 89],
  ['a key', 'b = {}\nb[q] = "x"\nfor k in b:\n    cursor.execute("s" + k)  # HERE', 89],
  ['a key of a literal', 'b = {q: "x"}\nfor k in b:\n    cursor.execute("s" + k)  # HERE', 89],
  ['a key by name', 'b = {}\nb[q] = "x"\nfor k in b.keys():\n    cursor.execute("s" + k)  # HERE', 89],
  ['keys and values', 'b = {}\nb[q] = "x"\nfor k, v in b.items():\n    cursor.execute("s" + k)  # HERE', 89],
  ['a list of keys', 'b = list({q: "x"})\ncursor.execute("s" + b[0])  # HERE', 89],
  ['a list that grew by keys', 'b = ["x"]\nb.extend({q: "y"})\ncursor.execute("s" + b[1])  # HERE', 89],
  ['a method under another name', 'b = ["x"]\nf = b.insert\nf(0, q)\ncursor.execute("s" + b[0])  # HERE', 89],
  [
    'a map’s method under another name',
    'b = {"a": "x"}\nf = b.update\nf(a=q)\ncursor.execute("s" + b["a"])  # HERE',
    89,
  ],
  ['a slice that is set', 'b = ["x"]\nb[0:1] = [q]\ncursor.execute("s" + b[0])  # HERE', 89],
  ['an element that is deleted', 'b = ["x", q]\ndel b[0]\ncursor.execute("s" + b[0])  # HERE', 89],
  [
    'a list that is written through another name',
    'b = ["x"]\nc = b\nc[0] = q\ncursor.execute("s" + b[0])  # HERE',
    89,
  ],
  [
    'a text that is printed into',
    'b = io.StringIO()\nprint(q, file=b)\ncursor.execute(b.getvalue())  # HERE',
    89,
  ],
  ['a text that is begun', 'b = io.StringIO(q)\nb.write("x")\ncursor.execute(b.getvalue())  # HERE', 89],
  [
    'escaped text without quotes',
    'return make_response("<a title=\'" + html.escape(q, False) + "\'>")  # HERE',
    79,
  ],
  ['escaped text in an open tag', 'return make_response("<a title=" + html.escape(q) + ">")  # HERE', 79],
  ['text that is unescaped again', 'return make_response("<p>" + html.unescape(html.escape(q)))  # HERE', 79],
  [
    'escaped text whose entities are replaced',
    'return make_response("<p>" + html.escape(q).replace("&lt;", "<"))  # HERE',
    79,
  ],
  [
    'escaped text that is decoded',
    'return make_response("<p>" + html.escape(q).encode().decode("unicode_escape"))  # HERE',
    79,
  ],
  ['a path behind a folder', 'open(Path("/srv") / q)  # HERE', 22],
  ['a path of a folder', 'base = Path("/srv")\nopen(base / str(q))  # HERE', 22],
  ['decoded text', 'cursor.execute(base64.b64decode(base64.b64encode(q)))  # HERE', 89],
  [
    'a count in a list of texts',
    'b = [""]\nif not b.count(""):\n    return\ncursor.execute("s" + q)  # HERE',
    89,
  ],
  ['a number under another name', 'int = p\ncursor.execute("s" + int(q))  # HERE', 89],
];

describe('what a Python call is given', () => {
  it.each(HARMLESS)('is harmless: %s', async (_what, body, cwe) => {
    expect(await isDismissed(body, cwe)).toBe(true);
  });
  it.each(OPEN)('is open: %s', async (_what, body, cwe) => {
    expect(await isDismissed(body, cwe)).toBe(false);
  });
});

describe('a constant of another module', () => {
  const dismissed = async (files: Record<string, string>, head: string, body: string): Promise<boolean> => {
    const text = `${head}\ndef m(cursor, p):\n    ${body.replaceAll('\n', '\n    ')}\n`;
    const { facts } = await evidenceOf('python', text, { cwe: [89], path: 'app/main.py', files });
    return facts.some(({ kind }) => DISMISSED.includes(kind));
  };
  const module = { 'app/conf/tables.py': 'USERS = "users"\n' };

  it.each([
    ['by its module', 'import conf.tables', 'cursor.execute("s " + conf.tables.USERS)  # HERE'],
    ['by its name', 'from conf.tables import USERS', 'cursor.execute("s " + USERS)  # HERE'],
    ['by another name', 'from conf.tables import USERS as t', 'cursor.execute("s " + t)  # HERE'],
  ])('is known %s', async (_what, head, body) => {
    expect(await dismissed(module, head, body)).toBe(true);
  });

  it.each([
    [
      'is set here',
      module,
      'import conf.tables',
      'conf.tables.USERS = p\ncursor.execute("s " + conf.tables.USERS)  # HERE',
    ],
    [
      'is set here beside another',
      module,
      'import conf.tables',
      'conf.tables.USERS, x = p\ncursor.execute("s " + conf.tables.USERS)  # HERE',
    ],
    [
      'is set here by name',
      module,
      'import conf.tables',
      'setattr(conf.tables, "USERS", p)\ncursor.execute("s " + conf.tables.USERS)  # HERE',
    ],
    [
      'is another thing of that name',
      module,
      'import conf.tables',
      'conf = p\ncursor.execute("s " + conf.tables.USERS)  # HERE',
    ],
    ['is a parameter’s', module, 'import conf.tables as p', 'cursor.execute("s " + p.USERS)  # HERE'],
    [
      'comes of the environment',
      { 'app/conf/tables.py': 'import os\nUSERS = os.environ["T"]\n' },
      'import conf.tables',
      'cursor.execute("s " + conf.tables.USERS)  # HERE',
    ],
    [
      'is set twice',
      { 'app/conf/tables.py': 'USERS = "users"\nif x:\n    USERS = y\n' },
      'import conf.tables',
      'cursor.execute("s " + conf.tables.USERS)  # HERE',
    ],
    [
      'is set by a function',
      { 'app/conf/tables.py': 'USERS = "users"\ndef f(x):\n    global USERS\n    USERS = x\n' },
      'import conf.tables',
      'cursor.execute("s " + conf.tables.USERS)  # HERE',
    ],
    [
      'is no constant by its spelling',
      { 'app/conf/tables.py': 'users = "users"\n' },
      'import conf.tables',
      'cursor.execute("s " + conf.tables.users)  # HERE',
    ],
    [
      'is set by a star import',
      { 'app/conf/tables.py': 'USERS = "users"\nfrom .local import *\n' },
      'import conf.tables',
      'cursor.execute("s " + conf.tables.USERS)  # HERE',
    ],
    [
      'is set by what its module runs',
      { 'app/conf/tables.py': 'USERS = "users"\nglobals().update(load())\n' },
      'import conf.tables',
      'cursor.execute("s " + conf.tables.USERS)  # HERE',
    ],
    [
      'stands in one of two modules',
      { ...module, 'lib/conf/tables.py': 'USERS = f()\n' },
      'import conf.tables',
      'cursor.execute("s " + conf.tables.USERS)  # HERE',
    ],
  ])('is open when it %s', async (_what, files, head, body) => {
    expect(await dismissed(files as Record<string, string>, head, body)).toBe(false);
  });
});
