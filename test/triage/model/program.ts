// The same small program in eight languages: a request's value, ways to clean or check it, and a query that it ends in.

/** How one language writes the pieces. Names of variables are plain words; `name` gives them as the language writes them. */
export interface Tongue {
  readonly path: string;
  name(word: string): string;
  /** A value of the request. */
  read(word: string): string;
  /** The source as a claim would name it. */
  readonly source: string;
  declare(word: string, value: string): string;
  assign(word: string, value: string): string;
  /** Declares a number made of the text. */
  number(word: string, text: string): string;
  readonly numberCall: string;
  /** Declares a text for HTML. */
  html(word: string, text: string): string;
  readonly htmlCall: string;
  /** Leaves unless the variable is one of few letters. */
  guard(word: string): string;
  /** Looks, but goes on. */
  look(word: string): string;
  query(value: string): string;
  /** A query in a form that is safe whatever the value. */
  safe(value: string): string | null;
  readonly safeCall: string;
  comment(text: string): string;
  /** A function beside the handler; its body leaves by an error. */
  helper(name: string, words: readonly string[], lines: readonly string[]): string;
  guardInside(word: string): string;
  lookInside(word: string): string;
  back(value: string): string;
  numberOf(text: string): string;
  /** Declares what the helper gives back. */
  call(word: string, helper: string, values: readonly string[]): string;
  constant(word: string, text: string): string;
  /** Something of the file's own under the name of the known sanitizer. */
  readonly impostor: string;
  program(body: readonly string[], beside: readonly string[]): string;
}

const HERE = 'HERE';
const plain = (word: string): string => word;
const pad = (lines: readonly string[], by: string): string =>
  lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `${by}${line}`)
    .join('\n');

const javascript: Tongue = {
  path: 'src/shop.js',
  name: plain,
  read: (word) => `req.query.${word}`,
  source: 'req.query',
  declare: (word, value) => `let ${word} = ${value};`,
  assign: (word, value) => `${word} = ${value};`,
  number: (word, text) => `let ${word} = Number(${text});`,
  numberCall: 'Number',
  html: (word, text) => `let ${word} = escapeHtml(${text});`,
  htmlCall: 'escapeHtml',
  guard: (word) => `if (!/^[a-z]+$/.test(${word})) return;`,
  look: (word) => `if (!/^[a-z]+$/.test(${word})) console.log("odd");`,
  query: (value) => `db.query("select * from t where a = " + ${value}); // ${HERE}`,
  safe: (value) => `db.query("select * from t where a = ?", [${value}]); // ${HERE}`,
  safeCall: 'query',
  comment: (text) => `// ${text}`,
  helper: (name, words, lines) => `function ${name}(${words.join(', ')}) {\n${pad(lines, '  ')}\n}`,
  guardInside: (word) => `if (!/^[a-z]+$/.test(${word})) throw new Error("bad");`,
  lookInside: (word) => `if (!/^[a-z]+$/.test(${word})) console.log("odd");`,
  back: (value) => `return ${value};`,
  numberOf: (text) => `Number(${text})`,
  call: (word, helper, values) => `let ${word} = ${helper}(${values.join(', ')});`,
  constant: (word, text) => `const ${word} = "${text}";`,
  impostor: 'function Number(x) { return x; }',
  program: (body, beside) =>
    [
      "const express = require('express');",
      "const escapeHtml = require('escape-html');",
      "const db = require('./db');",
      'const app = express();',
      ...beside,
      "app.get('/', (req, res) => {",
      pad(body, '  '),
      '});',
      '',
    ].join('\n'),
};

const typescript: Tongue = {
  ...javascript,
  path: 'src/shop.ts',
  helper: (name, words, lines) =>
    `function ${name}(${words.map((word) => `${word}: string`).join(', ')}): string {\n${pad(lines, '  ')}\n}`,
  program: (body, beside) =>
    [
      "import express, { type Request, type Response } from 'express';",
      "import escapeHtml from 'escape-html';",
      "import { db } from './db';",
      ...beside,
      'export function show(req: Request, res: Response): void {',
      pad(body, '  '),
      '}',
      '',
    ].join('\n'),
};

