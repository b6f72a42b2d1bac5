import type {ScalingLook} from '../../../analysis/autoscaling/scale/judge-scaling.ts';
import {MkcoaError} from '../../../core/error.ts';
import {listAt, numberAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';
import type {Context} from '../../../core/tool.ts';
import {isReady} from '../../../mcp/kubernetes/model/conditions.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';
import {podsOf} from '../../deploy/rollout/pod-health.ts';
import {chooseSampling} from '../metrics/choose-step.ts';
import {collect} from '../metrics/collect.ts';
import {readSubject} from '../metrics/subject.ts';
import type {MonitoringPorts} from '../ports.ts';

/** Requests are counted over this time; a look tells the newest of it, and what was before is its mean. */
const spanMs = 600_000;
const stepMs = 60_000;
/** A number that is older says nothing of now. */
const newestSteps = 3;

export type SeenScaling = {
	readonly look: ScalingLook;
	/** Undefined where it is gone. */
	readonly scaler: KubeObject | undefined;
};

type Watched = {readonly workload: Ref; readonly scaler: Ref};

/** Why an autoscaler does nothing, in its own words; undefined where it acts, or has not looked yet. */
function stuckBy(scaler: KubeObject | undefined): string | undefined {
	const failing = listAt(scaler, 'status', 'conditions').find(
		each =>
			['AbleToScale', 'ScalingActive'].includes(textAt(each, 'type') ?? '') &&
			textAt(each, 'status') === 'False' &&
			textAt(each, 'reason') !== 'ScalingDisabled',
	);
	return failing === undefined ? undefined : plainLine(`${textAt(failing, 'reason')}: ${textAt(failing, 'message')}`, 200);
}

type Requests = Pick<ScalingLook, 'requestsPerSecond' | 'errorRatio' | 'latency'>;

async function requestsOf(
	metrics: Metrics,
	{workload}: Watched,
	when: 'before' | 'now',
	{ports}: Context<MonitoringPorts>,
): Promise<Requests> {
	const subject = await readSubject(ports.cluster, {target: `${workload.kind}/${workload.name}`, namespace: workload.namespace});
	const sampling = await chooseSampling(metrics, spanMs, {stepMs});
	const {measured} = await collect({metrics, subject, sampling, names: ['requests', 'errors', 'latency-p95']});
	const value = (name: string): number | undefined => {
		const values = measured.find(each => each.name === name)?.curves[0]?.values ?? [];
		const present = values.filter(each => each !== null);
		if (when === 'now') return values.slice(-newestSteps).findLast(each => each !== null) ?? undefined;
		return present.length === 0 ? undefined : present.reduce((sum, each) => sum + each, 0) / present.length;
	};
	return {requestsPerSecond: value('requests'), errorRatio: value('errors'), latency: value('latency-p95')};
}

/** Requests, where somebody counts them: what cannot be asked is no verdict. */
async function requestsSeen(watched: Watched, when: 'before' | 'now', context: Context<MonitoringPorts>): Promise<Requests> {
	try {
		const {metrics} = await context.ports.metrics();
		return metrics === undefined ? {} : await requestsOf(metrics, watched, when, context);
	} catch (error) {
		if (error instanceof MkcoaError) return {};
		throw error;
	}
}

/**
 * A workload, its autoscaler and its requests at one moment.
 * @param when `before`: requests as they were on average over the last minutes
 */
export async function lookAtScaling(watched: Watched, when: 'before' | 'now', context: Context<MonitoringPorts>): Promise<SeenScaling> {
	const {cluster} = context.ports;
	const [scaler, workload] = await Promise.all([cluster.get(watched.scaler), cluster.get(watched.workload)]);
	const pods = workload === undefined ? [] : await podsOf(cluster, workload);
	const living = pods.filter(({metadata}) => metadata.deletionTimestamp === undefined);
	const requests = living.length === 0 ? {} : await requestsSeen(watched, when, context);
	return {
		scaler,
		look: {
			replicas: numberAt(workload, 'spec', 'replicas') ?? 1,
			ready: living.filter(isReady).length,
			stuck: stuckBy(scaler),
			...requests,
		},
	};
}
