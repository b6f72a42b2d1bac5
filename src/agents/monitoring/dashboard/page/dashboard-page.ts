import {type DashboardPicture, type PanelPicture, panelLevel, type SeriesPicture} from '../../../../core/dashboard/dashboard-picture.ts';
import {valueText} from '../../../../core/dashboard/value-text.ts';
import {age} from '../../../../core/text/age.ts';
import {htmlText} from '../../../../core/text/html-text.ts';
import {liveScript, liveScriptHash} from './live-script.ts';
import {pageStyle} from './page-style.ts';
import {colours, panelSvg} from './panel-svg.ts';

/** A panel with what its server was asked. */
type PagePanel = PanelPicture & {readonly queries: readonly string[]};
export type PagePicture = Omit<DashboardPicture, 'panels'> & {readonly panels: readonly PagePanel[]};

const utc = (iso: string) => `${iso.slice(0, 19).replace('T', ' ')} UTC`;

function seriesTable({series, unit, leftOut}: PagePanel): string {
	const text = (value: number | null) => (value === null ? 'none' : htmlText(valueText(value, unit)));
	const css = (one: SeriesPicture, at: number) => (one.isBound ? 'bound' : `c${at % colours}`);
	const rows = series.map(
		(one, at) =>
			`<tr><td><i class="${css(one, at)}"></i>${htmlText(one.legend)}</td><td>${text(one.now)}</td><td>${text(one.mean)}</td><td>${text(one.most)}</td></tr>`,
	);
	const more = leftOut === 0 ? '' : `<tr><td colspan="4">and ${leftOut} more series</td></tr>`;
	return `<table><tr><th></th><th>now</th><th>mean</th><th>most</th></tr>${rows.join('')}${more}</table>`;
}

/** The mark of the gravest threshold that is reached, in words. */
function levelText(panel: PagePanel): string {
	const level = panelLevel(panel);
	const reached = panel.thresholds.filter(each => each.level === level).map(({at}) => valueText(at, panel.unit));
	return level === 'well' ? '' : `<p class="level">${level === 'bad' ? '✗' : '!'} at or above ${htmlText(reached[0] ?? '')}</p>`;
}

const isStill = ({series}: PagePanel) => series.every(({values}) => values.every(value => value === null || value === 0));

function panelArticle(panel: PagePanel, picture: PagePicture): string {
	const {title, about, name, queries, series, unit, leftOut} = panel;
	const [first] = series;
	const now = series.length === 1 && leftOut === 0 && first?.now != null ? `<b>${htmlText(valueText(first.now, unit))}</b>` : '';
	const span = age(Date.parse(picture.to) - Date.parse(picture.from));
	return [
		`<article class="${panelLevel(panel)}"><h3><span>${htmlText(title)}</span>${now}</h3><p class="about">${htmlText(about)}</p>`,
		levelText(panel),
		isStill(panel) ? `<p>none in ${span}</p>` : panelSvg(panel, picture),
		seriesTable(panel),
		`<details id="q-${htmlText(name)}"><summary>What is asked</summary>${queries.map(query => `<pre>${htmlText(query)}</pre>`).join('')}</details>`,
		'</article>',
	].join('');
}

function leftOutList({leftOut}: PagePicture): string {
	if (leftOut.length === 0) return '';
	const items = leftOut.map(({what, why}) => `<li>${htmlText(what)}: ${htmlText(why)}</li>`);
	return `<h2>Left out, because no series answers</h2><ul class="dim">${items.join('')}</ul>`;
}

/** All that a served page is sent anew. */
export function pageBody(picture: PagePicture, isLive: boolean): string {
	const {title, context, source, from, to, readAt, rolledOutAt, trouble, panels, stepSeconds} = picture;
	const kind = isLive ? 'Live: drawn again as new samples come.' : 'A snapshot: it does not change.';
	const version = rolledOutAt === undefined ? '' : ` This version began ${utc(rolledOutAt)}.`;
	return [
		`<header><h1>${htmlText(title)} in ${htmlText(context)}</h1>`,
		`<p>Read ${utc(readAt)}. ${kind}</p>`,
		`<p class="dim">${utc(from)} to ${utc(to)}, a point each ${age(stepSeconds * 1000)}, by ${htmlText(source)}.${version} Times are UTC.</p>`,
		trouble === undefined ? '' : `<p class="trouble">! Not read since: ${htmlText(trouble)}</p>`,
		'</header>',
		panels.length === 0 ? '<p>Nothing of this is measured, so there is no panel.</p>' : '',
		...[...Map.groupBy(panels, ({section}) => section)].map(
			([section, list]) =>
				`<section><h2>${htmlText(section)}</h2><div class="grid-of-panels">${list.map(panel => panelArticle(panel, picture)).join('')}</div></section>`,
		),
		leftOutList(picture),
	].join('\n');
}

/** What a page may do: draw itself, and if it is served ask its own server. */
const policyOf = (isLive: boolean) =>
	`default-src 'none'; style-src 'unsafe-inline'${isLive ? `; script-src '${liveScriptHash}'; connect-src 'self'` : ''}`;

/**
 * A dashboard as one file that fetches nothing: no script, no font, no picture of others. Words of third parties are escaped.
 * @param isLive for a page that is served, which is sent its body anew by `events` beside it
 */
export const dashboardPage = (picture: PagePicture, {isLive = false}: {readonly isLive?: boolean} = {}): string =>
	`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policyOf(isLive)}"><meta name="referrer" content="no-referrer">
<title>${htmlText(picture.title)}</title><link rel="icon" href="data:,"><style>${pageStyle}</style></head>
<body><main>
${pageBody(picture, isLive)}
</main>${isLive ? `<p id="state" class="trouble" hidden>! mkcoa does not answer any more: what is shown is what came last.</p><script>${liveScript}</script>` : ''}</body></html>`;