const python: Tongue = {
  path: 'src/shop.py',
  name: plain,
  read: (word) => `request.args.get("${word}")`,
  source: 'request.args.get',
  declare: (word, value) => `${word} = ${value}`,
  assign: (word, value) => `${word} = ${value}`,
  number: (word, text) => `${word} = int(${text})`,
  numberCall: 'int',
  html: (word, text) => `${word} = html.escape(${text})`,
  htmlCall: 'escape',
  guard: (word) => `if not re.fullmatch("[a-z]+", ${word}):\n    return "no"`,
  look: (word) => `if not re.fullmatch("[a-z]+", ${word}):\n    print("odd")`,
  query: (value) => `db.execute("select * from t where a = %s" % ${value})  # ${HERE}`,
  safe: (value) => `db.execute("select * from t where a = ?", (${value},))  # ${HERE}`,
  safeCall: 'execute',
  comment: (text) => `# ${text}`,
  helper: (name, words, lines) => `def ${name}(${words.join(', ')}):\n${pad(lines, '    ')}\n`,
  guardInside: (word) => `if not re.fullmatch("[a-z]+", ${word}):\n    raise ValueError("bad")`,
  lookInside: (word) => `if not re.fullmatch("[a-z]+", ${word}):\n    print("odd")`,
  back: (value) => `return ${value}`,
  numberOf: (text) => `int(${text})`,
  call: (word, helper, values) => `${word} = ${helper}(${values.join(', ')})`,
  constant: (word, text) => `${word} = "${text}"`,
  impostor: 'def int(x):\n    return x\n',
  program: (body, beside) =>
    [
      'import html',
      'import re',
      'import sqlite3',
      'from flask import Flask, request',
      'app = Flask(__name__)',
      'db = sqlite3.connect("a.db")',
      ...beside,
      '@app.route("/")',
      'def show():',
      pad(body, '    '),
      '',
    ].join('\n'),
};

const java: Tongue = {
  path: 'src/main/java/shop/Shop.java',
  name: plain,
  read: (word) => `request.getParameter("${word}")`,
  source: 'request.getParameter',
  declare: (word, value) => `String ${word} = ${value};`,
  assign: (word, value) => `${word} = ${value};`,
  number: (word, text) => `Object ${word} = Integer.parseInt(${text});`,
  numberCall: 'parseInt',
  html: (word, text) => `String ${word} = HtmlUtils.htmlEscape(${text});`,
  htmlCall: 'htmlEscape',
  guard: (word) => `if (!${word}.matches("[a-z]+")) return;`,
  look: (word) => `if (!${word}.matches("[a-z]+")) System.out.println("odd");`,
  query: (value) => `statement.executeQuery("select * from t where a = " + ${value}); // ${HERE}`,
  safe: () => null,
  safeCall: '',
  comment: (text) => `// ${text}`,
  helper: (name, words, lines) =>
    `private static String ${name}(${words.map((word) => `String ${word}`).join(', ')}) {\n${pad(lines, '  ')}\n}`,
  guardInside: (word) => `if (!${word}.matches("[a-z]+")) throw new IllegalArgumentException("bad");`,
  lookInside: (word) => `if (!${word}.matches("[a-z]+")) System.out.println("odd");`,
  back: (value) => `return ${value};`,
  numberOf: (text) => `String.valueOf(Integer.parseInt(${text}))`,
  call: (word, helper, values) => `String ${word} = ${helper}(${values.join(', ')});`,
  constant: (word, text) => `private static final String ${word} = "${text}";`,
  impostor: 'static class Integer { static String parseInt(String x) { return x; } }',
  program: (body, beside) =>
    [
      'package shop;',
      'import java.sql.Statement;',
      'import javax.servlet.http.HttpServlet;',
      'import javax.servlet.http.HttpServletRequest;',
      'import javax.servlet.http.HttpServletResponse;',
      'import org.springframework.web.util.HtmlUtils;',
      'public class Shop extends HttpServlet {',
      '  private Statement statement;',
      pad(beside, '  '),
      '  public void doGet(HttpServletRequest request, HttpServletResponse response) throws Exception {',
      pad(body, '    '),
      '  }',
      '}',
      '',
    ].join('\n'),
};

