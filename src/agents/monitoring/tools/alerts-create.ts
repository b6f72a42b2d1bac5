import * as z from 'zod';
import {isAlerting} from '../../../analysis/alert-rules/rule.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {count} from '../../../core/text/count.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {consequencesFor} from '../../../mcp/kubernetes/plan/consequences-for.ts';
import {draftOf} from '../../../mcp/kubernetes/plan/draft-of.ts';
import {predict} from '../../../mcp/kubernetes/plan/predict.ts';
import {demandMetrics} from '../../../mcp/monitoring/demand-server.ts';
import {deploymentInput, nameText} from '../../deploy/inputs.ts';
import {designInput} from '../alerts/design/design-input.ts';
import {designNotes} from '../alerts/design/design-notes.ts';
import {toldDesign} from '../alerts/design/design-output.ts';
import {makeDesign} from '../alerts/design/make-design.ts';
import {inCluster} from '../alerts/place/in-cluster.ts';
import {inGrafana} from '../alerts/place/in-grafana.ts';
import {waitUntilLoaded} from '../alerts/place/wait-until-loaded.ts';
import {durationOf, timeText} from '../duration-of.ts';
import type {MonitoringPorts} from '../ports.ts';

const input = designInput
	.extend({
		rulesNamespace: deploymentInput.shape.namespace.describe('Namespace of the rules; one that a Prometheus looks at if left out'),
		configmap: nameText.optional().describe('ConfigMap to write a rule file to, where there is no operator'),
		grafana: z.boolean().default(false).describe('Lets Grafana itself evaluate them'),
		folder: checkedText(200, /\S/, 'expected a folder').optional().describe('Folder of Grafana, by uid or title'),
		loadedWithin: timeText.default('3m').describe('How long Prometheus may take to load them'),
	})
	.meta({
		examples: [
			'mkcoa monitor create-alerts errors web --above 2',
			'mkcoa monitor create-alerts errors web --above 2 --grafana --folder Shop',
		],
	});

/** What belongs to the one way of keeping rules says nothing of the other. */
function demandOneWay({grafana, folder, configmap, rulesNamespace}: z.output<typeof input>): void {
	if (grafana ? configmap === undefined && rulesNamespace === undefined : folder === undefined) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'two-ways',
		what: grafana
			? '--configmap and --rules-namespace are of the cluster, and --grafana writes nothing there'
			: '--folder is of Grafana itself',
		next: grafana ? 'Leave one of them out' : 'Add --grafana, or leave --folder out',
	});
}

export const alertsCreate = changeTool({
	name: 'alerts_create',
	summary:
		'Creates alert rules, checked as alert_rules_generate does: as a PrometheusRule that Prometheus is seen to load, or in Grafana itself',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true},
	command: ['monitor', 'create-alerts'],
	positionals: ['kind', 'target'],
	input,
	resolved: z.object({
		object: z.string(),
		rules: z.array(z.object({group: z.string(), name: z.string(), expr: z.string()})),
		loadedWithin: z.string(),
		/** Whether somebody is known to load them. */
		waits: z.boolean(),
	}),
	output: z.object({object: z.string(), rules: z.array(z.string()), loaded: z.boolean(), loadedAfterSeconds: z.number().optional()}),
	text: ({object, rules, loaded, loadedAfterSeconds}) =>
		`${loaded ? '✓ ' : ''}${object} holds ${count(rules.length, 'rule')}: ${rules.join(', ')}${loaded ? `, loaded after ${loadedAfterSeconds ?? 0} s` : ''}`,

	async plan(given, context: Context<MonitoringPorts>) {
		demandOneWay(given);
		const {rulesNamespace, configmap, grafana, folder, loadedWithin, ...asked} = given;
		const {cluster} = context.ports;
		durationOf(loadedWithin);
		const namespace = rulesNamespace ?? asked.namespace ?? cluster.namespace;
		const destination = await (grafana ? inGrafana(folder, context.ports) : inCluster(cluster, {namespace, configmap}));
		const design = await makeDesign(asked, context, destination.isOwn);
		const {object, steps, notes} = await destination.writing(design);
		const predicted = await Promise.all(steps.map(async ({title, write}) => ({title, predictions: [await predict(cluster, write)]})));
		// Of several objects some may be there already as they are to be.
		const changing = predicted.filter(({predictions}) =>
			predictions.some(({before, change}) => before === undefined || change.fields.length > 0),
		);
		const rules = design.groups.flatMap(({name: group, rules: own}) =>
			own.map(rule => ({group, name: isAlerting(rule) ? rule.alert : rule.record, expr: rule.expr})),
		);
		const {waits} = destination;
		const names = [...new Set(design.groups.flatMap(group => group.rules.filter(isAlerting)).map(({alert}) => alert))];
		const predictions = changing.flatMap(each => each.predictions);
		return draftOf({
			effect: 'change',
			input: {object, rules, loadedWithin, waits},
			summary: `Tell of ${design.of} by ${names.length > 3 ? count(names.length, 'alert') : names.join(', ')}, in ${object}`,
			steps: changing,
			consequences: [...notes, ...designNotes(toldDesign(design, '')), ...(grafana ? [] : await consequencesFor(cluster, predictions))],
			verify: waits
				? [`${design.source} lists every rule within ${loadedWithin}, and evaluates it without an error`]
				: [`${object} holds the rules`],
			undo: {possible: true, how: `Takes the rules out of ${object} again`},
		});
	},

	async apply({input: {object, rules, loadedWithin, waits}, steps}, context, effects) {
		for (const [index] of steps.entries()) await effects.performStep(index);
		const names = [...new Set(rules.map(({name}) => name))];
		if (!waits) return {object, rules: names, loaded: false};
		const waiting = {metrics: await demandMetrics(context.ports.monitoring), object, withinMs: durationOf(loadedWithin)};
		const ms = await waitUntilLoaded(rules, waiting, context);
		return {object, rules: names, loaded: true, loadedAfterSeconds: Math.round(ms / 1000)};
	},
});
