// The shape of `rules/catalog/`: what a file may say, checked when it is loaded.
import { z } from 'zod';
import { CONTAINER_OPERATIONS, RESOURCE_CALLS } from '../code/evaluate/api-knowledge.ts';
import { CONTEXTS } from '../code/evaluate/value.ts';

/** A snippet whose line with the word HERE behaves as the entry says (positive), and one whose line does not (negative). */
const examples = z.strictObject({ positive: z.string().min(1), negative: z.string().min(1) });
const identity = { id: z.string().regex(/^[a-z0-9-]+$/), examples };

/**
 * API paths, matched from their end: `java.sql.Statement.executeQuery` also meets `Statement.executeQuery`. `?.name` is a method of
 * a receiver whose type the file does not tell. A trailing ` =` speaks of an assignment to that path.
 */
const match = z.array(z.string().min(1)).min(1);

const argument = z.union([z.number().int().min(0), z.string()]);

export const conditionSchema = z.strictObject({
  /** Position or keyword; several are alternatives, the first one given counts. Absent: the number of arguments is asked. */
  argument: z.union([argument, z.array(argument)]).optional(),
  /** Key of an object literal given as that argument. */
  property: z.string().optional(),
  /** Setter or field of a new object given as that argument. */
  setting: z.string().optional(),
  is: z
    .enum([
      'constant',
      'constant-head',
      'list',
      'absent',
      'present',
      'true',
      'not-true',
      'false',
      'null',
      'text',
      'secret',
      'not-text',
    ])
    .optional(),
  /** Every API path that it may stand for is this one. */
  path: z.string().optional(),
  /** Every exact constant of it matches. */
  matches: z.string().optional(),
  /** At least so many positional arguments. */
  count: z.number().int().optional(),
});

export const catalogFileSchema = z.strictObject({
  language: z.string(),
  sources: z.array(z.strictObject({ ...identity, match, label: z.string() })).default([]),
  /** Parameters that a framework fills from a request: by their annotation, or all parameters of a function with a decorator. */
  parameters: z
    .array(
      z.strictObject({
        ...identity,
        annotations: z.array(z.string()).default([]),
        decorators: z.array(z.string()).default([]),
        label: z.string(),
      }),
    )
    .default([]),
  callbacks: z.array(z.strictObject({ ...identity, match, parameters: z.array(z.string()) })).default([]),
  sinks: z
    .array(
      z.strictObject({
        ...identity,
        cwe: z.array(z.number().int()).min(1),
        match,
        /** Which arguments the weakness is about; `from` is the first of all that follow. */
        arguments: z.union([
          z.literal('all'),
          z.strictObject({ from: z.number().int() }),
          z.array(z.union([argument, z.literal('receiver')])),
        ]),
        /** The place in a text that the arguments come to: what a sanitizer has to be for. */
        context: z.enum(CONTEXTS).optional(),
        /** False where a constant is no excuse (sizes, lifetimes). */
        constantExcuses: z.boolean().default(true),
        /** The call makes an object whose command or path can still be changed: constants excuse it only when that cannot happen. */
        changesLater: z.boolean().default(false),
      }),
    )
    .default([]),
  safe: z
    .array(
      z.strictObject({
        ...identity,
        cwe: z.array(z.number().int()).min(1),
        match,
        when: z.array(conditionSchema).default([]),
        /** Rules (by id or message) that are about another side of the call, which this entry says nothing of. */
        notAbout: z.string().optional(),
        /** Words that, anywhere in the file, take the entry's certainty away. */
        unlessText: z.string().optional(),
        text: z.string(),
      }),
    )
    .default([]),
  misuse: z
    .array(
      z.strictObject({
        ...identity,
        cwe: z.array(z.number().int()).min(1),
        match,
        when: z.array(conditionSchema).default([]),
        /** Rules (by id or message) that are about another side of the call, which this entry says nothing of. */
        notAbout: z.string().optional(),
        /** Words that, anywhere in the file, take the entry's certainty away. */
        unlessText: z.string().optional(),
        text: z.string(),
      }),
    )
    .default([]),
  effects: z
    .array(
      z.strictObject({
        ...identity,
        effect: z.enum([
          'propagates',
          'decodes',
          'converts',
          'inert',
          'makes_builder',
          'appends',
          'rewrites_scope',
        ]),
        match,
      }),
    )
    .default([]),
  /** Calls that make what they are given harmless for places in a text; `name/1` speaks of a call with so many arguments. */
  sanitizers: z
    .array(z.strictObject({ ...identity, match, for: z.array(z.enum(CONTEXTS)).min(1) }))
    .default([]),
  /** Lists, maps and texts that grow in place: what makes one, and what its methods do to it. */
  containers: z
    .array(
      z.strictObject({
        ...identity,
        shape: z.enum(['list', 'map', 'text']),
        /** What is in it stands in no order. */
        unordered: z.boolean().default(false),
        /** Calls that make an empty one, or one of what is in their first argument. */
        makers: z.array(z.string()).default([]),
        /** Calls that make one of their arguments. */
        gatherers: z.array(z.string()).default([]),
        /** The literal of the language makes one. */
        literal: z.boolean().default(false),
        /** What a method does → its names; `name/2` speaks of a call with so many arguments. */
        methods: z.partialRecord(z.enum(CONTAINER_OPERATIONS), z.array(z.string())),
      }),
    )
    .default([]),
  /** Members that the platform sets, never input. */
  platformConstants: z.array(z.string()).default([]),
  /** Calls that read settings files of the class path; the examples' repository holds `src/main/resources/app.properties` with `mode=x`. */
  resources: z.array(z.strictObject({ ...identity, match, reads: z.enum(RESOURCE_CALLS) })).default([]),
  /** Calls that give what the platform sets: always, or when they are asked for one of these names. */
  platformCalls: z
    .array(
      z.strictObject({
        ...identity,
        match,
        keys: z.array(z.string()).optional(),
        /** Words that, anywhere in the file, say that the program may set it itself. */
        unlessText: z.string().optional(),
      }),
    )
    .default([]),
  /** Names of methods that pass a text's content on. */
  textMethods: z.array(z.string()).default([]),
  /** Names of text methods that give a number or a truth. */
  numberMethods: z.array(z.string()).default([]),
  /** Names of text methods that change the content: what comes out may have been cleaned. */
  cleaningMethods: z.array(z.string()).default([]),
  returns: z.array(z.strictObject({ ...identity, match, type: z.string() })).default([]),
});

export type CatalogFile = z.infer<typeof catalogFileSchema>;
export type SinkEntry = CatalogFile['sinks'][number];
export type FormEntry = CatalogFile['safe'][number];
export type Condition = z.infer<typeof conditionSchema>;

export const familiesSchema = z.strictObject({
  families: z.array(
    z.strictObject({
      name: z.string(),
      members: z.array(z.number().int()).min(1),
      /** A constant is the weakness itself, or no excuse for it. */
      misuse: z.boolean().default(false),
      /** Addresses: a remote value proves a flow only where it can decide the host, not behind a constant `scheme://host/`. */
      decidedBy: z.literal('host').optional(),
    }),
  ),
});

export type WeaknessFamily = z.infer<typeof familiesSchema>['families'][number];