const go: Tongue = {
  path: 'shop/shop.go',
  name: plain,
  read: (word) => `r.FormValue("${word}")`,
  source: 'r.FormValue',
  declare: (word, value) => `${word} := ${value}`,
  assign: (word, value) => `${word} = ${value}`,
  number: (word, text) => `${word}, _ := strconv.Atoi(${text})`,
  numberCall: 'Atoi',
  html: (word, text) => `${word} := html.EscapeString(${text})`,
  htmlCall: 'EscapeString',
  guard: (word) => `if ${word} != "name" {\n  return\n}`,
  look: (word) => `if ${word} != "name" {\n  log.Println("odd")\n}`,
  query: (value) => `db.Query(fmt.Sprintf("select * from t where a = %v", ${value})) // ${HERE}`,
  safe: (value) => `db.Query("select * from t where a = ?", ${value}) // ${HERE}`,
  safeCall: 'Query',
  comment: (text) => `// ${text}`,
  helper: (name, words, lines) =>
    `func ${name}(${words.map((word) => `${word} string`).join(', ')}) (string, error) {\n${pad(lines, '  ')}\n}`,
  guardInside: (word) => `if ${word} != "name" {\n  return "", errors.New("bad")\n}`,
  lookInside: (word) => `if ${word} != "name" {\n  log.Println("odd")\n}`,
  back: (value) => `return ${value}, nil`,
  numberOf: (text) => `fmt.Sprint(len(${text}))`,
  call: (word, helper, values) => `${word}, _ := ${helper}(${values.join(', ')})`,
  constant: (word, text) => `const ${word} = "${text}"`,
  impostor: 'type fake struct{}\nvar strconv = fake{}',
  program: (body, beside) =>
    [
      'package shop',
      'import (\n  "database/sql"\n  "errors"\n  "fmt"\n  "html"\n  "log"\n  "net/http"\n  "strconv"\n)',
      ...beside,
      'func show(w http.ResponseWriter, r *http.Request, db *sql.DB) {',
      pad(body, '  '),
      '}',
      '',
    ].join('\n'),
};

const php: Tongue = {
  path: 'src/shop.php',
  name: (word) => `$${word}`,
  read: (word) => `$_GET['${word}']`,
  source: '$_GET',
  declare: (word, value) => `$${word} = ${value};`,
  assign: (word, value) => `$${word} = ${value};`,
  number: (word, text) => `$${word} = intval(${text});`,
  numberCall: 'intval',
  html: (word, text) => `$${word} = htmlspecialchars(${text});`,
  htmlCall: 'htmlspecialchars',
  guard: (word) => `if (!in_array($${word}, ['a', 'b'], true)) { return; }`,
  look: (word) => `if (!in_array($${word}, ['a', 'b'], true)) { echo "odd"; }`,
  query: (value) => `$db->query("select * from t where a = " . ${value}); // ${HERE}`,
  safe: () => `$s = $db->prepare("select * from t where a = ?"); // ${HERE}`,
  safeCall: 'prepare',
  comment: (text) => `// ${text}`,
  helper: (name, words, lines) =>
    `function ${name}(${words.map((word) => `$${word}`).join(', ')}) {\n${pad(lines, '  ')}\n}`,
  guardInside: (word) => `if (!in_array($${word}, ['a', 'b'], true)) { throw new Exception("bad"); }`,
  lookInside: (word) => `if (!in_array($${word}, ['a', 'b'], true)) { echo "odd"; }`,
  back: (value) => `return ${value};`,
  numberOf: (text) => `intval(${text})`,
  call: (word, helper, values) => `$${word} = ${helper}(${values.join(', ')});`,
  constant: (word, text) => `$${word} = "${text}";`,
  impostor: 'function intval($x) { return $x; }',
  program: (body, beside) =>
    ['<?php', ...beside, 'function show(PDO $db) {', pad(body, '  '), '}', ''].join('\n'),
};

