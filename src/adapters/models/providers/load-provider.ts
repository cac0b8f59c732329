// The provider of an address, loaded only now: a run loads the client of one provider, and none when no model is asked.
import type { ModelAddress } from '../../../ports/language-model.ts';
import type { ProviderDoor } from './provider-door.ts';

/** Throws AssayError `configuration` for an address that cannot be one. */
export async function loadProvider(address: ModelAddress): Promise<ProviderDoor> {
  switch (address.name.provider) {
    case 'openai-compatible':
      return (await import('./openai-compatible.ts')).openaiCompatibleDoor(address);
    case 'openai':
      return (await import('./openai.ts')).openaiDoor(address);
    case 'anthropic':
      return (await import('./anthropic.ts')).anthropicDoor(address);
    case 'google':
      return (await import('./google.ts')).googleDoor(address);
    case 'azure':
      return (await import('./azure.ts')).azureDoor(address);
    case 'bedrock':
      return (await import('./bedrock.ts')).bedrockDoor(address);
  }
}
