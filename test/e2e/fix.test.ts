// `assay fix`: what an operator sees and what becomes of the files, over a real repository and a tool that stands in for npm.
import { writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { type FixScene, fixScene, HONEST_NPM } from './fix-scene.ts';

const RAISED = '"kit-parser": "~1.3.0",\n    "kit-templates": "4.17.21"';

let scene: FixScene;
beforeEach(async () => {
  scene = await fixScene();
});

const lockedVersion = (name: string): string =>
  JSON.parse(scene.read('package-lock.json')).packages[`node_modules/${name}`].version;
const isUntouched = () => scene.desk.repository.git('status', '--porcelain') === '';

describe('without --write', () => {
  test('it says what it would do, upgrades first, and changes nothing', async () => {
    const { display, exitCode } = await scene.fix();
    expect(exitCode).toBe(0);
    const place = [display.indexOf(scene.ids.templates), display.indexOf(scene.ids.code)];
    expect(place[0]).toBeGreaterThan(0);
    expect(place[1]).toBeGreaterThan(place[0] ?? 0);
    expect(display).toMatch(/package\.json:\d+ {2}kit-templates 4\.17\.15 → 4\.17\.21/);
    expect(display).toContain('src/load.py:5  unsafe-yaml');
    expect(display).toContain('npm install --package-lock-only --ignore-scripts --no-audit --no-fund');
    expect(display).toContain(
      'npm update --package-lock-only --ignore-scripts --no-audit --no-fund -- kit-deep',
    );
    expect(display).toContain('Nothing was changed');
    expect(isUntouched()).toBe(true);
  });

  test('it takes the findings that are named, by the start of their ids, or a kind', async () => {
    const { display } = await scene.fix({ findings: [scene.ids.parser.slice(0, 12)] });
    expect(display).toContain('kit-parser');
    expect(display).not.toContain('kit-templates');
    expect((await scene.fix({ kind: 'sast' })).display).not.toContain('kit-');
    expect((await scene.fix({ kind: 'sca' })).display).not.toContain('load.py');
    await expect(scene.fix({ findings: ['ffff'] })).rejects.toThrow('No finding has an id');
  });

  test('options that would change something are refused', async () => {
    await expect(scene.fix({ lock: true })).rejects.toThrow('--lock needs --write.');
    await expect(scene.fix({ branch: 'fixes' })).rejects.toThrow('--branch needs --write.');
  });
});

describe('with --write', () => {
  test('patches of adjoining lines are both made, and twice is the same as once', async () => {
    const first = await scene.fix({ write: true });
    expect(first).toMatchObject({ exitCode: 0 });
    expect(scene.read('package.json')).toContain(RAISED);
    expect(scene.read('src/load.py')).toContain('yaml.safe_load(text)');
    expect(lockedVersion('kit-parser')).toBe('1.2.0');
    const before = scene.read('package.json');
    const second = await scene.fix({ write: true });
    expect(second.exitCode).toBe(0);
    expect(second.display).toContain('There already:');
    expect(second.display).not.toContain('Written:');
    expect(scene.read('package.json')).toBe(before);
    expect(scene.runs()).toEqual([]);
  });

  test('one after the other gives the same as both at once', async () => {
    await scene.fix({ write: true, findings: [scene.ids.templates] });
    expect(scene.read('package.json')).toContain('"kit-parser": "~1.2.0",\n    "kit-templates": "4.17.21"');
    expect((await scene.fix({ write: true, findings: [scene.ids.parser] })).exitCode).toBe(0);
    expect(scene.read('package.json')).toContain(RAISED);
  });

  test('a file with changes of its own is left alone', async () => {
    const changed = scene.read('package.json').replace('"shop"', '"store"');
    scene.desk.repository.write('package.json', changed);
    const { display, exitCode } = await scene.fix({ write: true });
    expect(exitCode).toBe(3);
    expect(display).toContain('The file has other changes than the patches');
    expect(scene.read('package.json')).toBe(changed);
    expect(scene.read('src/load.py')).toContain('safe_load');
  });

  test('a file that was never committed needs --force', async () => {
    const { repository } = scene.desk;
    repository.git('rm', '--quiet', '--cached', 'src/load.py');
    repository.git('commit', '--quiet', '-m', 'not ours');
    const only = { write: true, kind: 'sast' } as const;
    expect((await scene.fix(only)).display).toContain('changes that are not committed');
    expect(scene.read('src/load.py')).not.toContain('safe_load');
    expect((await scene.fix({ ...only, force: true })).exitCode).toBe(0);
    expect(scene.read('src/load.py')).toContain('safe_load');
    expect((await scene.fix(only)).display).toContain('There already:');
  });
});

describe('with --branch', () => {
  test('what was made is committed there by Assay, and nothing else', async () => {
    const { repository } = scene.desk;
    repository.write('notes.txt', 'mine\n');
    scene.tool('npm', HONEST_NPM);
    const request = { write: true, lock: true, branch: 'assay/fixes' };
    const { display, exitCode } = await scene.fix(request);
    expect(exitCode).toBe(0);
    expect(display).toContain('Committed to assay/fixes');
    expect(repository.git('log', '-1', '--format=%an %cn')).toBe('Assay Assay');
    expect(repository.git('show', '--name-only', '--format=', 'HEAD').split('\n').sort()).toEqual([
      ...['package-lock.json', 'package.json', 'src/load.py'],
    ]);
    expect(repository.git('log', '-1', '--format=%B')).toContain(
      `- ${scene.ids.templates}: kit-templates to 4.17.21, for GHSA-2222-2222-2222`,
    );
    expect(repository.git('status', '--porcelain')).toBe('?? notes.txt');
    const head = repository.git('rev-parse', 'HEAD');
    const again = await scene.fix(request);
    expect(again).toEqual({ exitCode: 0, display: expect.stringContaining('has it already') });
    expect(repository.git('rev-parse', 'HEAD')).toBe(head);
  });

  test.each(['--orphan', 'main', 'a b', 'x.lock', '../x', 'a..b'])(
    '%s is refused before anything is written',
    async (branch) => {
      if (branch === 'main') scene.desk.repository.git('switch', '--quiet', '--create', 'other');
      await expect(scene.fix({ write: true, branch })).rejects.toThrow(/no name for a branch|exists already/);
      expect(isUntouched()).toBe(true);
    },
  );
});

describe('with --lock', () => {
  test('the tool writes the lock file in a copy, with no secret and no home of the user', async () => {
    scene.tool('npm', HONEST_NPM);
    const secrets = {
      GITHUB_TOKEN: 'ghs_1234567890',
      NPM_TOKEN: 'npm_1234567890',
      HOME: '/home/ada',
      HTTPS_PROXY: 'http://ada:pass@proxy',
    };
    const { display, exitCode } = await scene.fix({ write: true, lock: true, kind: 'sca' }, secrets);
    expect(display).toContain('Written again: `package-lock.json`.');
    expect(exitCode).toBe(0);
    expect(['kit-parser', 'kit-templates', 'kit-deep'].map(lockedVersion)).toEqual([
      '1.3.2',
      '4.17.21',
      '1.0.9',
    ]);
    expect(scene.runs().map(({ args }) => args.join(' '))).toEqual([
      'install --package-lock-only --ignore-scripts --no-audit --no-fund',
      'update --package-lock-only --ignore-scripts --no-audit --no-fund -- kit-deep',
    ]);
    for (const { cwd, env } of scene.runs()) {
      expect(cwd).not.toContain(scene.desk.repository.root);
      expect(JSON.stringify(env)).not.toMatch(/1234567890|pass@/);
      expect(env.HOME).not.toBe('/home/ada');
    }
    expect(scene.desk.repository.git('status', '--porcelain')).not.toContain('node_modules');
    await scene.fix({ write: true, lock: true });
    expect(scene.runs()).toHaveLength(2);
  });

  test('a tool that is not there is told, and the manifest stays', async () => {
    const { display, exitCode } = await scene.fix({ write: true, lock: true, branch: 'fixes' });
    expect(exitCode).toBe(3);
    expect(display).toContain('The program npm is not here');
    expect(display).toContain('Nothing was committed');
    expect(scene.read('package.json')).toContain(RAISED);
  });

  test('a tool that fails is told with its last words, made inert', async () => {
    scene.tool(
      'npm',
      "console.error('npm error network \\u001b[31mENOTFOUND\\n::set-output name=x::y'); process.exit(1);",
    );
    const { display, exitCode } = await scene.fix({ write: true, lock: true });
    expect(exitCode).toBe(3);
    expect(display).toContain('| npm error network ENOTFOUND');
    expect(display).not.toMatch(/\u001b|^\s*::/m);
    expect(scene.read('package.json')).toContain(RAISED);
  });

  test.each([
    ['leaves an affected version in it', '', 'it still holds'],
    [
      'writes another file',
      `${HONEST_NPM}fs.appendFileSync('src/server.js', 'evil()');`,
      'also changed `src/server.js`',
    ],
    [
      'writes no lock file that is one',
      "require('fs').writeFileSync('package-lock.json', '{');",
      'is not taken over',
    ],
    [
      'makes the lock file a link',
      "const fs = require('fs'); fs.rmSync('package-lock.json'); fs.symlinkSync('/etc/passwd', 'package-lock.json');",
      'is not taken over',
    ],
  ])('everything is as it was when the tool %s', async (_, body, why) => {
    scene.tool('npm', body);
    const { display, exitCode } = await scene.fix({ write: true, lock: true, kind: 'sca' });
    expect(exitCode).toBe(3);
    expect(display).toContain(why);
    expect(isUntouched()).toBe(true);
  });

  test('a lock file that takes packages from another server than before is not taken over', async () => {
    const { repository } = scene.desk;
    const lock = scene.read('package-lock.json');
    const named = (host: string) =>
      lock.replace('"version": "1.0.3"', `"version": "1.0.3", "resolved": "${host}/kit-deep-1.0.3.tgz"`);
    repository.write('package-lock.json', named('https://packages.corp.example')).commit();
    const move = "lock.packages['node_modules/kit-deep'].resolved = 'https://registry.example/kit-deep.tgz';";
    scene.tool('npm', HONEST_NPM.replace('fs.writeFileSync', `${move}\nfs.writeFileSync`));
    const { display, exitCode } = await scene.fix({ write: true, lock: true, kind: 'sca' });
    expect(exitCode).toBe(3);
    expect(display).toContain('packages would come from `https://registry.example`');
    expect(isUntouched()).toBe(true);
  });

  test('a program of that name inside of the repository is never started', async () => {
    const bin = scene.desk.repository.path('node_modules/.bin');
    scene.desk.repository.write('node_modules/.bin/npm', `#!/bin/sh\ntouch ${scene.desk.folder}/started\n`);
    scene.desk.repository.makeExecutable('node_modules/.bin/npm');
    const { display } = await scene.fix({ write: true, lock: true }, { PATH: bin });
    expect(display).toContain('The program npm is not here');
    expect(() => writeFileSync(`${scene.desk.folder}/started`, '', { flag: 'wx' })).not.toThrow();
  });
});
