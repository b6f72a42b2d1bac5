import * as z from 'zod';
import {isJsonObject, type Json} from '../../core/json.ts';
import {shortLine} from '../../core/text/short-line.ts';
import type {Alert} from './alert.ts';
import {alertmanagerList, alertmanagerWebhook, fromAlertmanagerList, fromAlertmanagerWebhook} from './alertmanager-alerts.ts';
import {fromOpsgenie, opsgenieWebhook} from './opsgenie-alerts.ts';
import {fromPagerduty, pagerdutyWebhook} from './pagerduty-alerts.ts';

/** What was sent as alerts, or why it is none, in words for whoever set the sender up. */
export type ReadAlerts = {readonly alerts: readonly Alert[]} | {readonly refused: string};

function readAs<Schema extends z.ZodType>(
	title: string,
	schema: Schema,
	alertsOf: (read: z.output<Schema>) => readonly Alert[],
	body: Json,
): ReadAlerts {
	const read = schema.safeParse(body);
	if (read.success) return {alerts: alertsOf(read.data)};
	const [issue] = read.error.issues;
	const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${z.core.toDotPath(issue.path)}`;
	return {refused: shortLine(`This looks like ${title}, and does not read as one${where}: ${issue?.message}`, 300)};
}

/** Reads a webhook call of Alertmanager (version 4), PagerDuty (version 3) or Opsgenie: its shape tells whose it is. */
export function readAlerts(body: Json): ReadAlerts {
	if (isJsonObject(body)) {
		if ('alerts' in body) return readAs('a webhook of Alertmanager', alertmanagerWebhook, fromAlertmanagerWebhook, body);
		if ('event' in body) return readAs('a webhook of PagerDuty', pagerdutyWebhook, fromPagerduty, body);
		if ('alert' in body && 'action' in body) return readAs('a webhook of Opsgenie', opsgenieWebhook, fromOpsgenie, body);
	}
	return {refused: 'Expected a webhook of Alertmanager (version 4), PagerDuty (version 3) or Opsgenie'};
}

/** Reads what `/api/v2/alerts` of an Alertmanager lists: those that fire now. */
export const readAlertList = (body: Json): ReadAlerts => readAs('a list of alerts', alertmanagerList, fromAlertmanagerList, body);
