import * as z from 'zod';
import type {Rule, RuleAlert} from '../port.ts';
import {labels, number, success} from './answers.ts';
import type {Ask} from './asking.ts';

const none = {};

const rule = z.object({
	type: z.enum(['alerting', 'recording']),
	name: z.string(),
	query: z.string(),
	duration: z.number().default(0),
	keepFiringFor: z.number().default(0),
	labels: labels.nullish(),
	annotations: labels.nullish(),
	state: z.string().optional(),
	health: z.string().default('unknown'),
	lastError: z.string().default(''),
	evaluationTime: z.number().default(0),
});

const rulesAnswer = success(
	z.object({
		groups: z
			.array(z.object({name: z.string(), file: z.string().default(''), interval: z.number().default(0), rules: z.array(rule)}))
			.nullish(),
	}),
);

/** Every rule that the server evaluates, with its health. */
export async function readRules(ask: Ask): Promise<readonly Rule[]> {
	const {data} = await ask({name: 'rules', parameters: {}, about: 'all rules', what: 'rules'}, rulesAnswer);
	return (data.groups ?? []).flatMap(({name: group, file, interval, rules}) =>
		rules.map(one => ({
			...{group, file, kind: one.type, name: one.name, query: one.query},
			...{labels: one.labels ?? none, annotations: one.annotations ?? none},
			...{forSeconds: one.duration, keepFiringSeconds: one.keepFiringFor, intervalSeconds: interval},
			...{state: one.state, health: one.health, lastError: one.lastError, evaluationSeconds: one.evaluationTime},
		})),
	);
}

const alertsAnswer = success(
	z.object({
		alerts: z
			.array(z.object({labels, annotations: labels.nullish(), state: z.string(), activeAt: z.string().nullish(), value: number}))
			.nullish(),
	}),
);

/** Alerts that are pending or firing. */
export async function readAlerts(ask: Ask): Promise<readonly RuleAlert[]> {
	const {data} = await ask({name: 'alerts', parameters: {}, about: 'all alerts', what: 'alerts'}, alertsAnswer);
	return (data.alerts ?? []).map(({activeAt, annotations, ...alert}) => ({
		...alert,
		annotations: annotations ?? none,
		activeAtMs: Date.parse(activeAt ?? ''),
	}));
}
