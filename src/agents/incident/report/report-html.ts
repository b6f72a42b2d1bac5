import {htmlText} from '../../../core/text/html-text.ts';
import type {ReportDocument, Section} from './report-document.ts';

/** No script, nothing from elsewhere: the file is read offline, printed, and sent by mail. */
const style = `
:root{color-scheme:light dark;--text:light-dark(#1b1f24,#e6e8eb);--ground:light-dark(#fff,#16181c);--dim:light-dark(#59636e,#9aa4af);--line:light-dark(#d0d7de,#3d444d)}
body{margin:0 auto;padding:24px;max-width:60rem;font:16px/1.5 system-ui,sans-serif;color:var(--text);background:var(--ground);overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.15rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}
.lead{font-weight:600}table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line)}
th{font-weight:400;color:var(--dim);width:13rem;unicode-bidi:isolate}td{unicode-bidi:isolate}footer{margin-top:2rem;color:var(--dim);font-size:.875rem}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:11pt}h2{break-after:avoid}tr,li{break-inside:avoid}}
`;

const row = ([term, text]: Section['rows'][number]) =>
	term === ''
		? `<tr><td colspan="2">${htmlText(text)}</td></tr>`
		: `<tr><th scope="row">${htmlText(term)}</th><td>${htmlText(text)}</td></tr>`;

function section({title, rows}: Section): string {
	const isList = rows.every(([term]) => term === '');
	const body = isList
		? `<ul>${rows.map(([, text]) => `<li>${htmlText(text)}</li>`).join('')}</ul>`
		: `<table>${rows.map(row).join('')}</table>`;
	return `<section><h2>${htmlText(title)}</h2>${body}</section>`;
}

/** The report as one file. */
export const reportHtml = ({title, lead, sections, foot}: ReportDocument): string =>
	[
		'<!doctype html>',
		'<html lang="en">',
		'<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
		`<title>${htmlText(title)}</title><style>${style}</style></head>`,
		`<body><main><h1>${htmlText(title)}</h1><p class="lead">${htmlText(lead)}</p>`,
		...sections.map(section),
		`</main><footer>${htmlText(foot)}</footer></body>`,
		'</html>',
	].join('\n');
