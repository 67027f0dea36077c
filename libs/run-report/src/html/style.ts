// The looks of the HTML report: on a screen one column with its contents beside it, on paper pages of A4.
export const style = `
:root{--ink:#1f2937;--muted:#4b5563;--rule:#d1d5db;--accent:#115e59;--pale:#e6f2f0}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:#fff;font:15px/1.55 "Source Sans 3","Source Sans Pro",system-ui,"DejaVu Sans",sans-serif}
.layout{max-width:1180px;margin:0 auto;padding:0 24px;display:grid;grid-template-columns:220px minmax(0,1fr);gap:40px}
header.title{grid-column:1/-1;background:var(--accent);color:#fff;margin:0 -24px;padding:44px 40px 36px}
header.title .kicker{margin:0;font-size:14px;letter-spacing:.04em}
header.title h1{margin:6px 0 2px;font-size:34px;line-height:1.15}
header.title .subtitle{margin:0;font-size:16px}
nav{position:sticky;top:0;align-self:start;padding:28px 0;font-size:14px}
nav h2{font-size:13px;margin:0 0 8px;color:var(--muted)}
nav ol{list-style:none;margin:0;padding:0}
nav li{margin:0 0 7px;line-height:1.3}
nav a{color:var(--accent);text-decoration:none}
nav a:hover,nav a:focus{text-decoration:underline}
main{padding:28px 0 80px;min-width:0}
section{margin:0 0 52px}
h2{font-size:23px;line-height:1.25;margin:0 0 14px;padding-top:10px;border-top:3px solid var(--accent)}
h3{font-size:17px;margin:28px 0 8px}
p{max-width:46em;margin:0 0 12px}
.note{font-size:13.5px;color:var(--muted)}
.claim{background:var(--pale);border-left:4px solid var(--accent);padding:12px 16px;margin:0 0 14px}
.claim p{margin:0}.claim .text{font-size:17px;font-weight:600;line-height:1.4}.claim .detail{margin-top:5px;font-size:14px}
dl{display:grid;grid-template-columns:minmax(10em,15em) minmax(0,1fr);gap:5px 18px;margin:0 0 18px}
dt{color:var(--muted)}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}
.scroll{overflow-x:auto;margin:0 0 22px}
table{border-collapse:collapse;width:100%;font-size:13.5px;line-height:1.4}
caption{text-align:left;font-weight:600;padding:0 0 6px;font-size:14.5px}
th,td{text-align:left;vertical-align:top;padding:5px 10px 5px 0;border-bottom:1px solid var(--rule);overflow-wrap:anywhere;white-space:pre-line}
th{border-bottom:1.5px solid var(--ink);font-weight:600}
.right{text-align:right;font-variant-numeric:tabular-nums}
figure{margin:0 0 22px;break-inside:avoid}
figcaption{font-weight:600;font-size:14.5px;margin:0 0 6px}
figure svg{display:block;width:100%;max-width:780px;height:auto}
.signatures{display:grid;grid-template-columns:repeat(3,1fr);gap:28px;margin:44px 0 18px}
.signatures div{border-top:1px solid var(--ink);padding-top:5px;font-size:13.5px;color:var(--muted)}
@media (max-width:820px){.layout{grid-template-columns:1fr;gap:0}nav{position:static}.signatures{grid-template-columns:1fr}}
@page{size:A4;margin:18mm 17mm}
@media print{body{font-size:10pt}.layout{display:block;padding:0;max-width:none}nav{display:none}
header.title{margin:0;print-color-adjust:exact;-webkit-print-color-adjust:exact}.claim{print-color-adjust:exact;-webkit-print-color-adjust:exact}
main section{break-before:page}.scroll{overflow:visible}table{font-size:8pt}tr{break-inside:avoid}thead{display:table-header-group}
h2,h3,caption,figcaption{break-after:avoid}}
`;
