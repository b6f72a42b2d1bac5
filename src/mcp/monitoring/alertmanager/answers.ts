import * as z from 'zod';

const labels = z.record(z.string(), z.string());

/** @see https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
export const alertsAnswer = z.array(
	z.object({
		fingerprint: z.string(),
		labels,
		annotations: labels.default({}),
		startsAt: z.string(),
		endsAt: z.string(),
		updatedAt: z.string(),
		generatorURL: z.string().default(''),
		status: z.object({
			state: z.enum(['active', 'suppressed', 'unprocessed']),
			silencedBy: z.array(z.string()),
			inhibitedBy: z.array(z.string()),
		}),
		receivers: z.array(z.object({name: z.string()})),
	}),
);

export const silenceAnswer = z.object({
	id: z.string(),
	matchers: z.array(z.object({name: z.string(), value: z.string(), isRegex: z.boolean(), isEqual: z.boolean().default(true)})),
	startsAt: z.string(),
	endsAt: z.string(),
	updatedAt: z.string(),
	createdBy: z.string(),
	comment: z.string(),
	status: z.object({state: z.enum(['active', 'pending', 'expired'])}),
});

export const createdAnswer = z.object({silenceID: z.string().min(1)});

export const statusAnswer = z.object({
	versionInfo: z.object({version: z.string()}),
	uptime: z.string(),
	cluster: z.object({status: z.string(), peers: z.array(z.unknown()).nullish()}),
	config: z.object({original: z.string()}),
});
