// Writes a tiny language model with random weights: it knows nothing, and is a real one to everything that loads and runs it.
import { writeFile } from 'node:fs/promises';

/** Sizes of the llama architecture; 355 KB in all. */
const SIZE = { embedding: 64, layers: 1, heads: 2, forward: 128, context: 8192 } as const;
const ALIGNMENT = 32;

/** Numbers of the format: github.com/ggml-org/ggml/blob/master/docs/gguf.md. */
const GGUF_VERSION = 3;
const VALUE = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;
const TENSOR_F32 = 0;
const FILE_TYPE_F32 = 0;
const TOKEN = { normal: 1, unknown: 2, control: 3, byte: 6 } as const;

const CHAT_TEMPLATE =
  "{{ bos_token }}{% for message in messages %}[{{ message['role'] }}]{{ message['content'] }}\n{% endfor %}[assistant]";

type Value =
  | {
      readonly type: 'uint32' | 'int32' | 'float32' | 'bool' | 'string';
      readonly value: number | string | boolean;
    }
  | {
      readonly type: 'array';
      readonly of: 'string' | 'float32' | 'int32';
      readonly values: readonly (number | string)[];
    };

interface Tensor {
  readonly name: string;
  /** Innermost first. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The same seed gives the same bytes. */
export async function writeTinyGguf(file: string, seed = 1): Promise<void> {
  await writeFile(file, tinyGguf(seed));
}

export function tinyGguf(seed: number): Uint8Array {
  const vocabulary = vocabularyOf();
  const tensors = tensorsOf(vocabulary.length, randomFrom(seed));
  const settings = settingsOf(vocabulary);
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(GGUF_VERSION),
    uint64(tensors.length),
    uint64(settings.length),
    ...settings.flatMap(([key, value]) => [text(key), valueBytes(value)]),
    ...tensorHeads(tensors),
  ]);
  return Buffer.concat([padded(head), ...tensors.map(({ values }) => padded(bytesOf(values)))]);
}

interface Word {
  readonly text: string;
  readonly type: number;
  readonly score: number;
}

/** Three marks, every byte, and the printable characters: text is taken apart into characters. */
function vocabularyOf(): readonly Word[] {
  const bytes = Array.from({ length: 256 }, (_, byte) => ({
    text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
    type: TOKEN.byte,
    score: 0,
  }));
  const printable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
  const characters = ['▁', '\n', ...printable].map((character, index) => ({
    text: character,
    type: TOKEN.normal,
    score: -index,
  }));
  return [
    { text: '<unk>', type: TOKEN.unknown, score: 0 },
    { text: '<s>', type: TOKEN.control, score: 0 },
    { text: '</s>', type: TOKEN.control, score: 0 },
    ...bytes,
    ...characters,
  ];
}

function settingsOf(words: readonly Word[]): readonly (readonly [string, Value])[] {
  const number = (value: number): Value => ({ type: 'uint32', value });
  return [
    ['general.architecture', { type: 'string', value: 'llama' }],
    ['general.name', { type: 'string', value: 'tiny' }],
    ['general.file_type', number(FILE_TYPE_F32)],
    ['general.alignment', number(ALIGNMENT)],
    ['llama.block_count', number(SIZE.layers)],
    ['llama.context_length', number(SIZE.context)],
    ['llama.embedding_length', number(SIZE.embedding)],
    ['llama.feed_forward_length', number(SIZE.forward)],
    ['llama.attention.head_count', number(SIZE.heads)],
    ['llama.attention.head_count_kv', number(SIZE.heads)],
    ['llama.attention.layer_norm_rms_epsilon', { type: 'float32', value: 1e-5 }],
    ['llama.rope.dimension_count', number(SIZE.embedding / SIZE.heads)],
    ['llama.vocab_size', number(words.length)],
    ['tokenizer.ggml.model', { type: 'string', value: 'llama' }],
    ['tokenizer.ggml.tokens', { type: 'array', of: 'string', values: words.map((word) => word.text) }],
    ['tokenizer.ggml.scores', { type: 'array', of: 'float32', values: words.map(({ score }) => score) }],
    ['tokenizer.ggml.token_type', { type: 'array', of: 'int32', values: words.map(({ type }) => type) }],
    ['tokenizer.ggml.unknown_token_id', number(0)],
    ['tokenizer.ggml.bos_token_id', number(1)],
    ['tokenizer.ggml.eos_token_id', number(2)],
    ['tokenizer.ggml.add_space_prefix', { type: 'bool', value: false }],
    ['tokenizer.chat_template', { type: 'string', value: CHAT_TEMPLATE }],
  ];
}

function tensorsOf(words: number, random: () => number): readonly Tensor[] {
  const { embedding, forward, layers } = SIZE;
  const noise = (name: string, ...shape: number[]): Tensor => ({
    ...{ name, shape },
    values: Float32Array.from({ length: shape.reduce((product, side) => product * side, 1) }, random),
  });
  const ones = (name: string): Tensor => ({
    ...{ name, shape: [embedding] },
    values: new Float32Array(embedding).fill(1),
  });
  const layer = (index: number): readonly Tensor[] => [
    ones(`blk.${index}.attn_norm.weight`),
    ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].map((part) =>
      noise(`blk.${index}.${part}.weight`, embedding, embedding),
    ),
    ones(`blk.${index}.ffn_norm.weight`),
    noise(`blk.${index}.ffn_gate.weight`, embedding, forward),
    noise(`blk.${index}.ffn_up.weight`, embedding, forward),
    noise(`blk.${index}.ffn_down.weight`, forward, embedding),
  ];
  return [
    noise('token_embd.weight', embedding, words),
    ...Array.from({ length: layers }, (_, index) => layer(index)).flat(),
    ones('output_norm.weight'),
    noise('output.weight', embedding, words),
  ];
}

function tensorHeads(tensors: readonly Tensor[]): readonly Buffer[] {
  let offset = 0;
  return tensors.map(({ name, shape, values }) => {
    const head = [text(name), uint32(shape.length), ...shape.map(uint64), uint32(TENSOR_F32), uint64(offset)];
    offset += Math.ceil(values.byteLength / ALIGNMENT) * ALIGNMENT;
    return Buffer.concat(head);
  });
}

function valueBytes(value: Value): Buffer {
  if (value.type !== 'array')
    return Buffer.concat([uint32(VALUE[value.type]), scalarBytes(value.type, value.value)]);
  const parts = value.values.map((one) => scalarBytes(value.of, one));
  return Buffer.concat([uint32(VALUE.array), uint32(VALUE[value.of]), uint64(parts.length), ...parts]);
}

function scalarBytes(type: Exclude<keyof typeof VALUE, 'array'>, value: number | string | boolean): Buffer {
  if (type === 'string') return text(String(value));
  if (type === 'bool') return Buffer.from([value === true ? 1 : 0]);
  if (type === 'uint32') return uint32(Number(value));
  const bytes = Buffer.alloc(4);
  if (type === 'int32') bytes.writeInt32LE(Number(value));
  else bytes.writeFloatLE(Number(value));
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function bytesOf(values: Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((ALIGNMENT - (bytes.length % ALIGNMENT)) % ALIGNMENT)]);
}

/** Between −0.1 and 0.1: mulberry32, Tommy Ettinger, public domain. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 - 0.5) / 5;
  };
}
