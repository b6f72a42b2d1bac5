import {listAt, valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import {type AnyCheck, check} from '../check.ts';
import {workloadKinds} from '../workload/on-containers.ts';

const policyKind = 'networking.k8s.io/NetworkPolicy';
const directions = ['Ingress', 'Egress'] as const;

const namespaceOf = ({metadata}: KubeObject) => metadata.namespace ?? 'default';

/** Types that a policy does not name are those that it has rules of; ingress always. */
const isOfType = (policy: KubeObject, direction: string) => {
	const types = valueAt(policy, 'spec', 'policyTypes');
	return Array.isArray(types) ? types.includes(direction) : true;
};

/** Whether a policy says which traffic of a direction there is, instead of only that there is none. */
const tells = (policy: KubeObject, direction: (typeof directions)[number]) =>
	isOfType(policy, direction) && listAt(policy, 'spec', direction.toLowerCase()).length > 0;

/** Whether somebody wrote down whom pods talk to. */
export const declaredFlowChecks: readonly AnyCheck[] = [
	check({
		id: 'undeclared-flows',
		family: 'network',
		title: 'Policies say what pods take in and whom they call',
		why: 'Where nobody wrote it down, an attacker in the pod reaches all that the cluster reaches, and looks like the usual.',
		severity: 'low',
		reads: [...workloadKinds, policyKind],
		settings: {},
		look: ({workloads, ofKind}) => {
			const policies = Map.groupBy(ofKind(policyKind), namespaceOf);
			return workloads.map(({ref, object, labels}) => {
				const own = (policies.get(namespaceOf(object)) ?? []).filter(policy =>
					fitsSelector(valueAt(policy, 'spec', 'podSelector'), labels),
				);
				const untold = directions.filter(direction => !own.some(policy => tells(policy, direction)));
				if (untold.length === 0) return {resource: ref, faults: []};
				const related = own.map(policy => ({resource: refOf(policy), paths: untold.map(direction => `spec.${direction.toLowerCase()}`)}));
				const evidence =
					own.length === 0 ? 'no NetworkPolicy selects its pods' : `no rule tells of its ${untold.join(' and ').toLowerCase()}`;
				return {resource: ref, faults: [{paths: [], mends: [], evidence, related}]};
			});
		},
	}),
];
