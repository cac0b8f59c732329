import { describe, expect, it } from 'vitest';
import { evidenceOf, outcomeOf } from './evidence-of.ts';

const js = (address: string): string =>
  `const express = require('express');
const request = require('request');
const app = express();
app.get('/', (req, res) => {
  const host = req.query.host;
  const shop = 'https://shop.example/';
  request.get(${address}); // HERE
});`;
const redirect = (address: string): string =>
  `const express = require('express');
const app = express();
app.get('/', (req, res) => {
  const to = req.query.to;
  res.redirect(${address}); // HERE
});`;
const flask = (address: string): string =>
  `import requests
from flask import request
def f():
    host = request.args.get('host')
    return requests.get(${address})  # HERE
`;

type Row = readonly [sentence: string, address: string];

describe('a request to an address with a remote value in it', () => {
  it.each<Row>([
    ['the whole address', 'host'],
    ['the host', '"https://" + host'],
    ['the host of a template', '`https://$' + '{host}/path`'],
    ['the host without a scheme', '"//" + host + "/path"'],
    ['the rest of the host', '"https://shop.example" + host'],
    ['the host behind a user', '"https://user@" + host'],
    ['the host behind an empty one', '"https:///" + host'],
    ['a backslash that browsers take for a slash', '"/\\\\" + host'],
    ['the host, and the path again', '"https://" + host + "/" + host'],
  ])('is a flow where it is %s', async (_, address) => {
    expect(await outcomeOf('javascript', js(address), { cwe: [918] })).toBe('direct_flow');
  });

  it.each<Row>([
    ['behind a constant host', '"https://shop.example/" + host'],
    ['behind a constant host in a variable', 'shop + host'],
    ['behind a constant host in a template', '`https://shop.example/a/$' + '{host}/b`'],
    ['in the query', '"https://shop.example?q=" + host'],
    ['in the fragment', '"https://shop.example#" + host'],
    ['in the path of the same host', '"/items/" + host'],
    ['behind something open', 'config.base + host'],
    ['behind a text that differs', '(config.on ? "https://a.example/" : "https://") + host'],
  ])('is a question where it stands %s', async (_, address) => {
    expect(await outcomeOf('javascript', js(address), { cwe: [918] })).toBe('REV.unknown');
  });

  it('asks whether the path matters', async () => {
    const { unknowns } = await evidenceOf('javascript', js('shop + host'), { cwe: [918] });
    expect(unknowns[0]?.text).toContain('the host is fixed by `"https://shop.example/"`');
  });

  it.each<Row>([
    ['%', '"https://%s/x" % host'],
    ['% with a tuple', '"%s://%s/x" % ("https", host)'],
    ['format', '"https://{}/x".format(host)'],
    ['an f-string', 'f"https://{host}/x"'],
  ])('is a flow where %s makes the host of it', async (_, address) => {
    expect(await outcomeOf('python', flask(address), { cwe: [918] })).toBe('direct_flow');
  });

  it.each<Row>([
    ['%', '"https://shop.example/%s" % host'],
    ['% with a tuple', '"https://%s/%s" % ("shop.example", host)'],
    ['format', '"https://shop.example/{}".format(host)'],
    ['an f-string', 'f"https://shop.example/{host}"'],
  ])('is a question where %s makes the path of it', async (_, address) => {
    expect(await outcomeOf('python', flask(address), { cwe: [918] })).toBe('REV.unknown');
  });

  it('is a question where a text grew in place', async () => {
    const code = flask('url').replace(
      '    return',
      "    url = 'https://shop.example/'\n    url += host\n    return",
    );
    expect(await outcomeOf('python', code, { cwe: [918] })).toBe('REV.unknown');
  });
});

describe('a redirect to a remote value', () => {
  it.each<Row>([
    ['the whole address', 'to'],
    ['the host', '"//" + to'],
    ['behind one slash', '"/" + to'],
  ])('is a flow where it is %s', async (_, address) => {
    expect(await outcomeOf('javascript', redirect(address), { cwe: [601] })).toBe('direct_flow');
  });

  it.each<Row>([
    ['the path', '"/items/" + to'],
    ['the query', '"/items?next=" + to'],
  ])('is a question where it is %s of the same host', async (_, address) => {
    expect(await outcomeOf('javascript', redirect(address), { cwe: [601] })).toBe('REV.unknown');
  });

  it('says nothing of other weaknesses of the same call', async () => {
    const code = `import javax.servlet.http.*;
class A { void m(HttpServletRequest q, HttpServletResponse r) {
  r.setHeader("Location", "/a/" + q.getParameter("to")); // HERE
} }`;
    expect(await outcomeOf('java', code, { cwe: [601] })).toBe('REV.unknown');
    expect(await outcomeOf('java', code, { cwe: [113] })).toBe('direct_flow');
  });
});

