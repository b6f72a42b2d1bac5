import * as z from 'zod';
import {type Context, readTool} from '../../../core/tool.ts';
import {deploymentInput} from '../../deploy/inputs.ts';
import {alertFindings, alertsSchema, alertsText, toldAlert} from '../alerts/firing/alerts-output.ts';
import {readAlerts} from '../alerts/firing/read-alerts.ts';
import {durationOf, timeText} from '../duration-of.ts';
import type {MonitoringPorts} from '../ports.ts';

const input = z
	.object({
		namespace: deploymentInput.shape.namespace.describe('Alerts of one namespace; all if left out'),
		since: timeText.default('7d').describe('How far back to count how often each was active'),
		limit: z.number().int().min(1).max(1000).default(100).describe('Alerts at most, the gravest first'),
	})
	.meta({examples: ['mkcoa monitor alerts', 'mkcoa monitor alerts -n shop --fail-on critical']});

export const alertsList = readTool({
	name: 'alerts_list',
	summary: 'Lists alerts that fire or are pending, with silences, since when, what about, how often lately; alerts_create makes new ones',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['monitor', 'alerts'],
	positionals: [],
	input,
	output: alertsSchema,
	findings: alertFindings,
	text: alertsText,

	async run({namespace, since, limit}: z.output<typeof input>, {ports}: Context<MonitoringPorts>) {
		// Before anything is asked: nobody would wait for a question that was asked already.
		const sinceMs = durationOf(since);
		const [{context}, {sources, alerts, notChecked}] = await Promise.all([
			ports.cluster.target(namespace),
			readAlerts(ports.monitoring, sinceMs),
		]);
		const wanted = alerts.filter(({labels}) => namespace === undefined || labels.namespace === namespace);
		return {
			...{context, sources: [...sources], since},
			alerts: wanted.slice(0, limit).map(toldAlert),
			leftOut: Math.max(0, wanted.length - limit),
			notChecked: notChecked.map(each => ({...each})),
		};
	},
});
