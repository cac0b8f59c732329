// Row 28: spellings of the addresses that clouds answer for credentials at, and names that only look like this machine.
import { describe, expect, it } from 'vitest';
import { createBoundedFetch } from '#adapters/http/bounded-fetch.ts';
import { refuseAddress } from '#adapters/http/refuse-address.ts';

describe('a metadata address inside of a longer one', () => {
  it.each([
    'https://[64:ff9b::100.100.100.200]/',
    'https://[64:ff9b::168.63.129.16]/',
    'https://[64:ff9b::c000:c0]/',
    'https://[64:ff9b:1::169.254.169.254]/',
    'https://[2002:6464:64c8::1]/',
    'https://[2002:a83f:8110::]/',
    'https://[::100.100.100.200]/',
    'https://[::ffff:168.63.129.16]/',
    'https://[0:0:0:0:0:ffff:6464:64c8]/',
    'https://0144.0144.0144.0310/',
    'https://1684301000./',
  ])('is refused: %s', (address) => {
    expect(refuseAddress(new URL(address), true)).toContain('metadata service');
  });
});

describe('a name below localhost', () => {
  const ask = (addresses: readonly string[], address: string, allowHttp = false) =>
    createBoundedFetch({
      ...{ signal: new AbortController().signal, allowHttp, resolve: async () => addresses },
    })(address);

  it('that stands for another machine gets no token without TLS', async () => {
    await expect(ask(['203.0.113.9'], 'http://api.localhost:9/')).rejects.toThrow('is http, not https');
    await expect(ask(['127.0.0.1', '10.0.0.1'], 'http://localhost:9/')).rejects.toThrow('is http, not https');
  });

  it('that stands for this one is asked', async () => {
    await expect(ask(['127.0.0.1', '::1'], 'http://api.localhost:9/')).rejects.toThrow(
      /fetch failed|bad port/,
    );
  });
});
