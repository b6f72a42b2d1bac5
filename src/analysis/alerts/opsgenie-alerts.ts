import * as z from 'zod';
import type {Alert} from './alert.ts';
import {labelsSchema, momentOf, severityOfWord, words} from './alert-words.ts';
import {type Labels, objectsOf} from './objects-of.ts';

const text = z.string().transform(words);

/** @see https://support.atlassian.com/opsgenie/docs/opsgenie-edge-connector-alert-action-data/ */
export const opsgenieWebhook = z.object({
	action: z.string(),
	alert: z.object({
		alertId: text,
		message: text.optional(),
		description: text.nullish(),
		tags: z.array(text).max(1000).nullish(),
		details: labelsSchema.nullish(),
		priority: z.string().nullish(),
		createdAt: z.number().nullish(),
	}),
});

/** What an action says of the alert; of the others nothing is learned. */
const states: {readonly [action: string]: Alert['state']} = {
	create: 'firing',
	updatepriority: 'firing',
	close: 'resolved',
	delete: 'resolved',
};

/** Integrations with Alertmanager write labels as tags, `namespace=shop` or `namespace:shop`. */
const ofTags = (tags: readonly string[]): Labels =>
	Object.fromEntries(tags.flatMap(tag => [[...(/^([\w.]+)[=:](.+)$/.exec(tag) ?? [])].slice(1)]).filter(pair => pair.length === 2));

/** The alert of a webhook call; none where the action does not tell whether it fires. */
export function fromOpsgenie({action, alert}: z.output<typeof opsgenieWebhook>): readonly Alert[] {
	const state = states[action.toLowerCase()];
	if (state === undefined) return [];
	const {alertId, message, description, tags, details, priority, createdAt} = alert;
	const labels = {...ofTags(tags ?? []), ...details};
	return [
		{
			source: 'opsgenie',
			id: alertId,
			name: message ?? 'alert',
			severity: severityOfWord(priority ?? labels.severity),
			summary: description ?? '',
			startedMs: momentOf(createdAt ?? undefined),
			state,
			objects: objectsOf(labels),
		},
	];
}