const ruby: Tongue = {
  path: 'app/controllers/shop_controller.rb',
  name: plain,
  read: (word) => `params[:${word}]`,
  source: 'params',
  declare: (word, value) => `${word} = ${value}`,
  assign: (word, value) => `${word} = ${value}`,
  number: (word, text) => `${word} = Integer(${text})`,
  numberCall: 'Integer',
  html: (word, text) => `${word} = CGI.escapeHTML(${text})`,
  htmlCall: 'escapeHTML',
  guard: (word) => `return unless %w[a b].include?(${word})`,
  look: (word) => `puts "odd" unless %w[a b].include?(${word})`,
  query: (value) => `Item.find_by_sql("select * from t where a = #{${value}}") # ${HERE}`,
  safe: (value) => `Item.where("a = ?", ${value}) # ${HERE}`,
  safeCall: 'where',
  comment: (text) => `# ${text}`,
  helper: (name, words, lines) => `def ${name}(${words.join(', ')})\n${pad(lines, '  ')}\nend`,
  guardInside: (word) => `raise "bad" unless %w[a b].include?(${word})`,
  lookInside: (word) => `puts "odd" unless %w[a b].include?(${word})`,
  back: (value) => value,
  numberOf: (text) => `Integer(${text})`,
  call: (word, helper, values) => `${word} = ${helper}(${values.join(', ')})`,
  constant: (word, text) => `${word.toUpperCase()} = "${text}"`,
  impostor: 'def Integer(x)\n  x\nend',
  program: (body, beside) => ['require "cgi"', ...beside, 'def show', pad(body, '  '), 'end', ''].join('\n'),
};

const csharp: Tongue = {
  path: 'Shop/ShopController.cs',
  name: plain,
  read: (word) => `Request.Query["${word}"]`,
  source: 'Request.Query',
  declare: (word, value) => `string ${word} = ${value};`,
  assign: (word, value) => `${word} = ${value};`,
  number: (word, text) => `var ${word} = int.Parse(${text});`,
  numberCall: 'Parse',
  html: (word, text) => `string ${word} = WebUtility.HtmlEncode(${text});`,
  htmlCall: 'HtmlEncode',
  guard: (word) => `if (${word} != "name") return;`,
  look: (word) => `if (${word} != "name") Log("odd");`,
  query: (value) => `context.Items.FromSqlRaw("select * from t where a = " + ${value}); // ${HERE}`,
  safe: () => null,
  safeCall: '',
  comment: (text) => `// ${text}`,
  helper: (name, words, lines) =>
    `private static string ${name}(${words.map((word) => `string ${word}`).join(', ')}) {\n${pad(lines, '  ')}\n}`,
  guardInside: (word) => `if (${word} != "name") throw new ArgumentException("bad");`,
  lookInside: (word) => `if (${word} != "name") Log("odd");`,
  back: (value) => `return ${value};`,
  numberOf: (text) => `int.Parse(${text})`,
  call: (word, helper, values) => `string ${word} = ${helper}(${values.join(', ')});`,
  constant: (word, text) => `private const string ${word} = "${text}";`,
  impostor: '',
  program: (body, beside) =>
    [
      'using System;',
      'using System.Net;',
      'using Microsoft.EntityFrameworkCore;',
      'public class ShopController : Controller {',
      '  private readonly ShopContext context;',
      pad(beside, '  '),
      '  public void Show() {',
      pad(body, '    '),
      '  }',
      '}',
      '',
    ].join('\n'),
};

export const TONGUES: Readonly<Record<string, Tongue>> = {
  javascript,
  typescript,
  python,
  java,
  go,
  php,
  ruby,
  csharp,
};
