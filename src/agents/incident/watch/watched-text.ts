import type {News} from '../../../analysis/detection/live/course.ts';
import type {Watched} from '../../../analysis/detection/live/watched.ts';
import type {Finding} from '../../../core/finding.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {age} from '../../../core/text/age.ts';
import {someOf} from '../../../core/text/count.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {shortLine} from '../../../core/text/short-line.ts';
import {type ToldIncident, toldIncident} from '../told-incident.ts';

/** Characters of a text of others that a line quotes. */
const mostQuoted = 200;

const sourceNames = {alertmanager: 'Alertmanager', pagerduty: 'PagerDuty', opsgenie: 'Opsgenie'} as const;

/** Words of others, as what they are. */
const quoted = (text: string) => JSON.stringify(shortLine(text, mostQuoted));

/** `Service shop/web (selector-fits-no-pod): …`; of an alert that no incident explains what it says. */
export function titleOf({incident, title, alerts: [alert]}: Watched): string {
	if (incident !== undefined) {
		const {id, resource, cause} = incident.cause;
		return oneLine(`${refText(resource)} (${id}): ${cause.en}`);
	}
	if (alert === undefined) return title ?? 'Something that nobody names';
	const [about] = alert.objects;
	const where = about === undefined ? '' : `${refText({apiVersion: '', ...about})} `;
	return oneLine(
		`${where}(alert-only): ${sourceNames[alert.source]} says ${quoted(alert.name)}${alert.summary === '' ? '' : `, ${quoted(alert.summary)}`}`,
	);
}

/** One piece of news as programs read it: a line of JSON. */
export type ToldNews = {
	readonly kind: 'incident';
	readonly news: News<Watched>['kind'];
	/** ISO 8601, UTC, as all times here. */
	readonly at: string;
	/** Of its record; undefined where none could be kept. */
	readonly id?: string | undefined;
	readonly key: string;
	readonly severity: Finding['severity'];
	readonly title: string;
	readonly beganAt: string;
	readonly detectedAt: string;
	readonly lastedMs: number;
	/** How often it came. */
	readonly times: number;
	readonly alerts: readonly {readonly source: string; readonly name: string; readonly summary: string}[];
	readonly incident?: ToldIncident | undefined;
};

/** News of a watch as they are told, to whomever. */
export function toldNews(
	{kind, seen, atMs, firstMs, lastedMs, times}: News<Watched>,
	more: {readonly id: string | undefined; readonly beganMs: number},
): ToldNews {
	const {key, severity, incident, alerts} = seen;
	return {
		kind: 'incident',
		news: kind,
		at: new Date(atMs).toISOString(),
		...(more.id === undefined ? {} : {id: more.id}),
		key,
		severity,
		title: titleOf(seen),
		beganAt: new Date(more.beganMs).toISOString(),
		detectedAt: new Date(firstMs).toISOString(),
		lastedMs,
		times,
		alerts: alerts.map(({source, name, summary}) => ({source, name: oneLine(name), summary: shortLine(summary, mostQuoted)})),
		...(incident === undefined ? {} : {incident: toldIncident(incident)}),
	};
}

const signs = {raised: '+', still: '=', graver: '!', healed: '-'} as const;

/** `+ high Service shop/web (selector-fits-no-pod): …`, and how long it lasted where that is news. */
export function newsText({news, severity, title, lastedMs, times, alerts, incident}: ToldNews): string {
	const often = times > 1 ? `, came ${times} times` : '';
	const after = {
		raised: '',
		still: ` is still there after ${age(lastedMs)}${often}`,
		graver: ` grew graver after ${age(lastedMs)}${often}`,
		healed: ` healed after ${age(lastedMs)}${often}`,
	}[news];
	const told =
		incident === undefined || alerts.length === 0
			? ''
			: ` (${someOf(alerts.map(({name}) => name))} ${alerts.length === 1 ? 'tells' : 'tell'} of it too)`;
	// Of what is known already its name is enough.
	const subject = news === 'raised' || !title.includes('): ') ? title : title.slice(0, title.indexOf('): ') + 1);
	return `${signs[news]} ${severity} ${subject}${after}${told}`;
}
