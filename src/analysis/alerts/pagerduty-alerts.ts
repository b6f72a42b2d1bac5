import * as z from 'zod';
import type {Alert} from './alert.ts';
import {labelsSchema, momentOf, severityOfWord, words} from './alert-words.ts';
import {objectsOf} from './objects-of.ts';

const text = z.string().transform(words);

const incident = z.object({
	id: text,
	status: z.enum(['triggered', 'acknowledged', 'resolved']),
	title: text.optional(),
	summary: text.optional(),
	urgency: z.string().nullish(),
	priority: z.object({summary: z.string().nullish()}).nullish(),
	created_at: z.string().nullish(),
	service: z.object({summary: text.nullish()}).nullish(),
	body: z.object({details: labelsSchema.nullish().catch(undefined)}).nullish(),
});

/**
 * Of the events of an incident those that tell its status; notes, responders and the like tell nothing of it.
 * @see https://developer.pagerduty.com/docs/webhooks-overview, version 3
 */
export const pagerdutyWebhook = z.object({
	event: z.object({
		event_type: z.string(),
		data: z.union([incident, z.record(z.string(), z.unknown()).transform(() => undefined)]),
	}),
});

/** The alert of a webhook call; none where the event tells no status of an incident. */
export function fromPagerduty({event: {event_type: type, data}}: z.output<typeof pagerdutyWebhook>): readonly Alert[] {
	if (data === undefined || !type.startsWith('incident.')) return [];
	const {id, status, title, summary, urgency, priority, created_at: createdAt, service, body} = data;
	return [
		{
			source: 'pagerduty',
			id,
			name: title ?? summary ?? 'incident',
			severity: severityOfWord(priority?.summary ?? urgency ?? undefined),
			summary: service?.summary ?? '',
			startedMs: momentOf(createdAt ?? undefined),
			// Whoever acknowledged it has not mended it.
			state: status === 'resolved' ? 'resolved' : 'firing',
			objects: objectsOf(body?.details ?? {}),
		},
	];
}
