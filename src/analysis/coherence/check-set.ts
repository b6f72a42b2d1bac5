import {valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {fitsSelector} from '../../core/kube/selector.ts';
import {autoscalerCheck, targetCheck} from './autoscaler-check.ts';
import {budgetCheck} from './budget-check.ts';
import {podCheck} from './reference-check.ts';
import {roomCheck} from './room-check.ts';
import {serviceCheck} from './service-check.ts';
import {type Around, failed, passed, type SetFinding} from './set-finding.ts';
import {trafficCheck} from './traffic-check.ts';
import {claimCheck, volumeCheck} from './volume-check.ts';
import {ofKind, type SetWorkload, workloadsOf} from './workload-set.ts';

const severities = ['critical', 'high', 'medium', 'low'];
const statuses = ['fail', 'not-checked', 'pass', 'not-applicable'];

/** What limits a workload counts as it will be: a quota, a class or a level of the set stands for the live one of its name. */
const rules = ['Namespace', 'ResourceQuota', 'LimitRange', 'StorageClass'];

const withRules = (set: readonly KubeObject[], around: Around): Around => ({
	...around,
	objects: [...around.objects.filter(({kind}) => !rules.includes(kind)), ...rules.flatMap(kind => ofKind(kind, set, around))],
});

/** A workload that does not select its own pods is refused, or adopts others'. */
function selectorCheck({object, ref, labels}: SetWorkload): SetFinding {
	const on = {id: 'selects-own-pods', resource: ref, severity: 'critical'} as const;
	return fitsSelector(valueAt(object, 'spec', 'selector'), labels)
		? passed(on, 'Its selector fits its own pods')
		: failed(on, {cause: 'Its selector does not fit the labels of its pod template', fix: 'Give both the same labels'});
}

/**
 * Checks manifests against each other and against what lives around them. Every check answers: passed, failed with a remedy, not applicable,
 * or not checked with the reason. Failures come first, the gravest of them on top.
 */
export function checkSet(set: readonly KubeObject[], surroundings: Around): readonly SetFinding[] {
	const around = withRules(set, surroundings);
	const workloads = workloadsOf(set, around);
	const own = new Set(workloads.map(({ref}) => `${ref.kind} ${ref.name}`));
	const others = workloadsOf(around.objects, around).filter(({ref}) => !own.has(`${ref.kind} ${ref.name}`));
	const isThere = ({ref}: SetWorkload) => around.objects.some(({kind, metadata}) => kind === ref.kind && metadata.name === ref.name);
	const findings = [
		...workloads.flatMap(workload => [
			selectorCheck(workload),
			...podCheck(workload, set, around),
			...autoscalerCheck(workload),
			...budgetCheck(workload),
			...trafficCheck(workload, set, around),
			...volumeCheck(workload, set, around),
			...roomCheck(workload, around, isThere(workload)),
		]),
		...set.filter(({kind}) => kind === 'Service').flatMap(service => serviceCheck(service, [...workloads, ...others], around)),
		...set.filter(({kind}) => kind === 'HorizontalPodAutoscaler').flatMap(scaler => targetCheck(scaler, set, around)),
		...set.filter(({kind}) => kind === 'PersistentVolumeClaim').flatMap(claim => claimCheck(claim, around)),
	];
	return findings.toSorted(
		(a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status) || severities.indexOf(a.severity) - severities.indexOf(b.severity),
	);
}
