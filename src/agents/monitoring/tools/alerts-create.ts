import * as z from 'zod';
import {isAlerting} from '../../../analysis/alert-rules/rule.ts';
import {MkcoaError} from '../../../core/error.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../core/plan.ts';
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
import {choosePlace, type Place} from '../alerts/place/choose-place.ts';
import {ruleWrite} from '../alerts/place/rule-manifest.ts';
import {waitUntilLoaded} from '../alerts/place/wait-until-loaded.ts';
import {durationOf, timeText} from '../duration-of.ts';
import type {MonitoringPorts} from '../ports.ts';

/** Files of the operator bear namespace, name and uid of the object. */
const isFileOf = (namespace: string) => (file: string, slug: string) => (file.split('/').at(-1) ?? '').startsWith(`${namespace}-${slug}-`);

/** Who will evaluate the rules, or why nobody is known to. */
function placeNotes(place: Place, configmap: string | undefined): readonly Consequence[] {
	if (configmap !== undefined) {
		const text = `Prometheus has to mount ConfigMap ${configmap} among its rule_files, and to be reloaded`;
		return [{id: 'not-loaded-by-itself', severity: 'info', text}];
	}
	if (place.kind === 'none') return [];
	if (place.by !== undefined) return [{id: 'loaded-by', severity: 'info', text: `${place.by} takes rules from there, with these labels`}];
	return place.notes.map(({what, why}) => ({id: 'nobody-loads', severity: 'warning', text: `Nobody may take them up (${what}): ${why}`}));
}

export const alertsCreate = changeTool({
	name: 'alerts_create',
	summary: 'Creates alert rules as a PrometheusRule, checked as alert_rules_generate does, and sees to it that Prometheus loads them',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['monitor', 'create-alerts'],
	positionals: ['kind', 'target'],
	input: designInput
		.extend({
			rulesNamespace: deploymentInput.shape.namespace.describe('Namespace of the rules; one that a Prometheus looks at if left out'),
			configmap: nameText.optional().describe('ConfigMap to write a rule file to, where there is no operator'),
			loadedWithin: timeText.default('3m').describe('How long Prometheus may take to load them'),
		})
		.meta({examples: ['mkcoa monitor create-alerts errors web --above 2']}),
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

	async plan({rulesNamespace, configmap, loadedWithin, ...asked}, context: Context<MonitoringPorts>) {
		const {cluster} = context.ports;
		durationOf(loadedWithin);
		const space = rulesNamespace ?? asked.namespace ?? cluster.namespace;
		const place = await choosePlace(cluster, space);
		if (place.kind === 'none' && configmap === undefined) throw noOperator(place.why);
		const isFound = place.kind === 'found' && configmap === undefined;
		const home = isFound ? place.namespace : space;
		const design = await makeDesign(asked, context, isFileOf(home));
		const write = ruleWrite(design, isFound ? place.labels : {}, {namespace: home, configmap});
		const object = refText(write.ref);
		const prediction = await predict(cluster, write);
		const rules = design.groups.flatMap(({name: group, rules: own}) =>
			own.map(rule => ({group, name: isAlerting(rule) ? rule.alert : rule.record, expr: rule.expr})),
		);
		const waits = isFound && place.by !== undefined;
		const names = [...new Set(design.groups.flatMap(group => group.rules.filter(isAlerting)).map(({alert}) => alert))];
		return draftOf({
			effect: 'change',
			input: {object, rules, loadedWithin, waits},
			summary: `Tell of ${design.of} by ${names.length > 3 ? count(names.length, 'alert') : names.join(', ')}, in ${object}`,
			steps: [{title: `Write ${object}`, predictions: [prediction]}],
			consequences: [
				...placeNotes(place, configmap),
				...designNotes(toldDesign(design, '')),
				...(await consequencesFor(cluster, [prediction])),
			],
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

const noOperator = (why: string) =>
	new MkcoaError({
		kind: 'environment',
		code: 'no-operator',
		what: 'The cluster takes no alert rules',
		why,
		next: 'Save them for your Prometheus with mkcoa monitor rules … --format rule-file > rules.yaml, or write them to a ConfigMap that it mounts with --configmap NAME',
	});
