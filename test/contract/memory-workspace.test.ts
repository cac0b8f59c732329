import { createMemoryWorkspace } from '../doubles/memory-workspace.ts';
import { describeWorkspace } from './workspace.contract.ts';

describeWorkspace('the workspace in memory', async (files) => ({
  workspace: createMemoryWorkspace(files),
  dispose: () => {},
}));
