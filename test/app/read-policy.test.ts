import { describe, expect, it } from 'vitest';
import type { TreeDiff } from '#domain/change.ts';
import type { ChangeSource } from '#ports/change-source.ts';
import { readPolicy } from '../../src/app/read-policy.ts';
import { defaultRequest, type RunRequest } from '../../src/app/run-request.ts';
import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';

const LAX = 'version: 1\ngate:\n  mode: report\n';
const STRICT = 'version: 1\ngate:\n  mode: enforce\n';
const TIP = 'b'.repeat(40);

interface Scene {
  head?: string;
  base?: string;
  request?: Partial<RunRequest>;
  baseTip?: string | null;
  diff?: TreeDiff | null;
}

const filesOf = (policy: string | undefined) =>
  createMemoryWorkspace(policy === undefined ? {} : { 'assay.yml': policy });

function read({ head, base, request = {}, baseTip = TIP, diff = null }: Scene) {
  const changes = { at: () => filesOf(base) } as unknown as ChangeSource;
  const operatorFiles = {
    read: async () => ({ text: LAX, repositoryPath: null }),
    exists: async () => true,
    write: async () => {},
  };
  return readPolicy(
    { ...defaultRequest('/'), ...request },
    { changes, workspace: filesOf(head), operatorFiles },
    { baseTip, diff },
  );
}

const touched: TreeDiff = {
  files: [{ status: 'modified', oldPath: 'assay.yml', newPath: 'assay.yml', binary: false, hunks: [] }],
};

describe('the policy that binds a change', () => {
  it('is the one of the base, whatever the change writes into its own', async () => {
    const binding = await read({ base: STRICT, head: LAX, diff: touched });
    expect(binding.policy.gate.mode).toBe('enforce');
    expect(binding.origin).toMatchObject({ source: 'base', description: 'assay.yml@bbbbbbbbbbbb' });
    expect(binding.changed).toBe(true);
  });

  it('is the built-in default when the base has none, and a notice says so', async () => {
    const binding = await read({ head: LAX });
    expect(binding.policy.gate.mode).toBe('enforce');
    expect(binding.origin.source).toBe('defaults');
    expect(binding.notices.map((notice) => notice.code)).toEqual(['config-first-adoption']);
  });

  it('is not the working tree without a base either, unless the person trusts it', async () => {
    const untrusted = await read({ head: LAX, baseTip: null });
    expect(untrusted.policy.gate.mode).toBe('enforce');
    expect(untrusted.notices.map((notice) => notice.code)).toEqual(['config-not-read']);
    const trusted = await read({ head: LAX, baseTip: null, request: { trustHeadConfig: true } });
    expect(trusted.policy.gate.mode).toBe('report');
    expect(trusted.origin.source).toBe('working_tree');
  });

  it('is a file that the operator names, read as given', async () => {
    const binding = await read({ base: STRICT, request: { config: 'org/policy.yml' } });
    expect(binding.policy.gate.mode).toBe('report');
    expect(binding.origin).toMatchObject({ source: 'file', description: 'org/policy.yml' });
  });

  it('is the one of the commit that a CI event without a change is about', async () => {
    const binding = await read({ base: LAX, baseTip: null, request: { policyRevision: 'c'.repeat(40) } });
    expect(binding.policy.gate.mode).toBe('report');
    expect(binding.origin).toMatchObject({ source: 'commit', description: 'assay.yml@cccccccccccc' });
  });
});
