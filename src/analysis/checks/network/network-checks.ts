import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import {type Looks, onObjects} from '../on-objects.ts';
import {workloadKinds} from '../workload/on-containers.ts';
import type {Workload, World} from '../world.ts';
import {choosesAll, type Direction, limits, policiesFor, policiesOf, policyKinds} from './policies.ts';

const family = 'network';
const plain = 'networking.k8s.io/NetworkPolicy';

const onWorkloadPolicies = (find: (workload: Workload, world: World) => string | undefined): Looks => ({
	reads: [...workloadKinds, ...policyKinds],
	settings: {},
	look: world =>
		world.workloads.map(workload => {
			const evidence = find(workload, world);
			return {resource: workload.ref, faults: evidence === undefined ? [] : [{paths: [], mends: [], evidence}]};
		}),
});

const onNamespacePolicies = (find: (namespace: string, world: World) => string | undefined): Looks => ({
	...onObjects(
		['Namespace'],
		{},
		({metadata: {name}}, _, world): readonly Fault[] => {
			const evidence = find(name, world);
			return evidence === undefined ? [] : [{paths: [], mends: [], evidence}];
		},
		policyKinds,
	),
});

const withoutDefault = (direction: Direction) => (namespace: string, world: World) =>
	policiesOf(namespace, world).some(policy => choosesAll(policy) && limits(policy, direction))
		? undefined
		: `no policy of ${namespace} limits ${direction} of all of its pods`;

/** A block of all addresses; its exceptions leave the rest of the world. */
const isWhole = (cidr: string) => /\/0$/.test(cidr);

/** Rules of a policy that let everything through: no peers and no ports. */
const openRules = (direction: Direction, peers: 'from' | 'to') =>
	onObjects([plain], {}, policy =>
		listAt(policy, 'spec', direction).flatMap((rule, index): readonly Fault[] => {
			if (listAt(rule, peers).length > 0 || listAt(rule, 'ports').length > 0) return [];
			const path = `spec.${direction}[${index}]`;
			return [
				{
					paths: [path],
					mends: [{path: `${path}.${peers}`, ask: 'who is at the other end'}],
					evidence: `rule ${index} lets all ${direction} pass`,
				},
			];
		}),
	);

const wholeWorld = (direction: Direction, peers: 'from' | 'to') =>
	onObjects([plain], {}, policy =>
		listAt(policy, 'spec', direction).flatMap((rule, index) =>
			listAt(rule, peers).flatMap((peer, at): readonly Fault[] => {
				const cidr = textAt(peer, 'ipBlock', 'cidr');
				if (cidr === undefined || !isWhole(cidr)) return [];
				const path = `spec.${direction}[${index}].${peers}[${at}].ipBlock.cidr`;
				return [{paths: [path], mends: [{path, ask: 'the addresses that are needed'}], evidence: `rule ${index} is for ${cidr}`}];
			}),
		),
	);

