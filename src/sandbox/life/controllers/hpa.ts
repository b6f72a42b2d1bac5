import {fitsSelector} from '../../../core/kube/selector.ts';
import {type Controller, itself, type Tools} from '../controller.ts';
import {isActive} from '../pod-state.ts';
import type {Deployment, HorizontalPodAutoscaler} from '../shapes.ts';
import {timestamp} from '../time.ts';
import {hpaConditions, rescaled, writeHpaStatus} from './hpa-status.ts';
import {hpaVerdict, type Measured, type NoVerdict, type PodUsage} from './hpa-verdict.ts';

const component = 'horizontal-pod-autoscaler';
/** How often the real controller looks. */
const periodMs = 15_000;
/** After a larger recommendation a smaller one waits this long. */
const stabilizationMs = 300_000;

/** Keeps the mean use of the pods near the target by writing the scale of their owner. */
export function hpaController(tools: Tools, usage: PodUsage | undefined): Controller {
	const stable = stabilizer(tools.clock.now);
	const {world} = tools;
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
			const replicas = target.spec.replicas ?? 1;
			const limit = limitFor(hpa, replicas);
			if (limit !== undefined) {
				limit.replicas === replicas ? leaveAtNone(tools, hpa) : bringTo(tools, hpa, target, limit);
				return periodMs;
			}
			const pods = world.list('Pod', namespace).filter(pod => isActive(pod) && fitsSelector(target.spec.selector, pod.metadata.labels));
			const verdict = hpaVerdict(hpa, pods, replicas, usage);
			if ('reason' in verdict) metricsMissing(tools, hpa, replicas, verdict);
			else rescale(tools, hpa, target, stable(hpa.metadata.uid ?? name, verdict.replicas, replicas), verdict.current);
			return periodMs;
		},
	};
}

/** The largest recommendation of the last five minutes; the size that was found at first counts as one. */
function stabilizer(now: () => number) {
	const byHpa = new Map<string, readonly {readonly atMs: number; readonly replicas: number}[]>();
	return (key: string, replicas: number, current: number): number => {
		const known = byHpa.get(key) ?? [{atMs: now(), replicas: current}];
		const recent = [...known.filter(({atMs}) => now() - atMs < stabilizationMs), {atMs: now(), replicas}];
		byHpa.set(key, recent);
		return Math.max(...recent.map(one => one.replicas));
	};
}

// The scale targets all have the parts of a Deployment that are read here: replicas and selector.
const targetOf = ({machine}: Tools, {metadata, spec}: HorizontalPodAutoscaler) =>
	machine.get(spec.scaleTargetRef.kind, metadata.namespace, spec.scaleTargetRef.name) as Deployment | undefined;

function rescale(tools: Tools, hpa: HorizontalPodAutoscaler, target: Deployment, wanted: number, current: readonly Measured[]) {
	const {machine, record, clock} = tools;
	const before = target.spec.replicas ?? 1;
	const least = hpa.spec.minReplicas ?? 1;
	// No more than double (or four) at once, as the default scale-up behaviour says.
	const most = Math.min(hpa.spec.maxReplicas, Math.max(2 * before, 4));
	const after = Math.min(Math.max(wanted, least), most);
	const metric = current[0]?.name ?? 'cpu';
	if (after !== before) {
		machine.update({...target, spec: {...target.spec, replicas: after}}, 'kube-controller-manager', 'scale');
		const why = after > before ? `${metric} resource utilization (percentage of request) above target` : 'All metrics below target';
		record(hpa, {reason: 'SuccessfulRescale', message: `New size: ${after}; reason: ${why}`, component});
	}
	const limited = wanted > hpa.spec.maxReplicas ? 'TooManyReplicas' : wanted < least ? 'TooFewReplicas' : undefined;
	writeHpaStatus(tools, hpa, {
		currentReplicas: before,
		desiredReplicas: after,
		current,
		lastScaleTime: after === before ? hpa.status?.lastScaleTime : timestamp(clock.now()),
		conditions: hpaConditions(before, after, limited, metric),
	});
}

type Limit = {readonly replicas: number; readonly why: string};

/** What needs no measuring: none at all stays none, and too few or too many are brought to the limit. */
function limitFor({spec}: HorizontalPodAutoscaler, replicas: number): Limit | undefined {
	if (replicas === 0) return {replicas, why: ''};
	if (replicas > spec.maxReplicas) return {replicas: spec.maxReplicas, why: 'Current number of replicas above Spec.MaxReplicas'};
	const least = spec.minReplicas ?? 1;
	return replicas < least ? {replicas: least, why: 'Current number of replicas below Spec.MinReplicas'} : undefined;
}

const gotScale = {
	type: 'AbleToScale',
	status: 'True',
	reason: 'SucceededGetScale',
	message: "the HPA controller was able to get the target's current scale",
};

function leaveAtNone(tools: Tools, hpa: HorizontalPodAutoscaler) {
	const message = 'scaling is disabled since the replica count of the target is zero';
	writeHpaStatus(tools, hpa, {
		...{currentReplicas: 0, desiredReplicas: 0, current: []},
		lastScaleTime: hpa.status?.lastScaleTime,
		conditions: [gotScale, {type: 'ScalingActive', status: 'False', reason: 'ScalingDisabled', message}],
	});
}

function bringTo(tools: Tools, hpa: HorizontalPodAutoscaler, target: Deployment, {replicas, why}: Limit) {
	const {machine, record, clock} = tools;
	machine.update({...target, spec: {...target.spec, replicas}}, 'kube-controller-manager', 'scale');
	record(hpa, {reason: 'SuccessfulRescale', message: `New size: ${replicas}; reason: ${why}`, component});
	writeHpaStatus(tools, hpa, {
		...{currentReplicas: target.spec.replicas ?? 1, desiredReplicas: replicas, current: []},
		lastScaleTime: timestamp(clock.now()),
		conditions: [rescaled(replicas)],
	});
}

function targetMissing(tools: Tools, hpa: HorizontalPodAutoscaler) {
	const {kind, name} = hpa.spec.scaleTargetRef;
	const text = `${kind.toLowerCase()}s.apps "${name}" not found`;
	tools.record(hpa, {type: 'Warning', reason: 'FailedGetScale', message: text, component});
	const message = `the HPA controller was unable to get the target's current scale: ${text}`;
	writeHpaStatus(tools, hpa, {
		currentReplicas: 0,
		desiredReplicas: 0,
		current: [],
		lastScaleTime: hpa.status?.lastScaleTime,
		conditions: [{type: 'AbleToScale', status: 'False', reason: 'FailedGetScale', message}],
	});
}

function metricsMissing(tools: Tools, hpa: HorizontalPodAutoscaler, replicas: number, {reason, message}: NoVerdict) {
	const cause = message.slice(message.indexOf(': ') + 2);
	const [, metric = 'cpu'] = /failed to get (\w+) utilization/.exec(message) ?? [];
	const first = `invalid metrics (1 invalid out of 1), first error is: failed to get ${metric} resource metric value: ${cause}`;
	tools.record(hpa, {type: 'Warning', reason, message: cause, component});
	tools.record(hpa, {type: 'Warning', reason: 'FailedComputeMetricsReplicas', message: first, component});
	writeHpaStatus(tools, hpa, {
		currentReplicas: replicas,
		desiredReplicas: Number(hpa.status?.desiredReplicas ?? 0),
		current: [],
		lastScaleTime: hpa.status?.lastScaleTime,
		conditions: [gotScale, {type: 'ScalingActive', status: 'False', reason, message}],
	});
}
