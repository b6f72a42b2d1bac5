import type {KubeObject} from '../../../core/kube-object.ts';
import {withCondition} from '../conditions.ts';
import {type Controller, itself, type Tools} from '../controller.ts';
import {selects} from '../label-selector.ts';
import type {Condition, Pod} from '../pod-shapes.ts';
import {isActive, isReady} from '../pod-state.ts';
import {putStatus} from '../put-status.ts';
import {quantity} from '../quantity.ts';
import type {Deployment, HorizontalPodAutoscaler} from '../shapes.ts';
import {millis, timestamp} from '../time.ts';

const component = 'horizontal-pod-autoscaler';
/** How often the real controller looks, and the ratio within which it leaves things alone. */
const periodMs = 15_000;
const tolerance = 0.1;
/** After a larger recommendation a smaller one waits this long. */
const stabilizationMs = 300_000;

/** Cores and bytes that a pod uses now; undefined while no metrics exist for it. */
export type PodUsage = (pod: Pod) => {readonly cpu: number; readonly memory: number} | undefined;

type Verdict =
	| {readonly replicas: number; readonly current: readonly {readonly name: string; readonly utilization: number; readonly value: number}[]}
	| {readonly reason: string; readonly message: string};

/** Keeps the mean use of the pods near the target by writing the scale of their owner. */
export function hpaController(tools: Tools, usage: PodUsage): Controller {
	const recommendations = new Map<string, {readonly atMs: number; readonly replicas: number}[]>();
	const {world, clock} = tools;
	return {
		name: component,
		concerns: {
			HorizontalPodAutoscaler: event => (event.type === 'MODIFIED' && event.object.spec === event.before?.spec ? [] : itself(event)),
		},
		sync({namespace, name}) {
			const hpa = world.get('HorizontalPodAutoscaler', namespace, name);
			if (hpa === undefined || hpa.metadata.deletionTimestamp !== undefined) return undefined;
			const target = targetOf(tools, hpa);
			if (target === undefined) {
				targetMissing(tools, hpa);
				return periodMs;
			}
			const verdict = judge(tools, hpa, target, usage);
			if ('reason' in verdict) metricsMissing(tools, hpa, target, verdict);
			else {
				const key = hpa.metadata.uid ?? name;
				const recent = (recommendations.get(key) ?? [{atMs: clock.now(), replicas: target.spec.replicas ?? 1}]).filter(
					({atMs}) => clock.now() - atMs < stabilizationMs,
				);
				recommendations.set(key, [...recent, {atMs: clock.now(), replicas: verdict.replicas}]);
				rescale(tools, hpa, target, verdict, Math.max(verdict.replicas, ...recent.map(({replicas}) => replicas)));
			}
			return periodMs;
		},
	};
}

// The scale targets all have the parts of a Deployment that are read here: replicas, selector and template.
const targetOf = ({machine}: Tools, {metadata, spec}: HorizontalPodAutoscaler) =>
	machine.get(spec.scaleTargetRef.kind, metadata.namespace, spec.scaleTargetRef.name) as Deployment | undefined;

function judge(tools: Tools, hpa: HorizontalPodAutoscaler, target: Deployment, usage: PodUsage): Verdict {
	const pods = tools.world
		.list('Pod', hpa.metadata.namespace)
		.filter(pod => isActive(pod) && selects(target.spec.selector, pod.metadata.labels));
	const replicas = target.spec.replicas ?? 1;
	let wanted = 0;
	const current: {name: string; utilization: number; value: number}[] = [];
	for (const {resource} of hpa.spec.metrics ?? []) {
		if (resource === undefined || (resource.name !== 'cpu' && resource.name !== 'memory')) {
			return {
				reason: 'FailedGetPodsMetric',
				message: `the HPA was unable to compute the replica count: unable to get metric: no custom metrics API (custom.metrics.k8s.io) registered`,
			};
		}
		const name = resource.name;
		const without = pods.find(({spec}) => spec.containers.some(({resources}) => resources?.requests?.[name] === undefined));
		const cause = (text: string) => ({
			reason: 'FailedGetResourceMetric',
			message: `the HPA was unable to compute the replica count: failed to get ${name} utilization: ${text}`,
		});
		if (resource.target.averageUtilization !== undefined && without !== undefined) {
			const container = without.spec.containers.find(({resources}) => resources?.requests?.[name] === undefined)?.name;
			return cause(`missing request for ${name} in container ${container} of Pod ${without.metadata.name}`);
		}
		const measured = pods.filter(isReady).flatMap(pod => {
			const used = usage(pod);
			return used === undefined ? [] : [{used: used[name], request: requestOf(pod, name)}];
		});
		if (measured.length === 0) return cause(`unable to get metrics for resource ${name}: no metrics returned from resource metrics API`);
		const used = measured.reduce((total, one) => total + one.used, 0);
		const request = measured.reduce((total, one) => total + one.request, 0);
		const target =
			resource.target.averageUtilization === undefined
				? quantity(resource.target.averageValue) * measured.length
				: (request * resource.target.averageUtilization) / 100;
		const ratio = used / target;
		current.push({name, utilization: Math.round((used / request) * 100), value: used / measured.length});
		wanted = Math.max(wanted, Math.abs(ratio - 1) <= tolerance ? replicas : Math.ceil(ratio * measured.length - 1e-9));
	}
	return {replicas: replicas === 0 ? 0 : wanted, current};
}

const requestOf = ({spec}: Pod, resource: string) =>
	spec.containers.reduce((total, {resources}) => total + quantity(resources?.requests?.[resource]), 0);

