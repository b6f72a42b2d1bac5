import type {Json} from '../../../../core/json.ts';
import {objectAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsMap, fitsSelector} from '../../../../core/kube/selector.ts';
import type {Consequence} from '../../../../core/plan.ts';
import {textMapAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {type RouteObjects, servicesOf} from '../routes/route-objects.ts';
import {copyService} from './canary-service.ts';
import {networkNotes, type Pair} from './network-notes.ts';
import type {Labels} from './rewrite-labels.ts';
import type {SeparateCopy} from './separate-copy.ts';

/**
 * What holds for the stable pods and not for a copy with labels of its own: network policies, budgets, what scrapes them, Istio's policies.
 * @param suffix what the copy is called, such as `canary`
 */
export function copyNotes(objects: RouteObjects, workload: KubeObject, copy: SeparateCopy, suffix: string): readonly Consequence[] {
	const pair: Pair = {
		namespace: workload.metadata.namespace,
		stable: textMapAt(workload, 'spec', 'template', 'metadata', 'labels'),
		copy: copy.labels,
		suffix,
	};
	return [
		...networkNotes(objects.objects, pair),
		...objects.objects.flatMap(object => selectorNote(object, pair)),
		...scrapeNotes(objects, workload, suffix),
		...readNotes(workload, copy, suffix),
	];
}

type Rule = {
	readonly kinds: readonly string[];
	/** Where the kind keeps its selector of pods; a plain map or a label selector. */
	readonly path: readonly string[];
	readonly isMap?: true;
	readonly severity: Consequence['severity'];
	readonly text: (name: string, suffix: string) => string;
};

const selectors: readonly Rule[] = [
	{
		kinds: ['PodDisruptionBudget'],
		path: ['spec', 'selector'],
		severity: 'info',
		text: (name, suffix) => `${name} does not guard the pods of the ${suffix}: draining a node may take all of them at once`,
	},
	{
		kinds: ['PodMonitor'],
		path: ['spec', 'selector'],
		severity: 'warning',
		text: (name, suffix) => `${name} does not scrape the pods of the ${suffix}: what it measures says nothing of them`,
	},
	{
		kinds: ['AuthorizationPolicy', 'RequestAuthentication'],
		path: ['spec', 'selector'],
		severity: 'danger',
		text: (name, suffix) => `${name} does not hold for the pods of the ${suffix}: what it refuses reaches them`,
	},
	{
		kinds: ['PeerAuthentication', 'Telemetry'],
		path: ['spec', 'selector'],
		severity: 'warning',
		text: (name, suffix) => `${name} does not hold for the pods of the ${suffix}`,
	},
	{
		kinds: ['Sidecar', 'EnvoyFilter'],
		path: ['spec', 'workloadSelector', 'labels'],
		isMap: true,
		severity: 'warning',
		text: (name, suffix) => `${name} does not hold for the pods of the ${suffix}`,
	},
];

function selectorNote(object: KubeObject, {namespace, stable, copy, suffix}: Pair): readonly Consequence[] {
	const rule = selectors.find(({kinds}) => kinds.includes(object.kind));
	if (rule === undefined || object.metadata.namespace !== namespace) return [];
	const selector = valueAt(object, ...rule.path);
	const fits = (labels: Labels) => (rule.isMap === true ? fitsMap(selector, labels) : fitsSelector(selector, labels));
	if (!fits(stable) || fits(copy)) return [];
	return [{id: 'copy-left-out', severity: rule.severity, text: rule.text(refText(refOf(object)), suffix), ref: refOf(object)}];
}

/** A ServiceMonitor looks for labels of Services, of which the copy's Service leaves the marks of deployers behind. */
function scrapeNotes(objects: RouteObjects, workload: KubeObject, suffix: string): readonly Consequence[] {
	const services = servicesOf(workload, objects);
	const monitors = objects.objects.filter(
		({kind, metadata}) => kind === 'ServiceMonitor' && metadata.namespace === workload.metadata.namespace,
	);
	return monitors.flatMap(monitor => {
		const fits = (labels: Json | undefined) => fitsSelector(objectAt(monitor, 'spec', 'selector'), labels);
		const lost = services.filter(
			service => fits(service.metadata.labels ?? {}) && !fits(copyService(service, workload.metadata.name, suffix).metadata.labels),
		);
		return lost.map((service): Consequence => {
			const name = wordAt(service, 'metadata', 'name');
			const text = `${refText(refOf(monitor))} scrapes Service ${name} and not the one of the ${suffix}: what it measures says nothing of its pods`;
			return {id: 'copy-left-out', severity: 'warning', text, ref: refOf(monitor)};
		});
	});
}

/** A program that is told its labels by the downward API sees those of the copy. */
function readNotes(workload: KubeObject, {rewritten}: SeparateCopy, suffix: string): readonly Consequence[] {
	const podSpec = JSON.stringify(objectAt(workload, 'spec', 'template', 'spec'));
	return rewritten
		.filter(({key}) => podSpec.includes(JSON.stringify(`metadata.labels['${key}']`)))
		.map(({key, to}) => ({
			id: 'copy-reads-label',
			severity: 'warning',
			text: `The program reads its label ${key}: in the ${suffix} it is ${to ?? 'not there'}`,
		}));
}
