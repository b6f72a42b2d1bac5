import * as z from 'zod';
import type {Alert} from './alert.ts';
import {labelsSchema, momentOf, severityOfWord, words} from './alert-words.ts';
import {type Labels, objectsOf} from './objects-of.ts';

const common = {
	labels: labelsSchema,
	annotations: labelsSchema.default({}),
	startsAt: z.string().optional(),
	fingerprint: z.string().max(200).optional(),
};

/** @see https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export const alertmanagerWebhook = z.object({
	version: z.literal('4'),
	alerts: z.array(z.object({...common, status: z.enum(['firing', 'resolved'])})).max(10_000),
});

/** @see https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml, `gettableAlerts` */
export const alertmanagerList = z.array(z.object({...common, status: z.object({state: z.enum(['unprocessed', 'active', 'suppressed'])})}));

/** They fire always, to show that alerts get through, or to keep others quiet. */
const noTrouble = new Set(['Watchdog', 'InfoInhibitor']);

type Given = {
	readonly labels: Labels;
	readonly annotations: Labels;
	readonly startsAt?: string | undefined;
	readonly fingerprint?: string | undefined;
};

function alertOf({labels, annotations, startsAt, fingerprint}: Given, state: Alert['state']): Alert {
	const name = labels.alertname ?? 'alert';
	return {
		source: 'alertmanager',
		// Older ones send no fingerprint: an alert is its labels.
		id: words(fingerprint ?? JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))),
		name,
		severity: severityOfWord(labels.severity),
		summary: annotations.summary || annotations.description || annotations.message || '',
		startedMs: momentOf(startsAt),
		state,
		objects: objectsOf(labels),
	};
}

const isTrouble = ({name}: Alert) => !noTrouble.has(name);

/** Alerts of a webhook call. */
export const fromAlertmanagerWebhook = ({alerts}: z.output<typeof alertmanagerWebhook>): readonly Alert[] =>
	alerts.map(each => alertOf(each, each.status)).filter(isTrouble);

/** Alerts that fire now, as the API lists them. Whoever silenced one knows of it. */
export const fromAlertmanagerList = (list: z.output<typeof alertmanagerList>): readonly Alert[] =>
	list
		.filter(({status}) => status.state !== 'suppressed')
		.map(each => alertOf(each, 'firing'))
		.filter(isTrouble);
