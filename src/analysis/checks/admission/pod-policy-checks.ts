import type {Json} from '../../../core/json.ts';
import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {refOf} from '../../../core/kube/kube-object.ts';
import {type AnyCheck, check, type Fault, type Settings} from '../check.ts';
import type {Looks} from '../on-objects.ts';

const family = 'admission';
const kind = 'policy/PodSecurityPolicy';

/** Pods are let in by whichever policy fits: only where each of them is at fault does none refuse. */
const onAllPolicies = (find: (spec: Json) => Fault | undefined): Looks<Settings> => ({
	reads: [kind],
	settings: {},
	look: world => {
		const looked = world.ofKind(kind).map(policy => ({resource: refOf(policy), fault: find(valueAt(policy, 'spec') ?? {})}));
		const isRefused = looked.some(({fault}) => fault === undefined);
		return looked.map(({resource, fault}) => ({resource, faults: isRefused || fault === undefined ? [] : [fault]}));
	},
});

const isNot = (field: string, unset: boolean, evidence: string) => (spec: Json) => {
	const path = `spec.${field}`;
	return (valueAt(spec, field) ?? unset) === true ? {paths: [path], mends: [{path, value: false}], evidence} : undefined;
};

/** Whether user 0 is among those that a policy takes. */
function takesRoot(spec: Json): boolean {
	const rule = textAt(spec, 'runAsUser', 'rule');
	if (rule !== 'MustRunAs') return rule !== 'MustRunAsNonRoot';
	return listAt(spec, 'runAsUser', 'ranges').some(range => valueAt(range, 'min') === 0);
}

/** What policies of clusters before 1.25 let pods do. */
export const podPolicyChecks: readonly AnyCheck[] = [
	check({
		...{id: 'pod-policy-privileged', family, title: 'Some PodSecurityPolicy refuses privileged containers', severity: 'high'},
		why: 'Where every policy takes them, whoever creates a pod has the node.',
		...onAllPolicies(isNot('privileged', false, 'it takes privileged containers')),
	}),
	check({
		...{id: 'pod-policy-host-processes', family, title: 'Some PodSecurityPolicy refuses the processes of the host', severity: 'high'},
		why: 'Where every policy gives them, a pod sees and stops what runs on its node.',
		...onAllPolicies(isNot('hostPID', false, 'it gives the processes of the host')),
	}),
	check({
		...{id: 'pod-policy-host-memory', family, title: 'Some PodSecurityPolicy refuses the shared memory of the host', severity: 'high'},
		why: 'Where every policy gives it, a pod reads what programs of its node share.',
		...onAllPolicies(isNot('hostIPC', false, 'it gives the shared memory of the host')),
	}),
	check({
		...{id: 'pod-policy-host-network', family, title: 'Some PodSecurityPolicy refuses the network of the host', severity: 'high'},
		why: 'Where every policy gives it, a pod listens to the traffic of its node and passes by every NetworkPolicy.',
		...onAllPolicies(isNot('hostNetwork', false, 'it gives the network of the host')),
	}),
	check({
		...{id: 'pod-policy-escalation', family, title: 'Some PodSecurityPolicy refuses that processes gain privileges', severity: 'medium'},
		why: 'Where every policy takes it, and a policy that says nothing does, a program that is root by its file makes its caller root.',
		...onAllPolicies(isNot('allowPrivilegeEscalation', true, 'it lets processes gain privileges')),
	}),
	check({
		...{id: 'pod-policy-root', family, title: 'Some PodSecurityPolicy refuses containers of root', severity: 'medium'},
		why: 'Where every policy takes them, a program that breaks out of its container is root on the node.',
		...onAllPolicies(spec => {
			const path = 'spec.runAsUser.rule';
			return takesRoot(spec) ? {paths: [path], mends: [{path, value: 'MustRunAsNonRoot'}], evidence: 'it takes user 0'} : undefined;
		}),
	}),
	check({
		...{id: 'pod-policy-capabilities', family, title: 'Some PodSecurityPolicy adds no capabilities', severity: 'medium'},
		why: 'Where every policy lets pods add some, a container takes parts of what root may.',
		...onAllPolicies(spec => {
			const [path, added] = ['spec.allowedCapabilities', listAt(spec, 'allowedCapabilities')];
			return added.length > 0
				? {paths: [path], mends: [{path, remove: true}], evidence: `it lets pods add ${added.join(', ')}`}
				: undefined;
		}),
	}),
	check({
		...{id: 'pod-policy-drops-nothing', family, title: 'Some PodSecurityPolicy drops NET_RAW or all capabilities', severity: 'medium'},
		why: 'With NET_RAW a pod forges packets and answers in place of others.',
		...onAllPolicies(spec => {
			const path = 'spec.requiredDropCapabilities';
			const dropped = listAt(spec, 'requiredDropCapabilities');
			return dropped.includes('ALL') || dropped.includes('NET_RAW')
				? undefined
				: {paths: [path], mends: [{path, value: [...dropped, 'NET_RAW']}], evidence: 'it leaves NET_RAW to containers'};
		}),
	}),
];
