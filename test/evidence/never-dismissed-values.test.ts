// Ways of input to a dangerous call that lead through objects, other methods and other files, and look settled.
import { describe, expect, it } from 'vitest';
import { evidenceOf } from './evidence-of.ts';

const DISMISSALS = new Set([
  'constant_arguments',
  'sanitized_arguments',
  'dead_branch',
  'safe_call',
  'not_the_sink',
]);

type Files = Readonly<Record<string, string>>;

const WAYS: readonly (readonly [
  sentence: string,
  language: string,
  cwe: number,
  code: string,
  files: Files,
])[] = [
  [
    'a view of a list that changes',
    'java',
    89,
    `import java.sql.Statement; import java.util.*; import javax.servlet.http.*;
class A { void m(Statement st, HttpServletRequest r) throws Exception {
  List<String> l = new ArrayList<>(); l.add("a"); List<String> v = Collections.unmodifiableList(l); l.set(0, r.getParameter("x"));
  st.executeQuery(v.get(0)); // HERE
} }`,
    {},
  ],
  [
    'an element that an iterator sets',
    'java',
    89,
    `import java.sql.Statement; import java.util.*; import javax.servlet.http.*;
class A { void m(Statement st, HttpServletRequest r) throws Exception {
  List<String> l = new ArrayList<>(); l.add("a"); ListIterator<String> it = l.listIterator(); it.next(); it.set(r.getParameter("x"));
  st.executeQuery(l.get(0)); // HERE
} }`,
    {},
  ],
  [
    'an element that moves up when an iterator removes another',
    'java',
    89,
    `import java.sql.Statement; import java.util.*; import javax.servlet.http.*;
class A { void m(Statement st, HttpServletRequest r) throws Exception {
  List<String> l = new ArrayList<>(); l.add("a"); l.add(r.getParameter("x")); Iterator<String> it = l.iterator(); it.next(); it.remove();
  st.executeQuery(l.get(0)); // HERE
} }`,
    {},
  ],
  [
    'the values of a map that changes afterwards',
    'java',
    89,
    `import java.sql.Statement; import java.util.*; import javax.servlet.http.*;
class A { void m(Statement st, HttpServletRequest r) throws Exception {
  Map<String,String> l = new HashMap<>(); l.put("a", "b"); Collection<String> v = l.values(); l.put("a", r.getParameter("x"));
  for (String s : v) st.executeQuery(s); // HERE
} }`,
    {},
  ],
  [
    'the keys of a map',
    'java',
    89,
    `import java.sql.Statement; import java.util.*; import javax.servlet.http.*;
class A { void m(Statement st, HttpServletRequest r) throws Exception {
  Map<String,String> l = new HashMap<>(); l.put(r.getParameter("x"), "b");
  for (String s : l.keySet()) st.executeQuery(s); // HERE
} }`,
    {},
  ],
  [
    'defaults that change afterwards',
    'java',
    89,
    `import java.sql.Statement; import java.util.*; import javax.servlet.http.*;
class A { void m(Statement st, HttpServletRequest r) throws Exception {
  Properties d = new Properties(); d.setProperty("a", "b"); Properties p = new Properties(d); d.setProperty("a", r.getParameter("x"));
  st.executeQuery(p.getProperty("a")); // HERE
} }`,
    {},
  ],
  [
    'a field that a method which is not followed sets',
    'java',
    89,
    `import java.sql.Statement; import javax.servlet.http.*;
class Box { String v = "a"; void fill(String... s) { v = s[0]; } void go(String q) { fill(q); } String get() { return v; } }
class A { void m(Statement st, HttpServletRequest r) throws Exception {
  Box b = new Box(); b.go(r.getParameter("x"));
  st.executeQuery(b.get()); // HERE
} }`,
    {},
  ],
  [
    'a method that an anonymous class overrides',
    'java',
    89,
    `import java.sql.Statement; import javax.servlet.http.*;
class F { String f(String s) { return "x"; } }
class A { void m(Statement st, HttpServletRequest r) throws Exception {
  F f = new F() { String f(String s) { return s; } };
  st.executeQuery(f.f(r.getParameter("x"))); // HERE
} }`,
    {},
  ],
  [
    'an overload above that fits better',
    'java',
    89,
    `import java.sql.Statement; import javax.servlet.http.*;
class P { String f(String s) { return s; } }
class F extends P { String f(Object s) { return "x"; } }
class A { void m(Statement st, HttpServletRequest r) throws Exception {
  F f = new F();
  st.executeQuery(f.f(r.getParameter("x"))); // HERE
} }`,
    {},
  ],
  [
    'an object whose class says what it is as a text',
    'java',
    89,
    `import java.sql.Statement; import javax.servlet.http.*;
class H { static String q; }
class F { public String toString() { return H.q; } }
class A { void m(Statement st, HttpServletRequest r) throws Exception {
  H.q = r.getParameter("x");
  F f = new F();
  st.executeQuery("select " + f); // HERE
} }`,
    {},
  ],
  [
    "a check that is a class's own `equals`",
    'java',
    89,
    `import java.sql.Statement; import javax.servlet.http.*;
class A { void m(Statement st, Criteria c) throws Exception {
  if (c.equals("a")) st.executeQuery("select " + c); // HERE
} }`,
    {},
  ],
  [
    'an object of a class with `toString` that reads a variable outside',
    'javascript',
    89,
    `const mysql = require('mysql'); const db = mysql.createConnection({});
let cur = 'a';
class P { toString() { return cur; } }
function h(req, res) {
  cur = req.query.q;
  const o = new P();
  db.query('select ' + o); // HERE
}`,
    {},
  ],
  [
    'a property that a spread after it may overwrite',
    'javascript',
    89,
    `const mysql = require('mysql'); const db = mysql.createConnection({});
function h(req, res) {
  const o = { x: 'a', ...req.query };
  db.query('select ' + o.x); // HERE
}`,
    {},
  ],
  [
    'a method that the prototype is given later',
    'javascript',
    89,
    `const mysql = require('mysql'); const db = mysql.createConnection({});
class C { clean(s) { return 'a'; } }
C.prototype.clean = function (s) { return s; };
function h(req, res) {
  const c = new C();
  db.query('select ' + c.clean(req.query.q)); // HERE
}`,
    {},
  ],
  [
    'a method with a computed name',
    'javascript',
    89,
    `const mysql = require('mysql'); const db = mysql.createConnection({});
class C { clean(s) { return 'a'; } ['cl' + 'ean'](s) { return s; } }
function h(req, res) {
  const c = new C();
  db.query('select ' + c.clean(req.query.q)); // HERE
}`,
    {},
  ],
  [
    'a constructor that gives another object back',
    'javascript',
    89,
    `const mysql = require('mysql'); const db = mysql.createConnection({});
class C { constructor(q) { this.v = 'a'; return { v: q }; } }
function h(req, res) {
  const c = new C(req.query.q);
  db.query('select ' + c.v); // HERE
}`,
    {},
  ],
  [
    'an object that `finally` changes after `return`',
    'javascript',
    89,
    `const mysql = require('mysql'); const db = mysql.createConnection({});
function f(q) { const o = { v: 'x' }; try { return o; } finally { o.v = q; } }
function h(req, res) {
  db.query('select ' + f(req.query.q).v); // HERE
}`,
    {},
  ],
  [
    'what an async function does after it waited',
    'javascript',
    89,
    `const mysql = require('mysql'); const db = mysql.createConnection({});
async function f(o, q) { await null; o.v = q; }
async function h(req, res) {
  const o = { v: 'x' }; const p = f(o, req.query.q); o.v = 'y'; await p;
  db.query('select ' + o.v); // HERE
}`,
    {},
  ],
  [
    'what a tag of a text is given',
    'javascript',
    89,
    `const mysql = require('mysql'); const db = mysql.createConnection({});
function tag(s, v) { return v; }
function h(req, res) {
  db.query(tag\`a\${req.query.q}\`); // HERE
}`,
    {},
  ],
  [
    'a check that changes the variable afterwards',
    'javascript',
    89,
    `const mysql = require('mysql'); const db = mysql.createConnection({});
function h(req, res) {
  let q = req.query.q; let k = 'a';
  if (q === k && (q = req.query.z, true)) db.query('select ' + q); // HERE
}`,
    {},
  ],
  [
    'a check of characters by an object of its own',
    'python',
    89,
    `import sqlite3
from flask import request
from checks import validator
def h():
    cur = sqlite3.connect('x').cursor()
    q = request.args['q']
    if validator.isalnum(q):
        cur.execute('select ' + q) # HERE`,
    {},
  ],
  [
    'the keys of a dictionary',
    'python',
    89,
    `import sqlite3
from flask import request
def h():
    cur = sqlite3.connect('x').cursor()
    q = request.args['q']
    d = {'a': 'b'}
    d[q] = 'c'
    for k in d:
        cur.execute('select ' + k) # HERE`,
    {},
  ],
  [
    'a variable that an import in the function binds again',
    'python',
    89,
    `import sqlite3
from flask import request
def h():
    cur = sqlite3.connect('x').cursor()
    q = 'a'
    from conf import q
    cur.execute('select ' + q) # HERE`,
    {},
  ],
  [
    'a class that goes on in another file',
    'csharp',
    89,
    `using System.Data.SqlClient;
partial class P { public string F(object s) { return "a"; } }
class A { public void M(string q) { var p = new P();
 new SqlCommand(p.F(q)); // HERE
 } }`,
    { 'src/P2.cs': `partial class P { public string F(string s) { return s; } }` },
  ],
  [
    'a class whose constructor is in another file',
    'csharp',
    89,
    `using System.Data.SqlClient;
partial class P { public string V = "a"; }
class A { public void M() { var p = new P();
 new SqlCommand(p.V); // HERE
 } }`,
    { 'src/P2.cs': `partial class P { public P() { V = System.Console.ReadLine(); } }` },
  ],
  [
    'an object that turns into a text by a conversion of its own',
    'csharp',
    89,
    `using System.Data.SqlClient;
class P { public static implicit operator string(P p) { return System.Web.HttpContext.Current.Request.QueryString["q"]; } }
class A { public void M() { var p = new P();
 new SqlCommand("select " + p); // HERE
 } }`,
    {},
  ],
  [
    'an object whose `ToString` is its own',
    'csharp',
    89,
    `using System.Data.SqlClient;
class P { public override string ToString() { return System.Web.HttpContext.Current.Request.QueryString["q"]; } }
class A { public void M() { var p = new P();
 new SqlCommand($"select {p}"); // HERE
 } }`,
    {},
  ],
  [
    'a check that may be an operator of its own',
    'csharp',
    89,
    `using System.Data.SqlClient;
class A { public void M(Name q) {
 if (q == "a") new SqlCommand("select " + q); // HERE
 } }`,
    {},
  ],
  [
    'a method that hides another, called through the class above',
    'csharp',
    89,
    `using System.Data.SqlClient;
class B { public string F(string s) { return s; } }
class C : B { public new string F(string s) { return "a"; } }
class A { public void M(string q) { B p = new C();
 new SqlCommand(p.F(q)); // HERE
 } }`,
    {},
  ],
  [
    'a field that is there twice',
    'csharp',
    89,
    `using System.Data.SqlClient;
class B { public string V; public void Put(string s) { V = s; } public string Get() { return V; } }
class C : B { public new string V = "a"; }
class A { public void M(string q) { C p = new C(); p.Put(q); p.V = "b";
 new SqlCommand(p.Get()); // HERE
 } }`,
    {},
  ],
  [
    'a field that hides another of its name',
    'java',
    89,
    `import java.sql.Statement; import javax.servlet.http.*;
class B { String v; void put(String s) { v = s; } String get() { return v; } }
class C extends B { String v = "a"; }
class A { void m(Statement st, HttpServletRequest r) throws Exception {
  C c = new C(); c.put(r.getParameter("x")); c.v = "b";
  st.executeQuery(c.get()); // HERE
} }`,
    {},
  ],
  [
    'a field that the class above sets',
    'java',
    89,
    `import java.sql.Statement; import javax.servlet.http.*;
class B { String v = Src.q; String get() { return v; } }
class C extends B { String v2 = "a"; }
class A { void m(Statement st, HttpServletRequest r) throws Exception {
  C c = new C();
  st.executeQuery("" + c); // HERE
} }`,
    {},
  ],
  [
    'a field that is set while the class above is made',
    'java',
    89,
    `import java.sql.Statement; import javax.servlet.http.*;
class B { protected String v; B() { v = System.getenv("x"); init(); } void init() {} }
class C extends B { String w; void init() { w = Src.q; } }
class A { void m(Statement st, HttpServletRequest r) throws Exception {
  C c = new C();
  st.executeQuery(c.w); // HERE
} }`,
    {},
  ],
  [
    'an element whose index its own value changes',
    'java',
    89,
    `import java.sql.Statement; import javax.servlet.http.*;
class A {
 void m(Statement st, HttpServletRequest r) throws Exception {
  String[] a = {"a", "b"}; int i = 0; a[i] = (i = 1) > 0 ? r.getParameter("x") : "z";
  st.executeQuery(a[0]); // HERE
} }`,
    {},
  ],
  [
    'a list that fills itself where it is made',
    'java',
    89,
    `import java.sql.Statement; import javax.servlet.http.*; import java.util.*;
class A {
 void m(Statement st, HttpServletRequest r) throws Exception {
  String q = r.getParameter("x"); List<String> a = new ArrayList<>() {{ add(q); }}; a.add("b");
  st.executeQuery(a.get(0)); // HERE
} }`,
    {},
  ],
  [
    'a text of which one half is escaped and the other is not',
    'java',
    79,
    `import javax.servlet.http.*; import org.owasp.encoder.Encode;
class A {
 void m(HttpServletResponse st, HttpServletRequest r, boolean n) throws Exception {
  String p = r.getParameter("x");
  st.getWriter().println(Encode.forHtml(p) + p); // HERE
} }`,
    {},
  ],
  [
    'a comparison that makes a piece of a query',
    'python',
    89,
    `import sqlite3
from flask import request
from sqlalchemy import text
def h(session, T):
    cur = sqlite3.connect('x').cursor()
    cur.execute('select ' + str(T.c.name == request.args['q'])) # HERE`,
    {},
  ],
  [
    'a list without some elements',
    'ruby',
    89,
    `class C < ApplicationController
def h
  x = params[:q].split(',') - ['a']
  ActiveRecord::Base.connection.execute("select #{x}") # HERE
end
end`,
    {},
  ],
  [
    'letters and digits that are the whole command',
    'python',
    78,
    `import os
from flask import request
def m():
    q = request.args['q']
    if q.isalnum():
        os.system(q) # HERE`,
    {},
  ],
  [
    'what was put where nothing stood',
    'java',
    89,
    `import java.util.*;
class A { void m(java.sql.Statement s, javax.servlet.http.HttpServletRequest r) throws Exception {
 Map<String, String> k = new HashMap<>(); k.put("a", r.getParameter("q")); k.putIfAbsent("a", "b");
 s.executeQuery(k.get("a")); // HERE
 } }`,
    {},
  ],
  [
    'a key that may be missing',
    'java',
    89,
    `import java.util.*;
class A { void m(java.sql.Statement s, javax.servlet.http.HttpServletRequest r) throws Exception {
 Map<String, String> k = new HashMap<>(); k.put("a", "x"); String q = r.getParameter("q"); String v = k.get(q);
 if (v == null) {
 s.executeQuery(q); // HERE
 } } }`,
    {},
  ],
  [
    'the first of a set',
    'java',
    89,
    `import java.util.*;
class A { void m(java.sql.Statement s, javax.servlet.http.HttpServletRequest r) throws Exception {
 TreeSet<String> k = new TreeSet<>(); k.add("z"); k.add(r.getParameter("q"));
 s.executeQuery(k.first()); // HERE
 } }`,
    {},
  ],
  [
    'a class whose operators are its own',
    'csharp',
    89,
    `using System.Data.SqlClient;
class A { public void M(Text q, Text p) { var x = q - p;
 new SqlCommand("select " + x); // HERE
 } }`,
    {},
  ],
];

describe('input that comes another way is never dismissed', () => {
  it.each(WAYS)('%s (%s)', async (_, language, cwe, code, files) => {
    const { facts } = await evidenceOf(language, code, { cwe: [cwe], files });
    expect(facts.map(({ kind }) => kind).filter((kind) => DISMISSALS.has(kind))).toEqual([]);
  });
});
