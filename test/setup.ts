// Every test runs with a frozen Object.prototype: a polluted prototype fails loudly (security row 23).
Object.freeze(Object.prototype);
