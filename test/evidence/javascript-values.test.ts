// What is known of values of JavaScript and TypeScript, and what only looks harmless there.
import { describe, expect, it } from 'vitest';
import { evidenceOf, outcomeOf } from './evidence-of.ts';

const app = (body: string, head = ''): string =>
  `const cp = require('child_process'); const express = require('express'); const app = express();\n${head}\napp.get('/', (req, res) => { const id = req.query.id;\n${body}\n});`;
const DISMISSALS = new Set([
  'constant_arguments',
  'sanitized_arguments',
  'dead_branch',
  'safe_call',
  'not_the_sink',
]);

describe('a value of JavaScript is followed', () => {
  it.each([
    [
      'past its neighbours in a list',
      'constant_arguments',
      78,
      app("const l = [id]; l.push('ls'); l.shift(); cp.exec(l[0]); // HERE"),
    ],
    ['out of a list', 'direct_flow', 78, app("const l = ['ls']; l.push(id); cp.exec(l[1]); // HERE")],
    ['to a number', 'sanitized_arguments', 89, app("db.query('select ' + parseInt(id, 10)); // HERE")],
    [
      'to escaped text of a page',
      'sanitized_arguments',
      79,
      app('res.send(`<p>${escape(id)}</p>`); // HERE', "const { escape } = require('lodash');"),
    ],
    [
      'to a part of an address',
      'sanitized_arguments',
      601,
      app("res.redirect('/find?q=' + encodeURIComponent(id)); // HERE"),
    ],
    [
      'to an allow-list',
      'constant_arguments',
      78,
      app("if (!['ls', 'df'].includes(id)) return;\ncp.exec(id); // HERE"),
    ],
    [
      'to an allowed set',
      'constant_arguments',
      78,
      app("const known = new Set(['ls', 'df']); if (!known.has(id)) return;\ncp.exec(id); // HERE"),
    ],
  ] as const)('%s', async (_way, outcome, cwe, code) => {
    expect(await outcomeOf('javascript', code, { cwe: [cwe] })).toBe(outcome);
  });
});

describe('what only looks harmless in JavaScript is never dismissed', () => {
  it.each([
    [
      'a file of the name of a package',
      79,
      app('res.send(`<p>${validator.escape(id)}</p>`); // HERE', "const validator = require('./validator');"),
    ],
    [
      'a scope with a package of the name',
      79,
      app(
        'res.send(`<p>${validator.escape(id)}</p>`); // HERE',
        "const validator = require('@own/validator');",
      ),
    ],
    [
      'a name of its own for a function of the language',
      89,
      app("db.query('select ' + parseInt(id)); // HERE", 'const parseInt = (x) => x;'),
    ],
    ['a list that is cut', 78, app("const l = ['ls']; l.length = 0; l.push(id); cp.exec(l[0]); // HERE")],
    [
      'a list that a part of is taken out of',
      78,
      app("const l = ['ls', id]; l.splice(0, 1); cp.exec(l[0]); // HERE"),
    ],
    [
      'an allow-list whose answer does not matter',
      78,
      app("if (['ls'].includes(id)) console.log(1); else cp.exec(id); // HERE"),
    ],
    ['a map of pairs', 78, app("const m = new Map([['a', id]]); cp.exec(m.get('a')); // HERE")],
    ['a set that is added to at once', 78, app('const s = new Set().add(id); cp.exec([...s][0]); // HERE')],
    [
      'bytes that are written to',
      78,
      app("const b = Buffer.from('ls      '); b.write(id); cp.exec(b.toString()); // HERE"),
    ],
    ['an escape for another place', 89, app("db.query('select ' + encodeURIComponent(id)); // HERE")],
    [
      'an escape that is undone',
      79,
      app("res.send('<p>' + he.unescape(he.escape(id))); // HERE", "const he = require('he');"),
    ],
    ['a host that is encoded', 601, app("res.redirect('https://' + encodeURIComponent(id)); // HERE")],
    ['a script', 79, app("res.send('<script>' + he.escape(id)); // HERE", "const he = require('he');")],
    ['a sorted list', 78, app("const l = ['ls', id]; l.sort(); cp.exec(l[0]); // HERE")],
    ['a callback', 78, app("const l = ['ls'].map(() => id); cp.exec(l[0]); // HERE")],
    [
      'a list that a callback fills',
      78,
      app("const l = ['ls']; ['x'].forEach(() => l.unshift(id)); cp.exec(l[0]); // HERE"),
    ],
    ['a number that is a text again', 89, app("db.query('select ' + (Number(id) || id)); // HERE")],
  ] as const)('%s', async (_way, cwe, code) => {
    const { facts } = await evidenceOf('javascript', code, { cwe: [cwe] });
    expect(facts.filter(({ kind }) => DISMISSALS.has(kind)).map(({ text }) => text)).toEqual([]);
  });
});
