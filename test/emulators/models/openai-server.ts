// OpenAI, and every server that speaks its wire, on 127.0.0.1.
import { type ModelServer, startModelServer } from './model-server.ts';
import { type OpenAiServerSettings, openAiFormat } from './openai-format.ts';

export function startOpenAiServer(settings: OpenAiServerSettings = {}): Promise<ModelServer> {
  return startModelServer(openAiFormat(settings));
}
