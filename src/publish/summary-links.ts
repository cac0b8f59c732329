// The links of the summary comment beside those to code: to comments and jobs on the change's own host, and to nothing else (security row 12).

/** Can stand between the parentheses of a link as it is; holds no name and password. */
const ADDRESS = /^(https?:\/\/[A-Za-z0-9.:-]+)\/[A-Za-z0-9._~%/:+?=&#-]*$/;

/** The address when it is plain and on the host of `blobUrl`, else null. */
export function addressOnHost(address: string | null, blobUrl: string | null): string | null {
  if (address === null || blobUrl === null) return null;
  const origin = ADDRESS.exec(blobUrl)?.[1];
  return origin !== undefined && ADDRESS.exec(address)?.[1] === origin ? address : null;
}

/** A link whose text is finished Markdown; the text alone when there is no address. */
export function linked(text: string, address: string | null): string {
  return address === null ? text : `[${text}](${address})`;
}
