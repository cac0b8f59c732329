// Plain JavaScript on purpose: it must run on any Node and say in one sentence what is missing.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `assay: this is Node ${process.versions.node}; Assay needs Node 24 or newer. On Linux (glibc) and Windows x64 "npm ci" installs it; elsewhere install Node 24 from https://nodejs.org and try again.`,
  );
  process.exit(2);
}
