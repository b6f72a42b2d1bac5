/** How a page looks: by light and by dark, on a phone and on a wall. Nothing of it is fetched. */
export const pageStyle = `
:root{color-scheme:light dark;--ink:light-dark(#1b1f24,#e6e9ed);--dim:light-dark(#5c6570,#9aa4b0);--paper:light-dark(#f4f5f7,#111418);
--card:light-dark(#fff,#1a1e24);--edge:light-dark(#d9dde3,#2c323a);--warn:light-dark(#9a5b00,#f0b040);--bad:light-dark(#b3261e,#ff7a70);
--c0:light-dark(#1f6feb,#6cb2ff);--c1:light-dark(#b35900,#ffab5e);--c2:light-dark(#1a7f4b,#62d394);--c3:light-dark(#8250df,#c39bff);
--c4:light-dark(#b3246b,#ff8fc4);--c5:light-dark(#0b7285,#5ad1e0)}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.45 system-ui,sans-serif}
main{max-width:1500px;margin:0 auto;padding:1rem}
h1{font-size:1.35rem;margin:0}
h2{font-size:1.05rem;margin:1.4rem 0 .6rem;color:var(--dim);font-weight:600}
h3{font-size:1rem;margin:0;display:flex;gap:.6rem;justify-content:space-between;align-items:baseline}
h3 b{font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}
p{margin:.25rem 0;overflow-wrap:anywhere}
.dim,.about{color:var(--dim)}
.about{font-size:.85rem;min-height:2.4em}
.grid-of-panels{display:grid;gap:.8rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));align-items:start}
article{background:var(--card);border:1px solid var(--edge);border-radius:8px;padding:.8rem;min-width:0}
article.warn{border-color:var(--warn)}article.bad{border-color:var(--bad)}
.level{font-size:.85rem;font-weight:600}.warn .level,.trouble{color:var(--warn)}.bad .level{color:var(--bad)}
.plot{display:grid;grid-template-columns:max-content 1fr;column-gap:.5rem;margin:.8rem 0 .5rem;font-size:.75rem;color:var(--dim);font-variant-numeric:tabular-nums}
.y{display:flex;flex-direction:column;justify-content:space-between;text-align:right;line-height:1;margin:-.4em 0}
.x{grid-column:2;display:flex;justify-content:space-between;padding-top:.5rem}
svg{display:block;width:100%;height:130px;overflow:visible}
svg path{fill:none;vector-effect:non-scaling-stroke;stroke-width:1.7;stroke-linejoin:round;stroke-linecap:round}
svg .grid{stroke:var(--edge);stroke-width:1}svg .bound{stroke:var(--dim);stroke-dasharray:5 4}
svg .warn{stroke:var(--warn);stroke-width:1;stroke-dasharray:2 4}svg .bad{stroke:var(--bad);stroke-width:1;stroke-dasharray:2 4}
svg .version{stroke:var(--ink);stroke-width:1;stroke-dasharray:1 3}
svg .c0{stroke:var(--c0)}svg .c1{stroke:var(--c1)}svg .c2{stroke:var(--c2)}svg .c3{stroke:var(--c3)}svg .c4{stroke:var(--c4)}svg .c5{stroke:var(--c5)}
table{width:100%;border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums}
th{font-weight:400;color:var(--dim);text-align:right}td{text-align:right;white-space:nowrap;padding-left:.6rem}
th:first-child,td:first-child{text-align:left;white-space:normal;overflow-wrap:anywhere;padding-left:0}
i{display:inline-block;width:.9em;height:0;border-top:3px solid;margin-right:.45em;vertical-align:.25em}
i.c0{color:var(--c0)}i.c1{color:var(--c1)}i.c2{color:var(--c2)}i.c3{color:var(--c3)}i.c4{color:var(--c4)}i.c5{color:var(--c5)}
i.bound{color:var(--dim);border-top:2px dashed}
details{margin-top:.5rem;font-size:.8rem;color:var(--dim)}
pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.4rem 0;font:.95em/1.4 ui-monospace,monospace}
ul{margin:.3rem 0;padding-left:1.2rem}
@media print{body{background:#fff}article{break-inside:avoid}details{display:none}}
`.trim();
