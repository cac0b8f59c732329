// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are source code of other files.
import { describe, expect, it } from 'vitest';
import { outcomeOf } from './evidence-of.ts';

type Row = readonly [sentence: string, outcome: string, cwe: number, code: string];

const java = (body: string): string => `import java.sql.*; import javax.servlet.http.*;
class A { private static final String TABLE = "users"; static String open = "x";
void load(Statement s, HttpServletRequest request, String id, boolean b) throws Exception {
${body}
} }`;
const js = (
  body: string,
): string => `const cp = require('child_process'); const app = require('express')(); const LIST = 'ls'; let tool = 'ls';
app.get('/', (req, res) => { const b = req.ip;
${body}
}); function other(x) { tool = x; }`;
const python = (body: string): string => `import os, subprocess
from flask import request
LIST = "ls"
def load(id, b):
${body.replace(/^/gm, '    ')}
`;
const go = (body: string): string => `package a
import ("net/http"; "os/exec"; "database/sql")
const list = "ls"
var tool = "ls"
func load(w http.ResponseWriter, r *http.Request, db *sql.DB, id string, b bool) {
${body}
}`;
const c = (body: string): string => `#include <stdlib.h>
#define MACRO value
static const char NAME[] = "x";
void load(char *id, int b) {
${body}
}`;
const cpp = (body: string): string =>
  `#include <string>\nvoid load(const std::string& id, bool b) {\n${body}\n}`;
