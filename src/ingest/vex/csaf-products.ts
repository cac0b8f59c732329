// The products of a CSAF document (https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html#322-product-tree-property), as packages.
import type { PackageRef } from '#domain/package.ts';
import { packageOfPurl } from '../../packages/package-of-purl.ts';
import { asObject, asObjects, asText, asTexts, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';

export interface ProductTree {
  /** By product id. A product that is a component of another is the component. */
  readonly packages: ReadonlyMap<string, PackageRef>;
  /** The product ids that `product_ids` and `group_ids` of a member name. */
  productsOf(holder: JsonObject): readonly string[];
}

interface Branch {
  readonly node: JsonObject;
  /** Of the branches above: what the product is called and its version. */
  readonly name: string | null;
  readonly version: string | null;
}

export function readProductTree(value: unknown): ProductTree {
  const tree = asObject(value) ?? {};
  const packages = new Map<string, PackageRef>();
  for (const product of asObjects(tree.full_product_names)) take(packages, product, null, null);
  readBranches(tree, packages);
  for (const relationship of asObjects(tree.relationships)) {
    const whole = asObject(relationship.full_product_name);
    const id = asText(whole?.product_id, CAPS.name);
    const part = packages.get(asText(relationship.product_reference, CAPS.name) ?? '');
    if (id !== null && part !== undefined && !packages.has(id)) packages.set(id, part);
  }
  const groups = new Map(
    asObjects(tree.product_groups).map((group) => [
      asText(group.group_id, CAPS.name) ?? '',
      asTexts(group.product_ids, CAPS.name, COUNTS.steps),
    ]),
  );
  return {
    packages,
    productsOf: ({ product_ids: products, group_ids: named }) => [
      ...asTexts(products, CAPS.name, COUNTS.steps),
      ...asTexts(named, CAPS.name, COUNTS.steps).flatMap((id) => groups.get(id) ?? []),
    ],
  };
}

/** Branches stand in branches; the ones that name a product and a version tell what a product without package URL is. */
function readBranches(tree: JsonObject, packages: Map<string, PackageRef>): void {
  const pending: Branch[] = [{ node: tree, name: null, version: null }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const category = asText(next.node.category, CAPS.name);
    const own = asText(next.node.name, CAPS.name);
    const name = category === 'product_name' ? own : next.name;
    const version = category === 'product_version' ? own : next.version;
    const product = asObject(next.node.product);
    if (product !== null) take(packages, product, name, version);
    const children = asObjects(next.node.branches).map((node) => ({ node, name, version }));
    pending.push(...children.reverse());
  }
}

function take(
  packages: Map<string, PackageRef>,
  product: JsonObject,
  name: string | null,
  version: string | null,
): void {
  const id = asText(product.product_id, CAPS.name);
  if (id === null || packages.has(id)) return;
  const purl = asText(asObject(product.product_identification_helper)?.purl, CAPS.uri);
  const named = purl === null ? null : packageOfPurl(purl);
  const ref = named ?? {
    ecosystem: null,
    name: name ?? asText(product.name, CAPS.name) ?? id,
    version,
    purl: null,
  };
  packages.set(id, { ...ref, version: ref.version ?? version });
}
