// Java: settings files of the class path, what the platform sets, and the calls around them.
import { describe, expect, it } from 'vitest';
import { parseProperties } from '#code/config/parse-properties.ts';
import { evidenceOf, outcomeOf } from './evidence-of.ts';

const FILE = 'src/main/resources/app.properties';
const SETTINGS = '# ours\nhash=MD5\nstrong = SHA-256\nfilled=${algorithm}\n';
const loading = (body: string, name = 'app.properties'): string => `import java.util.Properties;
class A { void m(javax.servlet.http.HttpServletRequest request) throws Exception {
Properties p = new Properties();
p.load(this.getClass().getClassLoader().getResourceAsStream("${name}"));
${body}
} }`;
const hashed = (value: string): string =>
  loading(`java.security.MessageDigest.getInstance(${value}); // HERE`);
const outcome = (text: string, files: Readonly<Record<string, string>>, cwe = 328): Promise<string> =>
  outcomeOf('java', text, { cwe: [cwe], files, path: 'src/main/java/A.java' });

describe('a settings file of the class path', () => {
  it.each([
    ['what it says is what is used', 'p.getProperty("hash")', 'misuse'],
    ['a default does not count where the key is there', 'p.getProperty("hash", "SHA-256")', 'misuse'],
    ['a strong one is a safe call', 'p.getProperty("strong", "MD5")', 'safe_call'],
    ['a default counts where the key is missing', 'p.getProperty("none", "MD5")', 'misuse'],
    [
      'a key that the request names may be any of them',
      'p.getProperty(request.getParameter("k"))',
      'REV.unknown',
    ],
    ['what the build fills in is open', 'p.getProperty("filled")', 'REV.unknown'],
  ])('%s', async (_name, value, expected) => {
    expect(await outcome(hashed(value), { [FILE]: SETTINGS })).toBe(expected);
  });

  it.each([
    ['is not in the repository', {}],
    ['is there twice', { [FILE]: SETTINGS, 'core/src/main/resources/app.properties': SETTINGS }],
    ['is for tests alone', { 'src/test/resources/app.properties': SETTINGS }],
    ['lies where no class path starts', { 'docs/samples/app.properties': SETTINGS }],
    ['breaks its format', { [FILE]: 'hash=\\u00zz\n' }],
  ])('is not known when it %s', async (_name, files) => {
    expect(await outcome(hashed('p.getProperty("hash")'), files)).toBe('REV.unknown');
  });

  it('is quoted with its line', async () => {
    const { facts } = await evidenceOf('java', hashed('p.getProperty("hash")'), {
      cwe: [328],
      files: { [FILE]: SETTINGS },
      path: 'src/main/java/A.java',
    });
    const citations = facts.find(({ kind }) => kind === 'misuse')?.citations;
    expect(citations).toContainEqual({ path: FILE, startLine: 2, endLine: 2, quote: 'hash=MD5' });
  });

  it('is open again once other code holds what was loaded', async () => {
    const body = 'change(p); java.security.MessageDigest.getInstance(p.getProperty("strong")); // HERE';
    expect(await outcome(loading(body), { [FILE]: SETTINGS })).toBe('REV.unknown');
  });

  it('is read after what was set before, and before what is set later', async () => {
    const body = `p.setProperty("strong", request.getParameter("a"));
new java.io.File(p.getProperty("strong")); // HERE`;
    expect(await outcome(loading(body), { [FILE]: SETTINGS }, 22)).toBe('direct_flow');
  });

  it('is not read from a loader that somebody handed in', async () => {
    const text = hashed('p.getProperty("strong")').replace('this.getClass().getClassLoader()', 'loader');
    expect(await outcome(text, { [FILE]: SETTINGS })).toBe('REV.unknown');
  });

  it('has variants by language that a bundle may be read from', async () => {
    const text = `class A { void m() throws Exception {
java.util.ResourceBundle b = java.util.ResourceBundle.getBundle("app");
java.security.MessageDigest.getInstance(b.getString("strong")); // HERE
} }`;
    expect(await outcome(text, { [FILE]: SETTINGS })).toBe('safe_call');
    const variant = { [FILE]: SETTINGS, 'src/main/resources/app_de.properties': 'strong=MD5\n' };
    expect(await outcome(text, variant)).toBe('REV.unknown');
  });
});

describe('the format of settings files', () => {
  it('takes keys, separators, escapes and lines that go on as Java does', () => {
    const read = parseProperties(
      'a=1\n b : 2\nc 3\n!x=1\nd=4\\\n   5\ne\\ f=\\u0041\\t\na=6\nend\\\\=7\nempty\n',
    );
    expect([...(read ?? [])].map(([key, { value, line }]) => [key, value, line])).toEqual([
      ...[
        ['a', '6', 8],
        ['b', '2', 2],
        ['c', '3', 3],
        ['d', '45', 5],
        ['e f', 'A\t', 7],
      ],
      ...[
        ['end\\', '7', 9],
        ['empty', '', 10],
      ],
    ]);
  });
});

describe('what the platform sets', () => {
  it.each([
    ['a directory of its own is no input', 'System.getProperty("user.dir") + "/a"', '', 'constant_arguments'],
    ['another property is', 'System.getProperty("app.dir") + "/a"', '', 'REV.unknown'],
    [
      'a property that the file sets is as well',
      'System.getProperty("user.dir") + "/a"',
      'System.setProperty("user.dir", request.getParameter("d"));',
      'REV.unknown',
    ],
  ])('%s', async (_name, value, before, expected) => {
    const text = `class A { void m(javax.servlet.http.HttpServletRequest request) {
${before}
new java.io.File(${value}); // HERE
} }`;
    expect(await outcome(text, {}, 22)).toBe(expected);
  });
});

describe('the place of a report', () => {
  it('is the whole statement where its first line holds no call', async () => {
    const text = `class A { void m() throws Exception {
java.security.SecureRandom r = // HERE
    java.security.SecureRandom.getInstance("SHA1PRNG");
} }`;
    expect(await outcome(text, {}, 330)).toBe('safe_call');
  });

  it('is no call of another statement', async () => {
    const text = `class A { void m() throws Exception {
int r = 1; // HERE
java.security.SecureRandom.getInstance("SHA1PRNG");
} }`;
    expect(await outcome(text, {}, 330)).toBe('REV.no-sink');
  });
});

describe('a list that a process is made of', () => {
  const command = (after: string, between = ''): string => `import java.util.*;
class A { List<String> held; void m(javax.servlet.http.HttpServletRequest request) throws Exception {
List<String> list = new ArrayList<>();
list.add("ls");
${between}
ProcessBuilder pb = new ProcessBuilder(list); // HERE
${after}
pb.start();
} }`;
  it.each([
    ['is constant where nothing changes it', '', '', 'constant_arguments'],
    ['is open where it is filled later', 'list.add(request.getParameter("a"));', '', 'REV.unknown'],
    [
      'is open where another name holds it',
      'b.add(request.getParameter("a"));',
      'List b = (List) list;',
      'REV.unknown',
    ],
    [
      'is open where a field holds it',
      'held.add(request.getParameter("a"));',
      'this.held = list;',
      'REV.unknown',
    ],
  ])('%s', async (_name, after, between, expected) => {
    expect(await outcome(command(after, between), {}, 78)).toBe(expected);
  });
});
