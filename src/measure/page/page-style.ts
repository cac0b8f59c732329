// How the evaluation's page looks, in light and dark, on paper and on a phone; and the script that sorts its tables.

export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: #fbfbfa; --card: #fff; --ink: #1c1f23; --soft: #5c6570; --line: #e0e3e7; --track: #eceff2;
  --accent: #2456c9; --good: #147a45; --bad: #bf2b23; --open: #9a6700; --good-wash: #e3f4ea; --bad-wash: #fbe7e5; --open-wash: #fbf1d8; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171b; --card: #1b1f24; --ink: #e4e8ec; --soft: #97a1ac; --line: #313840; --track: #2a3037;
  --accent: #85aaff; --good: #5bc98a; --bad: #ff8078; --open: #e2b457; --good-wash: #16311f; --bad-wash: #3b1c1a; --open-wash: #35290f; } }
* { box-sizing: border-box; }
body { margin: 0; overflow-wrap: anywhere; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; letter-spacing: -.01em; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: .95rem; margin: 0 0 .75rem; }
p { margin: .35rem 0; max-width: 46rem; }
.soft, caption, small { color: var(--soft); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.25rem; margin: 0 0 1rem; min-width: 0; }
.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
.cards .card { margin: 0; }
.cards + .card, .card + .cards { margin-top: 1rem; }
.stack { display: grid; gap: 1rem; align-content: start; min-width: 0; }
.cards th, .cards td { padding-inline: .3rem; }
.cards th:first-child { padding-left: 0; white-space: normal; }
.cards td:last-child { padding-right: 0; }
.scroll { overflow-x: auto; margin: 0 -.25rem; padding: 0 .25rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: .5rem; font-size: .875rem; }
th, td { text-align: right; padding: .4rem .6rem; border-bottom: 1px solid var(--line); white-space: nowrap; vertical-align: middle; }
thead th { font-size: .8rem; font-weight: 600; color: var(--soft); border-bottom-width: 2px; }
tbody tr:last-child > * { border-bottom: 0; }
th:first-child, td:first-child, .left { text-align: left; }
th[scope=row] { font-weight: 500; }
td.text { text-align: left; white-space: normal; overflow-wrap: anywhere; min-width: 9rem; }
th button { all: unset; cursor: pointer; }
th button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
th[aria-sort=ascending] button::after { content: " ↑"; }
th[aria-sort=descending] button::after { content: " ↓"; }
.best { font-weight: 700; color: var(--good); }
.good { color: var(--good); } .bad { color: var(--bad); } .open { color: var(--open); }
.confusion td, .confusion th { border: 0; }
.confusion td { font-size: 1.35rem; font-weight: 600; text-align: center; padding: .7rem .5rem; border: 3px solid var(--card); border-radius: 9px; }
.confusion td.good { background: var(--good-wash); } .confusion td.bad { background: var(--bad-wash); } .confusion td.open { background: var(--open-wash); }
.confusion { table-layout: fixed; }
.confusion thead th { text-align: center; white-space: normal; vertical-align: bottom; }
.confusion thead th:first-child, .confusion tbody th { text-align: left; padding-left: 0; width: 22%; }
.tag { display: inline-block; padding: .05rem .5rem; border-radius: 99px; font-size: .8rem; font-weight: 600; }
.tag.good { background: var(--good-wash); } .tag.bad { background: var(--bad-wash); } .tag.open { background: var(--open-wash); }
code { font: .85em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
svg { display: block; max-width: 100%; height: auto; }
svg.inline { display: inline-block; vertical-align: middle; max-width: none; }
.share { display: inline-flex; gap: .5rem; align-items: center; }
svg text { fill: var(--soft); font-size: 11px; font-family: inherit; }
.grid-line { stroke: var(--line); stroke-width: 1; }
.ideal { stroke: var(--soft); stroke-width: 1.25; stroke-dasharray: 4 4; }
.gap { stroke: var(--bad); stroke-width: 2; opacity: .55; }
.dot { fill: var(--accent); stroke: var(--card); stroke-width: 1.5; }
.bar { fill: var(--accent); } .bar.good { fill: var(--good); } .bar.bad { fill: var(--bad); } .bar.open { fill: var(--open); }
.track { fill: var(--track); }
.reach { stroke: var(--ink); stroke-width: 1.5; opacity: .65; }
.bin { fill: var(--accent); opacity: .3; }
details > summary { cursor: pointer; font-weight: 600; }
details[open] > summary { margin-bottom: .75rem; }
footer { margin-top: 3rem; font-size: .875rem; color: var(--soft); }
@media (max-width: 40rem) { main { padding: 1.25rem .8rem 3rem; } .card { padding: .9rem; } body { font-size: 14px; } th, td { padding: .35rem .45rem; } }
@media print { .card { break-inside: avoid; } }
`;

/** Heads of tables become buttons that sort by the cells' `data-value`, or by their text. */
export const PAGE_SCRIPT = `
for (const table of document.querySelectorAll('table.sortable')) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const up = head.getAttribute('aria-sort') === 'descending';
      heads.forEach((other) => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      const key = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
      const compare = (a, b) => {
        const left = key(a), right = key(b);
        const byNumber = Number(left) - Number(right);
        return (Number.isNaN(byNumber) ? left.localeCompare(right) : byNumber) * (up ? 1 : -1);
      };
      table.tBodies[0].append(...[...table.tBodies[0].rows].sort(compare));
    });
  });
}
`;
