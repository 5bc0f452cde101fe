/**
 * Light or dark as the reader prefers, always light in print. Everyone can tell this blue from this orange.
 */
export const style = `
:root { color-scheme: light dark; --ink: #1d2129; --faint: #5b6472; --line: #d5dae1; --page: #fff; --genuine: #1f6fb4; --impostor: #c9620a; --mark: #b3261e; --third: #00795c; --fourth: #8e4585; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaee; --faint: #a5adba; --line: #3a414c; --page: #15181d; --genuine: #6db3f2; --impostor: #f2a154; --mark: #ff8a80; --third: #3fc9a0; --fourth: #dd9bd6; }
}
@page { size: A4; margin: 15mm; }
@media print {
  :root { color-scheme: light; --ink: #000; --faint: #444; --line: #bbb; --page: #fff; --genuine: #1f6fb4; --impostor: #c9620a; --mark: #b3261e; --third: #00795c; --fourth: #8e4585; }
  svg rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.6 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic', sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; } h3 { font-size: 1rem; }
[lang=en] { color: var(--faint); font-size: .85em; font-weight: normal; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .5rem; text-align: left; vertical-align: top; }
tbody th { font-weight: normal; } caption { text-align: left; padding: .6rem 0; }
.figures { font-size: .8rem; line-height: 1.4; margin: 1rem 0; } .figures td, .sides td, .sides thead th { white-space: nowrap; }
.figures thead [lang=en] { display: block; } .figures tr:has([scope=rowgroup]) th { border-bottom: 0; padding-top: .8rem; }
figure { margin: 2rem 0; } figcaption { margin-bottom: .4rem; }
svg { width: 100%; height: auto; font-size: 12px; } svg text { fill: var(--ink); }
.grid { stroke: var(--line); } .edge { stroke: var(--faint); fill: none; }
.equal { stroke: var(--faint); stroke-dasharray: 3 5; }
.curve { fill: none; stroke: var(--genuine); stroke-width: 2.5; stroke-linejoin: round; }
.curve-1, .curve-5 { stroke: var(--impostor); } .curve-2, .curve-6 { stroke: var(--third); } .curve-3, .curve-7 { stroke: var(--fourth); }
.tag { fill: var(--page); stroke: var(--ink); }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .9rem; }
.legend .line { width: 56px; height: 16px; vertical-align: middle; margin-right: .5rem; }
.genuine { fill: var(--genuine); } .impostor { fill: var(--impostor); }
.threshold { stroke: var(--mark); stroke-width: 2; stroke-dasharray: 6 4; }
@media print {
  body { font-size: 10pt; line-height: 1.4; } main { max-width: none; padding: 0; } figure { margin: 4mm 0; } th, td { padding: .2rem .5rem; }
  figure, table { break-inside: avoid; } h2, h3 { break-after: avoid; }
  svg[role=img] { max-height: 92mm; }
}
`;
