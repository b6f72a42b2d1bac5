import {type PodScope, podMeasures} from '../../metrics/measures.ts';
import {type Choice, type PanelDraft, type PanelLine, rateInterval} from '../panel.ts';

const each = '{{pod}}';

/** Requests or limits of the containers of pods, added up. */
const asked = (what: 'requests' | 'limits', resource: 'cpu' | 'memory', {namespace, pattern}: PodScope) =>
	`sum(max by (pod, container) (kube_pod_container_resource_${what}{namespace="${namespace}",pod=~"${pattern}",resource="${resource}"}))`;

/** Part of its limit that the fullest container of each pod uses. */
const ofLimit = (use: string, {namespace, pattern}: PodScope) =>
	`max by (pod) (max by (pod, container) (${use}) / (max by (pod, container) (kube_pod_container_resource_limits{namespace="${namespace}",pod=~"${pattern}",resource="memory"}) > 0))`;

function askedLines(resource: 'cpu' | 'memory', scope: PodScope): readonly PanelLine[] {
	const kubeState = (what: string) =>
		`kube_pod_container_resource_${what} of kube-state-metrics, or no container has ${what} of ${resource}`;
	return (['requests', 'limits'] as const).map(what => ({
		name: what,
		choices: [{promql: asked(what, resource, scope), legend: what}],
		needs: kubeState(what),
		isBound: true,
	}));
}

/** What pods use against what they asked for, pod by pod too, and what that does to them. */
export function podPanels(scope: PodScope): readonly PanelDraft[] {
	const measures = new Map(podMeasures(scope, rateInterval).map(measure => [measure.name, measure]));
	const measured = (name: string, legend: string, of = (query: string) => query): Pick<PanelLine, 'choices' | 'needs'> => {
		const {queries = [], needs = ''} = measures.get(name) ?? {};
		return {choices: queries.map((query): Choice => ({promql: of(query), legend})), needs};
	};
	const total = (query: string) => `sum(${query})`;
	const workingSet = `container_memory_working_set_bytes{namespace="${scope.namespace}",pod=~"${scope.pattern}",container!="",container!="POD"}`;
	return [
		{
			...{name: 'cpu', title: 'CPU', section: 'CPU', unit: 'cores', thresholds: []},
			about: 'Cores that all its containers use together, what they asked for, and what they may use at most',
			lines: [{name: 'used', ...measured('cpu', 'used', total)}, ...askedLines('cpu', scope)],
		},
		{
			...{name: 'cpu-by-pod', title: 'CPU by pod', section: 'CPU', unit: 'cores', thresholds: []},
			about: 'Cores that each pod uses',
			lines: [{name: 'cpu', ...measured('cpu', each)}],
		},
		{
			...{name: 'throttled', title: 'CPU throttled', section: 'CPU', unit: 'ratio'},
			about: 'Part of the periods in which a pod wanted more CPU than its limit, and had to wait',
			lines: [{name: 'throttled', ...measured('throttled', each)}],
			thresholds: [
				{at: 0.25, level: 'warn'},
				{at: 0.5, level: 'bad'},
			],
		},
		{
			...{name: 'memory', title: 'Memory', section: 'Memory', unit: 'bytes', thresholds: []},
			about: 'Working set of all its containers together, what they asked for, and where they are killed',
			lines: [{name: 'used', ...measured('memory', 'used', total)}, ...askedLines('memory', scope)],
		},
		{
			...{name: 'memory-by-pod', title: 'Memory by pod', section: 'Memory', unit: 'bytes', thresholds: []},
			about: 'Working set of each pod',
			lines: [{name: 'memory', ...measured('memory', each)}],
		},
		{
			...{name: 'memory-of-limit', title: 'Memory of limit', section: 'Memory', unit: 'ratio'},
			about: 'How near the fullest container of each pod is to its limit, where it is killed',
			lines: [
				{
					name: 'memory of limit',
					choices: [{promql: ofLimit(workingSet, scope), legend: each}],
					needs:
						'container_memory_working_set_bytes with a limit in kube_pod_container_resource_limits, or no container has a limit of memory',
				},
			],
			thresholds: [
				{at: 0.85, level: 'warn'},
				{at: 0.95, level: 'bad'},
			],
		},
		{
			...{name: 'restarts', title: 'Restarts', section: 'Pods', unit: 'number', thresholds: []},
			about: 'How often containers of each pod were started again; a step is a restart',
			lines: [{name: 'restarts', ...measured('restarts', each)}],
		},
		{
			...{name: 'network', title: 'Network', section: 'Pods', unit: 'bytesPerSecond', thresholds: []},
			about: 'What all its pods receive and send together',
			lines: [
				{name: 'received', ...measured('received', 'received', total)},
				{name: 'sent', ...measured('sent', 'sent', total)},
			],
		},
	];
}
