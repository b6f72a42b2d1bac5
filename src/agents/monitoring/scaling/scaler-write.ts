import type {ScaleSettings} from '../../../analysis/autoscaling/scale/replay.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Json, JsonObject} from '../../../core/json.ts';
import {listAt, objectAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../../core/kube/kube-object.ts';
import {cpuText} from '../../../core/kube/quantity.ts';
import type {Write} from '../../../core/plan.ts';
import {objectsAt, wordAt} from '../../../mcp/kubernetes/model/fields.ts';
import type {ScaledBy} from './scaled-by.ts';
import type {ScaledWorkload} from './scaled-workload.ts';

const apiVersion = 'autoscaling/v2';

/** A name that no autoscaler of the namespace has. */
function freeName({ref, beside}: ScaledWorkload): string {
	const taken = new Set(beside.filter(({kind}) => kind === 'HorizontalPodAutoscaler').map(({metadata}) => metadata.name));
	return [ref.name, `${ref.name}-cpu`].find(name => !taken.has(name)) ?? `${ref.name}-${ref.kind.toLowerCase()}`;
}

/** The list of metrics with another target of CPU: all others stay as they are. */
function metricsWith({targetPercent}: ScaleSettings, {index, isAmount, requestCores = 0}: ScaledBy, scaler: KubeObject): readonly Json[] {
	return listAt(scaler, 'spec', 'metrics').map((metric, at) => {
		if (at !== index) return metric;
		const field = wordAt(metric, 'type') === 'ContainerResource' ? 'containerResource' : 'resource';
		const target: JsonObject = isAmount
			? {type: 'AverageValue', averageValue: cpuText((requestCores * targetPercent) / 100)}
			: {type: 'Utilization', averageUtilization: targetPercent};
		return {...objectAt(metric), [field]: {...objectAt(metric, field), target}};
	});
}

/** The write that makes an autoscaler, or sets what differs of the one there is; `ref` names it. */
export function scalerWrite(workload: ScaledWorkload, by: ScaledBy, settings: ScaleSettings): Write {
	const {ref: target, namespace, scaler} = workload;
	const {minReplicas, maxReplicas, targetPercent} = settings;
	if (scaler === undefined) {
		const ref: Ref = {apiVersion, kind: 'HorizontalPodAutoscaler', namespace, name: freeName(workload)};
		const scaleTargetRef = {apiVersion: target.apiVersion, kind: target.kind, name: target.name};
		const metrics = [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: targetPercent}}}];
		const manifest = {
			...{apiVersion, kind: ref.kind, metadata: {name: ref.name, namespace}},
			spec: {scaleTargetRef, minReplicas, maxReplicas, metrics},
		};
		return {op: 'create', ref, manifest};
	}
	const isAimedElsewhere = by.present?.targetPercent !== targetPercent;
	const spec = {minReplicas, maxReplicas, ...(isAimedElsewhere ? {metrics: metricsWith(settings, by, scaler)} : {})};
	return {op: 'patch', ref: {...refOf(scaler), apiVersion}, type: 'merge', patch: {spec}};
}

/**
 * An autoscaler that another controller makes is set back by it: whoever owns it has to be changed instead.
 * @throws MkcoaError `owned-autoscaler` with who owns it, and what to set there
 */
export function refuseOwned({scaler, beside, ref}: ScaledWorkload, settings: ScaleSettings): void {
	const owner = scaler?.metadata.ownerReferences?.find(({controller}) => controller === true);
	const keda = beside.find(each => each.kind === 'ScaledObject' && wordAt(each, 'spec', 'scaleTargetRef', 'name') === ref.name);
	const name = keda === undefined ? (owner === undefined ? undefined : `${owner.kind} ${owner.name}`) : refText(refOf(keda));
	if (name === undefined) return;
	const {minReplicas, maxReplicas, targetPercent} = settings;
	const isKeda = keda !== undefined || owner?.kind === 'ScaledObject';
	const there = isKeda
		? `minReplicaCount: ${minReplicas} and maxReplicaCount: ${maxReplicas}`
		: `minReplicas ${minReplicas}, maxReplicas ${maxReplicas} and ${targetPercent} % of CPU`;
	const triggers = objectsAt(keda, 'spec', 'triggers').map(trigger => wordAt(trigger, 'type'));
	throw new MkcoaError({
		kind: 'environment',
		code: 'owned-autoscaler',
		what: `${name} sets the replicas of ${refText(ref)}${triggers.length === 0 ? '' : ` (by ${triggers.join(', ')})`}`,
		why: 'what is written beside it is set back, or fights with it',
		next: `Recommended is ${there}: set it in ${name}`,
	});
}
