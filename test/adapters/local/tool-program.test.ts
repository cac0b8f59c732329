// How a package manager is found and started, on Windows without the shell that its .cmd file would need.
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findTool, foldersOutside, toolEnvironment } from '#adapters/local/tool-program.ts';
import { shimTarget } from '#adapters/local/windows-shim.ts';
import { createTemporaryFolder } from '../../doubles/git-repository.ts';

const lines = (...all: string[]) => all.join('\r\n');

/** In the shape of npm's cmd-shim. */
const OF_NPM = lines(
  '@ECHO off',
  'GOTO start',
  ':find_dp0',
  'SET dp0=%~dp0',
  'EXIT /b',
  ':start',
  'SETLOCAL',
  'CALL :find_dp0',
  'IF EXIST "%dp0%\\node.exe" (',
  '  SET "_prog=%dp0%\\node.exe"',
  ') ELSE (',
  '  SET "_prog=node"',
  ')',
  'endLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & "%_prog%"  "%dp0%\\node_modules\\yarn\\bin\\yarn.js" %*',
  '',
);
const OF_COREPACK = lines(
  '@IF EXIST "%~dp0\\node.exe" (',
  '  "%~dp0\\node.exe"  "%~dp0\\..\\dist\\pnpm.js" %*',
  ') ELSE (',
  '  node  "%~dp0\\..\\dist\\pnpm.js" %*',
  ')',
);
const NPM_ITSELF = lines(
  'SET "NODE_EXE=%~dp0\\node.exe"',
  'SET "NPM_PREFIX_JS=%~dp0\\node_modules\\npm\\bin\\npm-prefix.js"',
  'SET "NPM_CLI_JS=%~dp0\\node_modules\\npm\\bin\\npm-cli.js"',
  'IF EXIST "%NPM_PREFIX_NPM_CLI_JS%" (',
  '  SET "NPM_CLI_JS=%NPM_PREFIX_NPM_CLI_JS%"',
  ')',
  '"%NODE_EXE%" "%NPM_CLI_JS%" %*',
);

test.each([
  ['of a package that npm installed', OF_NPM, 'node_modules/yarn/bin/yarn.js'],
  ['of Corepack', OF_COREPACK, '../dist/pnpm.js'],
  ['of npm itself', NPM_ITSELF, 'node_modules/npm/bin/npm-cli.js'],
  ['of yarn itself', '@node "%~dp0\\yarn.js" %*', 'yarn.js'],
  ['of a program', '@"%dp0%\\pnpm\\pnpm.exe"   %*', 'pnpm/pnpm.exe'],
  ['of PHP', '@php "%~dp0composer.phar" %*', null],
  ['that is something else', 'shutdown /s', null],
])('a .cmd file %s names what it starts', (_, text, target) => {
  expect(shimTarget(text)?.join('/') ?? null).toBe(target);
});

describe('on Windows', () => {
  function installed(text: string, script: string) {
    const folder = path.join(createTemporaryFolder(), 'bin');
    mkdirSync(path.dirname(path.join(folder, script)), { recursive: true });
    for (const [name, body] of [
      ['yarn.cmd', text],
      [script, ''],
    ] as const) {
      writeFileSync(path.join(folder, name), body);
      chmodSync(path.join(folder, name), 0o755);
    }
    return folder;
  }
  const find = (folders: readonly string[], root = '/nowhere') =>
    findTool('yarn', { folders, root, platform: 'win32' });

  test('the script behind the .cmd file is started with Node.js', async () => {
    const folder = installed(OF_NPM, 'node_modules/yarn/bin/yarn.js');
    const before = [path.join(folder, 'node_modules/yarn/bin/yarn.js')];
    expect(await find([folder])).toEqual({ file: process.execPath, before });
  });

  test('a .cmd file whose script is not there, lies in the repository, or is none is not started', async () => {
    expect(await find([installed(OF_NPM, 'other.js')])).toBeNull();
    expect(await find([installed('shutdown /s', 'yarn.js')])).toBeNull();
    const root = installed('', 'yarn.js');
    const folder = installed('@node "%~dp0\\away.js" %*', 'yarn.js');
    symlinkSync(path.join(root, 'yarn.js'), path.join(folder, 'away.js'));
    expect(await find([folder], root)).toBeNull();
  });
});

test('relative folders and those of the repository are no places for a tool', async () => {
  const root = createTemporaryFolder();
  const outside = createTemporaryFolder();
  mkdirSync(path.join(root, 'bin'));
  const all = ['', 'bin', path.join(root, 'bin'), root, outside].join(path.delimiter);
  expect(await foldersOutside(all, root)).toEqual([outside]);
});

test('no file of the repository chooses the version of the tool, and no keyring is asked', () => {
  const environment = toolEnvironment(
    { NPM_TOKEN: 'secret', HTTPS_PROXY: 'http://ada:pass@proxy.example', HTTP_PROXY: 'http://proxy.example' },
    { folders: ['/usr/bin'], scratch: '/tmp/scratch' },
  );
  expect(environment).toMatchObject({
    HOME: '/tmp/scratch',
    HTTP_PROXY: 'http://proxy.example',
    YARN_IGNORE_PATH: '1',
    npm_config_manage_package_manager_versions: 'false',
    pnpm_config_pm_on_fail: 'ignore',
    COREPACK_ENABLE_PROJECT_SPEC: '0',
    GOTOOLCHAIN: 'local',
    PYTHON_KEYRING_BACKEND: 'keyring.backends.null.Keyring',
  });
  expect(JSON.stringify(environment)).not.toMatch(/secret|pass@/);
});