const php = (body: string): string => `<?php\nfunction load($id, $b) {\n${body}\n}`;
const ruby = (body: string): string => `class A\nLIST = 'ls'\ndef load(id, b)\n${body}\nend\nend`;
const csharp = (body: string): string => `using System.Data.SqlClient;
class A { const string Table = "users"; public string open = "x"; void Load(HttpRequest request, string id, bool b) {
${body}
} }`;

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  java: [
    [
      'a query of constants, joined over branches',
      'constant_arguments',
      89,
      java('String t = "a"; if (b) { t = "b"; }\ns.executeQuery("select * from " + TABLE + t); // HERE'),
    ],
    [
      'a branch that never runs',
      'dead_branch',
      89,
      java('int n = 106; if ((7 * 42) - n > 200) {\ns.executeQuery(id); // HERE\n}'),
    ],
    [
      'code after an unconditional throw',
      'dead_branch',
      89,
      java('if (b) { throw new Exception();\n} else { return; }\ns.executeQuery(id); // HERE'),
    ],
    [
      'a prepared statement with constant text',
      'safe_call',
      89,
      java('Connection c = null; PreparedStatement p = c.prepareStatement("select ?"); // HERE'),
    ],
    [
      'a request parameter in the query',
      'direct_flow',
      89,
      java('String q = "a" + request.getParameter("x").trim();\ns.executeQuery(q); // HERE'),
    ],
    ['a broken hash', 'misuse', 328, java('java.security.MessageDigest.getInstance("MD5"); // HERE')],
    ['a comment', 'not_the_sink', 89, java('\n\n\n\n\n\n\n// HERE s.executeQuery(id);')],
    ['a parameter', 'REV.param', 89, java('s.executeQuery("select " + id); // HERE')],
    ['a field that anybody may set', 'REV.unknown', 89, java('s.executeQuery(open); // HERE')],
    [
      'a check by an unknown method',
      'REV.unknown',
      89,
      java('String q = request.getParameter("x"); if (!check(q)) { return; }\ns.executeQuery(q); // HERE'),
    ],
  ],
  javascript: [
    [
      'a command of constants',
      'constant_arguments',
      78,
      js('const flag = b ? `-l` : "-a";\ncp.exec(LIST + " " + flag); // HERE'),
    ],
    ['a branch that never runs', 'dead_branch', 78, js('if (3 > 4) {\ncp.exec(req.query.x); // HERE\n}')],
    [
      'a program started without a shell',
      'safe_call',
      78,
      js('cp.execFile("ls", ["--", req.query.x]); // HERE'),
    ],
    [
      'a shell started without a shell',
      'direct_flow',
      78,
      js('cp.execFile("sh", [`-c ${req.query.x}`]); // HERE'),
    ],
    [
      'a query parameter in a template',
      'direct_flow',
      78,
      js('const { name } = req.query; const c = `ls ${name}`;\ncp.exec(c); // HERE'),
    ],
    ['a predictable number', 'misuse', 338, js('const n = Math.random(); // HERE')],
    ['text, not markup', 'safe_call', 79, js('document.body.textContent = req.query.x; // HERE')],
    ['a variable that another function assigns', 'REV.unknown', 78, js('cp.exec(tool); // HERE')],
  ],
  typescript: [
    [
      'a command of constants',
      'constant_arguments',
      78,
      'import { exec } from "node:child_process";\nconst dir: string = "/tmp" as const;\nexport function f(): void { exec(`ls ${dir}`); } // HERE',
    ],
    [
      'a parameter',
      'REV.param',
      78,
      'import { exec } from "node:child_process";\nexport function f(dir: string): void { exec(`ls ${dir!}`); } // HERE',
    ],
    [
      'a broken hash',
      'misuse',
      328,
      'import * as crypto from "crypto";\nexport const h = (): unknown => crypto.createHash("md5"); // HERE',
    ],
  ],
  tsx: [
    [
      'markup from a parameter',
      'REV.param',
      79,
      'export function F({ html }: Props) { const e = node();\ne.innerHTML = html; // HERE\nreturn <div>{html}</div>; }'.replace(
        '({ html }: Props)',
        '(html: string)',
      ),
    ],
    [
      'markup of constants',
      'constant_arguments',
      79,
      'export function F() { const e = node(); const t = "<b>x</b>";\ne.innerHTML = t; // HERE\nreturn <div/>; }',
    ],
  ],
  python: [
    [
      'a command of constants',
      'constant_arguments',
      78,
      python('flag = "-l" if b else "-a"\nos.system(f"{LIST} {flag}")  # HERE'),
    ],
    ['a branch that never runs', 'dead_branch', 78, python('if 7 * 6 != 42:\n    os.system(id)  # HERE')],
    [
      'a match arm that is never taken',
      'dead_branch',
      78,
      python('match "ABC"[1]:\n    case "A":\n        os.system(id)  # HERE\n    case _:\n        pass'),
    ],
    [
      'values bound beside a constant text',
      'safe_call',
      89,
      python('db.cursor().execute("select ?", (id,))  # HERE'),
    ],
    [
      'a form value in an f-string',
      'direct_flow',
      78,
      python('name = request.form["x"]\ncommand = f"ls {name}"\nos.system(command)  # HERE'),
    ],
    ['a broken hash', 'misuse', 328, python('import hashlib\nhashlib.md5(id)  # HERE')],
    ['a parameter', 'REV.param', 78, python('os.system("ls " + id)  # HERE')],
    [
      'a number made of the input',
      'REV.unknown',
      78,
      python('n = int(request.form["x"])\nos.system("ls %d" % n)  # HERE'),
    ],
  ],
  go: [
    [
      'a command of constants',
      'constant_arguments',
      78,
      go('flag := "-l"\nif b { flag = "-a" }\nexec.Command(list, flag) // HERE'),
    ],
    ['a branch that never runs', 'dead_branch', 78, go('if 1 > 2 {\nexec.Command(id) // HERE\n}')],
    [
      'values bound beside a constant text',
      'safe_call',
      89,
      go('rows, err := db.Query("select ?", id) // HERE'),
    ],
    [
      'a form value',
      'direct_flow',
      78,
      go('x := r.FormValue("x")\nexec.Command("sh", "-c", "ls "+x) // HERE'),
    ],
    [
      'a predictable number',
      'misuse',
      338,
      'package a\nimport "math/rand"\nfunc f() int { return rand.Intn(9) } // HERE',
    ],
    ['a variable that other files may set', 'REV.unknown', 78, go('exec.Command(tool) // HERE')],
    [
      'a variable whose address is taken',
      'REV.unknown',
      78,
      go('x := "ls"\nfill(&x)\nexec.Command(x) // HERE'),
    ],
  ],
  c: [
    [
      'a constant command',
      'constant_arguments',
      78,
      c('const char *cmd = "ls"; if (b) cmd = "ps";\nsystem(cmd); /* HERE */'),
    ],
    [
      'a branch that never runs',
      'dead_branch',
      78,
      c('const int n = 3; if (n > 5) {\nsystem(id); /* HERE */\n}'),
    ],
    [
      'a constant format with constant arguments',
      'constant_arguments',
      134,
      c('const char *f = "%s"; printf(f, "x"); /* HERE */'),
    ],
    ['a function that cannot know how much fits', 'misuse', 242, c('char b[9]; gets(b); /* HERE */')],
    ['a parameter', 'REV.param', 78, c('system(id); /* HERE */')],
    [
      'a buffer that a call fills',
      'REV.unknown',
      78,
      c('char cmd[99] = "ls "; strcat(cmd, id);\nsystem(cmd); /* HERE */'),
    ],
    ['a name that the preprocessor replaces', 'REV.unknown', 78, c('system(MACRO); /* HERE */')],
    [
      'a function with a jump',
      'REV.unknown',
      78,
      c('char *cmd = "ls"; again: if (b) { cmd = id; goto again; }\nsystem("ls"); system(cmd); /* HERE */'),
    ],
  ],
  cpp: [
    [
      'a constant command',
      'constant_arguments',
      78,
      cpp('const char* cmd = "ls";\nstd::system(cmd); // HERE'),
    ],
    [
      'a variable handed to a function by name',
      'REV.unknown',
      78,
      cpp('const char* cmd = "ls"; change(cmd);\nstd::system(cmd); // HERE'),
    ],
    [
      'a variable that a closure assigns',
      'REV.unknown',
      78,
      cpp('const char* cmd = "ls"; auto f = [&]() { cmd = id.c_str(); }; f();\nstd::system(cmd); // HERE'),
    ],
  ],
  php: [
    [
      'a command of constants',
      'constant_arguments',
      78,
      php('$flag = $b ? "-l" : "-a";\nsystem("ls $flag"); // HERE'),
    ],
    ['a branch that never runs', 'dead_branch', 78, php('if (1 > 2) {\nsystem($id); // HERE\n}')],
    [
      'a prepared statement with constant text',
      'safe_call',
      89,
      php('$db = connect(); $db->prepare("select ?"); // HERE'),
    ],
    ['a request value', 'direct_flow', 79, php('$name = $_GET["name"];\necho "<b>" . $name; // HERE')],
    [
      'an escaped request value',
      'sanitized_arguments',
      79,
      php('$name = htmlspecialchars($_GET["name"]);\necho "<b>" . $name; // HERE'),
    ],
    ['a broken hash', 'misuse', 328, php('return md5($id); // HERE')],
    ['a parameter', 'REV.param', 78, php('system("ls " . $id); // HERE')],
  ],
  ruby: [
    [
      'a command of constants',
      'constant_arguments',
      78,
      ruby("flag = b ? '-l' : '-a'\nsystem(\"#{LIST} #{flag}\") # HERE"),
    ],
    ['a branch that never runs', 'dead_branch', 78, ruby('if 1 > 2\nsystem(id) # HERE\nend')],
    ['values bound beside a constant text', 'safe_call', 89, ruby("users.where('a = ?', id) # HERE")],
    ['a request parameter', 'direct_flow', 78, ruby('name = params[:name]\nsystem("ls #{name}") # HERE')],
    ['a broken hash', 'misuse', 328, ruby('Digest::MD5.hexdigest(id) # HERE')],
    ['a parameter', 'REV.param', 78, ruby('system("ls #{id}") # HERE')],
  ],
  csharp: [
    [
      'a query of constants',
      'constant_arguments',
      89,
      csharp(
        'string t = "a"; if (b) { t = "b"; }\nvar c = new SqlCommand($"select * from {Table} where {t}"); // HERE',
      ),
    ],
    [
      'a branch that never runs',
      'dead_branch',
      89,
      csharp('if (1 > 2) {\nvar c = new SqlCommand(id); // HERE\n}'),
    ],
    [
      'a query value',
      'direct_flow',
      89,
      csharp('var q = request.Query["x"]; var t = "select " + q;\nvar c = new SqlCommand(t); // HERE'),
    ],
    ['a predictable number', 'misuse', 338, csharp('var r = new System.Random(); // HERE')],
    ['a parameter', 'REV.param', 89, csharp('var c = new SqlCommand("select " + id); // HERE')],
    [
      'a variable filled by a call',
      'REV.unknown',
      89,
      csharp('string t = "a"; Fill(ref t);\nvar c = new SqlCommand(t); // HERE'),
    ],
    ['a field that anybody may set', 'REV.unknown', 89, csharp('var c = new SqlCommand(this.open); // HERE')],
  ],
};

for (const [language, rows] of Object.entries(ROWS)) {
  describe(`what the code of a ${language} file says`, () => {
    it.each(rows)('%s: %s', async (_sentence, outcome, cwe, code) => {
      expect(await outcomeOf(language, code, { cwe: [cwe] })).toBe(outcome);
    });
  });
}