function rescale(
	tools: Tools,
	hpa: HorizontalPodAutoscaler,
	target: Deployment,
	verdict: Extract<Verdict, {replicas: number}>,
	stable: number,
) {
	const {machine, record, clock} = tools;
	const before = target.spec.replicas ?? 1;
	const least = hpa.spec.minReplicas ?? 1;
	// No more than double (or four) at once, as scaleUpLimit says.
	const most = Math.min(hpa.spec.maxReplicas, Math.max(2 * before, 4));
	const after = before === 0 ? 0 : Math.min(Math.max(stable, least), most);
	if (after !== before) {
		machine.update({...target, spec: {...target.spec, replicas: after}}, 'kube-controller-manager', 'scale');
		const resource = verdict.current[0]?.name ?? 'cpu';
		const why =
			stable < least
				? 'All metrics below target'
				: `${resource} resource utilization (percentage of request) ${after > before ? 'above' : 'below'} target`;
		record(hpa, {
			reason: 'SuccessfulRescale',
			message: `New size: ${after}; reason: ${after > before ? why : 'All metrics below target'}`,
			component,
		});
	}
	const limited = stable > hpa.spec.maxReplicas ? 'TooManyReplicas' : stable < least ? 'TooFewReplicas' : undefined;
	writeStatus(tools, hpa, before, after, verdict.current, after === before ? hpa.status?.lastScaleTime : timestamp(clock.now()), [
		{
			type: 'AbleToScale',
			status: 'True',
			reason: after === before ? 'ReadyForNewScale' : 'SucceededRescale',
			message:
				after === before ? 'recommended size matches current size' : `the HPA controller was able to update the target scale to ${after}`,
		},
		before === 0
			? {
					type: 'ScalingActive',
					status: 'False',
					reason: 'ScalingDisabled',
					message: 'scaling is disabled since the replica count of the target is zero',
				}
			: {
					type: 'ScalingActive',
					status: 'True',
					reason: 'ValidMetricFound',
					message: `the HPA was able to successfully calculate a replica count from ${verdict.current[0]?.name ?? 'cpu'} resource utilization (percentage of request)`,
				},
		limited === undefined
			? {type: 'ScalingLimited', status: 'False', reason: 'DesiredWithinRange', message: 'the desired count is within the acceptable range'}
			: {
					type: 'ScalingLimited',
					status: 'True',
					reason: limited,
					message: `the desired replica count is ${limited === 'TooManyReplicas' ? 'more than the maximum' : 'less than the minimum'} replica count`,
				},
	]);
}

function targetMissing(tools: Tools, hpa: HorizontalPodAutoscaler) {
	const {kind, name} = hpa.spec.scaleTargetRef;
	const plural = `${kind.toLowerCase()}s.apps`;
	const text = `${plural} "${name}" not found`;
	tools.record(hpa, {type: 'Warning', reason: 'FailedGetScale', message: text, component});
	writeStatus(tools, hpa, 0, 0, [], hpa.status?.lastScaleTime, [
		{
			type: 'AbleToScale',
			status: 'False',
			reason: 'FailedGetScale',
			message: `the HPA controller was unable to get the target's current scale: ${text}`,
		},
	]);
}

function metricsMissing(
	tools: Tools,
	hpa: HorizontalPodAutoscaler,
	target: Deployment,
	{reason, message}: {readonly reason: string; readonly message: string},
) {
	const cause = message.slice(message.indexOf(': ') + 2);
	tools.record(hpa, {type: 'Warning', reason, message: cause, component});
	tools.record(hpa, {
		type: 'Warning',
		reason: 'FailedComputeMetricsReplicas',
		message: `invalid metrics (1 invalid out of 1), first error is: ${cause}`,
		component,
	});
	const replicas = target.spec.replicas ?? 1;
	writeStatus(tools, hpa, replicas, replicas, [], hpa.status?.lastScaleTime, [
		{
			type: 'AbleToScale',
			status: 'True',
			reason: 'SucceededGetScale',
			message: "the HPA controller was able to get the target's current scale",
		},
		{type: 'ScalingActive', status: 'False', reason, message},
	]);
}

function writeStatus(
	{machine, world, clock}: Tools,
	{metadata}: KubeObject,
	currentReplicas: number,
	desiredReplicas: number,
	current: readonly {readonly name: string; readonly utilization: number; readonly value: number}[],
	lastScaleTime: string | undefined,
	news: readonly Condition[],
) {
	const hpa = world.get('HorizontalPodAutoscaler', metadata.namespace, metadata.name);
	if (hpa === undefined) return;
	const kept = (hpa.status?.conditions ?? []).filter(({type}) => news.some(condition => condition.type === type));
	const conditions = news.reduce<readonly Condition[]>((list, condition) => withCondition(list, condition, clock.now()), kept);
	putStatus(machine, hpa, {
		...(hpa.metadata.generation === undefined ? {} : {observedGeneration: hpa.metadata.generation}),
		...(lastScaleTime === undefined || millis(lastScaleTime) === 0 ? {} : {lastScaleTime}),
		currentReplicas,
		desiredReplicas,
		currentMetrics: current.map(({name, utilization, value}) => ({
			type: 'Resource',
			resource: {
				name,
				current: {
					averageUtilization: utilization,
					averageValue: name === 'cpu' ? `${Math.round(value * 1000)}m` : String(Math.round(value)),
				},
			},
		})),
		conditions,
	});
}