describe('ActiveRecord conditions in a file that defines the model', () => {
  const rails = (condition: string): string => `class Product < ActiveRecord::Base
  def f
    Product.where(${condition}) # HERE
  end
end`;

  it.each<Row>([
    ['a list', '["admin = ?", params[:x]]'],
    ['a list with names', '["a = :a", { :a => params[:a] }]'],
  ])('are a question with a constant text and the values in %s', async (_, condition) => {
    expect(await outcomeOf('ruby', rails(condition))).toBe('REV.unknown');
  });

  it.each<Row>([
    ['interpolation', `"admin = '#{params[:x]}'"`],
    ['interpolation in a list', `["admin = '#{params[:x]}' and b = ?", 1]`],
    ['concatenation', `"admin = " + params[:x]`],
  ])('are a flow with %s', async (_, condition) => {
    expect(await outcomeOf('ruby', rails(condition))).toBe('direct_flow');
  });
});

describe('a remote value in a formatted text', () => {
  const php = (text: string): string =>
    `<?php function f($db) {\n$q = ${text};\nmysqli_query($db, $q); // HERE\n}`;
  const ruby = (text: string): string => `def f(users)\n  users.where(${text}) # HERE\nend`;

  it.each<Row>([
    ['%d', `sprintf('select * from t where a = %d', $_GET['a'])`],
    ['%u and %05.2f', `sprintf('select %u from t where a = %05.2f', $_GET['a'], $_GET['b'])`],
    ['%1$d', `sprintf('select * from t where a = %1$d or b = %1$d', $_GET['a'])`],
  ])('is a question where only %s writes it', async (_, text) => {
    expect(await outcomeOf('php', php(text))).toBe('REV.unknown');
  });

  it.each<Row>([
    ['%s', `sprintf("select * from t where a = '%s'", $_GET['a'])`],
    ['%s beside %d', `sprintf("select %d from t where a = '%s'", 1, $_GET['a'])`],
    ['a text beside %%d', `sprintf("select %%d from t where a = '%s'", $_GET['a'])`],
  ])('is a flow where %s writes it', async (_, text) => {
    expect(await outcomeOf('php', php(text))).toBe('direct_flow');
  });

  it('is told apart by the place of its directive', async () => {
    expect(await outcomeOf('php', php(`sprintf("%s %d", 'select', $_GET['a'])`))).toBe('REV.unknown');
  });

  it('is a flow where it is the format itself', async () => {
    expect(await outcomeOf('ruby', ruby(`params[:a].format("%d", 1)`))).toBe('direct_flow');
    expect(await outcomeOf('php', php(`sprintf($_GET['a'], '%d', 1)`))).toBe('direct_flow');
  });

  it('counts for the operator too', async () => {
    expect(await outcomeOf('ruby', ruby(`"a = %d" % params[:a]`))).toBe('REV.unknown');
    expect(await outcomeOf('ruby', ruby(`"a = '%s'" % params[:a]`))).toBe('direct_flow');
  });
});

describe('a text under the name of a secret', () => {
  const python = (text: string): string => `password = "${text}"  # HERE\n`;

  it.each([
    'this-is-not-a-key',
    'this-is-probably-a-test',
    'change_me_please',
    'changeme',
    'xxxxxxxx',
    'my example password',
    '<your password>',
    '$' + '{DB_PASSWORD}',
    'AKIAIOSFODNN7EXAMPLE',
    'test-password',
  ])('is a question where it reads %s', async (text) => {
    expect(await outcomeOf('python', python(text), { cwe: [798] })).toMatch(/^REV\./);
  });

  it.each([
    'kD93hfLs0q2PzXw7',
    'sk_test_4eC39HqLyjWDarjtT1zdp7dc',
    'hunter2-prod',
    'correct horse battery staple',
    'Tr0ub4dor&3',
    'testament-of-youth',
  ])('is the weakness where it reads %s', async (text) => {
    expect(await outcomeOf('python', python(text), { cwe: [798] })).toBe('misuse');
  });
});
