import {objectAt, valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import {type AnyCheck, type Check, check, type Fault, type Settings} from '../check.ts';

const autoscaler = 'autoscaling/HorizontalPodAutoscaler';

const onAutoscalers = (find: (object: KubeObject) => Fault | undefined): Pick<Check<Settings>, 'reads' | 'settings' | 'look'> => ({
	reads: [autoscaler],
	settings: {},
	look: ({ofKind}) => ofKind(autoscaler).map(object => ({resource: refOf(object), faults: [find(object) ?? []].flat()})),
});

/** The bounds of an autoscaler. Left out, the least is 1 by the API's own default. */
const boundsOf = (object: KubeObject) => {
	const spec = objectAt(object, 'spec');
	return {min: valueAt(spec, 'minReplicas'), max: valueAt(spec, 'maxReplicas')};
};

/** Whether autoscalers leave room for what happens. */
export const autoscalerChecks: readonly AnyCheck[] = [
	check({
		id: 'autoscaler-minimum',
		family: 'availability',
		title: 'Autoscalers keep at least two pods',
		why: 'At quiet times one pod is left, and its node takes the service with it.',
		severity: 'low',
		...onAutoscalers(object => {
			const {min} = boundsOf(object);
			if (typeof min !== 'number' || min >= 2) return undefined;
			const path = 'spec.minReplicas';
			return {paths: [path], mends: [{path, ask: 'at least 2'}], evidence: `it goes down to ${min}`};
		}),
	}),
	check({
		id: 'autoscaler-without-room',
		family: 'availability',
		title: 'Autoscalers have room above their minimum',
		why: 'An autoscaler that may not add a pod does nothing when load comes, and looks as if it did.',
		severity: 'low',
		...onAutoscalers(object => {
			const {min, max} = boundsOf(object);
			const path = 'spec.maxReplicas';
			const ask = 'more than minReplicas';
			if (typeof max !== 'number') return {paths: [path], mends: [{path, ask}], evidence: 'it has no maximum'};
			if (typeof min !== 'number' || max > min) return undefined;
			return {paths: [path, 'spec.minReplicas'], mends: [{path, ask}], evidence: `its minimum is ${min} and its maximum ${max}`};
		}),
	}),
];
