import { schema as published } from '@octokit/graphql-schema';
import {
  buildSchema,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { expect, test } from 'vitest';
import { GRAPHQL_SCHEMA } from './graphql-schema.ts';

// The published text defines two fields twice, which is no concern of ours.
const official = buildSchema(published.idl, { assumeValidSDL: true });
const ours = buildSchema(GRAPHQL_SCHEMA);

/** Each field with its type and arguments, each enum value, each interface, as one line. */
function linesOf(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => `${type.name}.${name}`);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => `${type.name}.${field.name}: ${field.type}`);
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [`${type.name}`];
  return [
    ...type.getInterfaces().map(({ name }) => `${type.name} implements ${name}`),
    ...Object.values(type.getFields()).flatMap((field) => [
      `${type.name}.${field.name}: ${field.type}`,
      ...field.args.map(
        (argument) =>
          `${type.name}.${field.name}(${argument.name}: ${argument.type} = ${JSON.stringify(argument.defaultValue)})`,
      ),
    ]),
  ];
}

test('every type, field, argument and value of the emulated schema is in GitHub’s own', () => {
  const own = Object.values(ours.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const unknown = own.flatMap((type) => {
    const counterpart = official.getType(type.name);
    if (!counterpart) return [type.name];
    const known = new Set(linesOf(counterpart));
    return linesOf(type).filter((line) => !known.has(line));
  });
  expect(own.length).toBeGreaterThan(30);
  expect(unknown).toEqual([]);
});

test('enums and inputs are whole, and no required argument of a field is left out', () => {
  /** `repository(owner)`. */
  const required = (type: GraphQLNamedType | undefined): string[] =>
    isObjectType(type)
      ? Object.values(type.getFields()).flatMap(({ name, args }) =>
          args.filter(isRequiredArgument).map((argument) => `${name}(${argument.name})`),
        )
      : [];
  for (const type of Object.values(ours.getTypeMap()).filter(isObjectType)) {
    const fields = type.getFields();
    const asked = required(official.getType(type.name)).filter(
      (text) => (text.split('(')[0] as string) in fields,
    );
    expect(required(type).toSorted()).toEqual(asked.toSorted());
  }
  for (const type of Object.values(ours.getTypeMap())) {
    const counterpart = official.getType(type.name);
    if (isEnumType(type) && !type.name.startsWith('__'))
      expect(linesOf(type)).toEqual(linesOf(counterpart as GraphQLNamedType));
    if (isInputObjectType(type)) expect(linesOf(type)).toEqual(linesOf(counterpart as GraphQLNamedType));
  }
});
