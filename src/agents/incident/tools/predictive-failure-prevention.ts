import * as z from 'zod';
import {surveyOf} from '../../../analysis/detection/survey.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {unseenFinding} from '../../../core/unchecked.ts';
import {durationMs, durationUpTo} from '../../deploy/duration.ts';
import type {DeployPorts} from '../../deploy/ports.ts';
import {forecastFinding, forecastsSchema, forecastsText, toldForecast} from '../forecast/forecasts-output.ts';
import {readForecasts} from '../forecast/read-forecasts.ts';
import {readSnapshot} from '../reading/read-snapshot.ts';
import {namespaceField} from '../recovery/find-incident.ts';

const gravity = ['critical', 'high', 'medium', 'low'] as const;

export const predictiveFailurePrevention = readTool({
	name: 'predictive_failure_prevention',
	summary: 'Tells what will fail and when: leaks, volumes, disks, certificates, quotas, room to scale',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['incident', 'prevent'],
	positionals: [],
	input: z.object({
		namespace: namespaceField,
		since: durationUpTo('720h').default('24h').describe('How far back'),
		within: durationUpTo('2160h').default('336h').describe('How far ahead'),
	}),
	output: forecastsSchema,
	findings: ({forecasts, notChecked}) => [...forecasts.map(forecastFinding), ...notChecked.map(unseenFinding)],
	text: forecastsText,

	async run({namespace, since, within}, {ports: {cluster, metrics}, clock, signal, emit}: Context<DeployPorts>) {
		emit({kind: 'progress', text: 'Looking at the cluster and its metrics'});
		const [sinceMs, withinMs] = [durationMs(since), durationMs(within)];
		const [{context}, snapshot, source] = await Promise.all([
			cluster.target(undefined),
			readSnapshot(cluster, {namespace, nowMs: clock.now(), signal}),
			metrics(),
		]);
		const all = await readForecasts(source, {survey: surveyOf(snapshot), namespace, sinceMs, withinMs});
		const soonest = all
			.flatMap(({found}) => found)
			.toSorted(
				(a, b) =>
					gravity.indexOf(a.severity) - gravity.indexOf(b.severity) ||
					(a.timeLeft?.seconds ?? Number.MAX_VALUE) - (b.timeLeft?.seconds ?? Number.MAX_VALUE),
			);
		return {
			context,
			...(namespace === undefined ? {} : {namespace}),
			...(source.metrics === undefined ? {} : {source: source.metrics.source}),
			sinceSeconds: sinceMs / 1000,
			withinSeconds: withinMs / 1000,
			forecasts: soonest.map(toldForecast),
			looked: all.map(({what, looked}) => ({what, count: looked})),
			notChecked: all.flatMap(({notChecked}) => [...notChecked]),
		};
	},
});
