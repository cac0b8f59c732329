// Azure OpenAI on 127.0.0.1: OpenAI's wire, with the deployment in the path, the version in the query and the key in a header of its own.
import { type ModelServer, startModelServer } from './model-server.ts';
import { type OpenAiServerSettings, openAiFormat } from './openai-format.ts';

export const AZURE_VERSION = '2024-10-21';

/** The base address is `origin` + `/openai`. */
export async function startAzureServer(
  settings: Pick<OpenAiServerSettings, 'key' | 'model' | 'refuses'> = {},
): Promise<ModelServer> {
  const format = openAiFormat({
    ...settings,
    basePath: `/openai/deployments/${settings.model ?? 'fake-model'}`,
    query: `?api-version=${AZURE_VERSION}`,
    keyHeader: 'api-key',
  });
  const server = await startModelServer(format);
  return { ...server, url: `${server.origin}/openai` };
}