/** Who may speak to whom. */
export const networkChecks: readonly AnyCheck[] = [
	check({
		...{id: 'namespace-without-network-policy', family, title: 'Every namespace has a network policy', severity: 'medium'},
		why: 'Without a policy every pod of the cluster reaches every pod of the namespace.',
		...onNamespacePolicies((namespace, world) =>
			policiesOf(namespace, world).length > 0 ? undefined : `no network policy is for the pods of ${namespace}`,
		),
	}),
	check({
		...{
			id: 'namespace-without-default-ingress',
			family,
			title: 'A policy limits what comes in to all pods of a namespace',
			severity: 'low',
		},
		why: 'A pod that no policy chooses takes traffic from everywhere, the one that is deployed tomorrow too.',
		...onNamespacePolicies(withoutDefault('ingress')),
	}),
	check({
		...{id: 'namespace-without-default-egress', family, title: 'A policy limits where all pods of a namespace go', severity: 'low'},
		why: 'A pod that was taken over carries data out to wherever nothing stops it.',
		...onNamespacePolicies(withoutDefault('egress')),
	}),
	check({
		...{id: 'workload-without-network-policy', family, title: 'A network policy chooses the pods of each workload', severity: 'medium'},
		why: 'A pod that no policy chooses speaks with everybody, both ways.',
		...onWorkloadPolicies((workload, world) =>
			policiesFor(workload, world).length > 0 ? undefined : 'no network policy chooses its pods',
		),
	}),
	check({
		...{id: 'workload-with-open-direction', family, title: 'Policies limit both ways of each workload', severity: 'low'},
		why: 'What comes in is no longer all that matters once somebody is in: a way out takes data along and brings orders.',
		...onWorkloadPolicies((workload, world) => {
			const policies = policiesFor(workload, world);
			const open = (['ingress', 'egress'] as const).filter(direction => !policies.some(policy => limits(policy, direction)));
			return open.length === 0 ? undefined : `no network policy limits its ${open.join(' and ')}`;
		}),
	}),
	check({
		...{id: 'network-policy-allows-all-ingress', family, title: 'No network policy lets everything in', severity: 'medium'},
		why: 'A rule without peers and ports takes back what every other policy refuses.',
		...openRules('ingress', 'from'),
	}),
	check({
		...{id: 'network-policy-allows-all-egress', family, title: 'No network policy lets everything out', severity: 'low'},
		why: 'A rule without peers and ports takes back what every other policy refuses.',
		...openRules('egress', 'to'),
	}),
	check({
		...{id: 'network-policy-takes-whole-internet', family, title: 'No network policy lets all addresses in', severity: 'medium'},
		why: 'All addresses are those of the pods of other namespaces too, and of whoever reaches the nodes.',
		...wholeWorld('ingress', 'from'),
	}),
	check({
		...{id: 'network-policy-reaches-whole-internet', family, title: 'No network policy lets pods reach all addresses', severity: 'low'},
		why: 'All addresses are those of the metadata service of the cloud too, and of whoever waits for data.',
		...wholeWorld('egress', 'to'),
	}),
	check({
		...{id: 'cilium-policy-takes-world', family, title: 'No policy of Cilium lets the whole world in', severity: 'medium'},
		why: 'The entities world and all are everybody outside of the cluster, and everybody at all.',
		...onObjects(['cilium.io/CiliumNetworkPolicy', 'cilium.io/CiliumClusterwideNetworkPolicy'], {}, policy =>
			[
				{spec: valueAt(policy, 'spec'), at: 'spec'},
				...listAt(policy, 'specs').map((spec, index) => ({spec, at: `specs[${index}]`})),
			].flatMap(({spec, at}) =>
				listAt(spec, 'ingress').flatMap((rule, index) =>
					listAt(rule, 'fromEntities').flatMap((entity, place): readonly Fault[] => {
						if (entity !== 'world' && entity !== 'all') return [];
						const path = `${at}.ingress[${index}].fromEntities[${place}]`;
						return [{paths: [path], mends: [{path, ask: 'who is at the other end'}], evidence: `rule ${index} takes ${entity}`}];
					}),
				),
			),
		),
	}),
	check({
		...{id: 'service-with-external-addresses', family, title: 'Services take no external addresses', severity: 'high'},
		why: 'Nodes send to the Service what is for the address, whosever it is: traffic of others is read so (CVE-2020-8554).',
		...onObjects(['Service'], {}, service => {
			const addresses = listAt(service, 'spec', 'externalIPs');
			const path = 'spec.externalIPs';
			return addresses.length === 0 ? [] : [{paths: [path], mends: [{path, remove: true}], evidence: `it takes ${addresses.join(', ')}`}];
		}),
	}),
	check({
		...{id: 'service-by-external-name', family, title: 'Services do not stand for names outside of the cluster', severity: 'low'},
		why: 'Whoever changes the name sends what pods believe to be inside to anybody, and no policy sees it.',
		...onObjects(['Service'], {}, service =>
			textAt(service, 'spec', 'type') === 'ExternalName'
				? [{paths: ['spec.externalName'], mends: [], evidence: `it stands for ${textAt(service, 'spec', 'externalName')}`}]
				: [],
		),
	}),
];
