import {objectAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {type DeclaredPort, declaredPorts} from '../../coherence/workload-set.ts';
import {templateLabels} from '../../detection/routing.ts';
import {addressNumber} from '../../network/ipv4.ts';
import {type PodSide, ruleMatch} from '../../network/policy-match.ts';
import type {Proof} from '../proof.ts';
import {type Caller, type FlowPort, namespaceOf} from './flow.ts';
import {type FlowPolicy, rulesIn, speaksOf} from './flow-policies.ts';

const nameLabel = 'kubernetes.io/metadata.name';
const pod = (namespace: string, labels: PodSide['labels'], namespaceLabels: PodSide['labels'] = {}): PodSide => ({
	namespace,
	labels,
	namespaceLabels: {...objectAt(namespaceLabels), [nameLabel]: namespace},
});

/** Somebody nobody declared, of a namespace that nothing names. */
const stranger = pod('mkcoa-stranger', {'mkcoa.io/stranger': 'yes'});
/** A pod that answers names, as most clusters run it. */
const nameServer = pod('kube-system', {'k8s-app': 'kube-dns'});

const sideOf = (workload: KubeObject) => pod(namespaceOf(workload), objectAt(templateLabels(workload)));

/** A pod of those who ask. */
function sideOfCaller(caller: Caller): PodSide {
	if (caller.kind === 'workload') return sideOf(caller.workload);
	return caller.kind === 'namespace' ? pod(caller.name, {app: 'any'}) : stranger;
}

const asDeclared = ({port, protocol}: FlowPort, workload: KubeObject): DeclaredPort => {
	const own = declaredPorts(podSpecOf(workload)).find(({name, number}) => name === port || number === port);
	return typeof port === 'number' ? {name: own?.name ?? '', number: port, protocol} : {name: port, number: own?.number ?? 0, protocol};
};

/** Ports that every pod may have and no policy names: discard and chargen. */
const odd: readonly DeclaredPort[] = [
	{name: '', number: 9, protocol: 'TCP'},
	{name: '', number: 19, protocol: 'UDP'},
];

/**
 * Tries a policy before it is shown: every connection that it was made for passes, names are answered where it speaks of egress, and neither a stranger nor
 * an odd port gets through that nobody asked for.
 */
export function proveFlows({policy, workload, flows, outgoing, outside}: FlowPolicy): Proof {
	const own = namespaceOf(workload);
	const lets = (direction: 'ingress' | 'egress', other: PodSide, port: DeclaredPort) =>
		rulesIn(policy, direction).some(rule => {
			const match = ruleMatch(rule, direction, other, [port], own);
			return match.peer && match.port;
		});
	const passing = [
		...flows.flatMap(({from, ports, because}) =>
			ports.map(port => ({
				ok: lets('ingress', sideOfCaller(from), asDeclared(port, workload)),
				what: `${because}, ${port.protocol} ${port.port}`,
			})),
		),
		...outgoing.flatMap(({to, ports, because}) =>
			ports.map(port => ({ok: lets('egress', sideOf(to), asDeclared(port, to)), what: `${because}, ${port.protocol} ${port.port}`})),
		),
		...outside.flatMap(({cidr, ports, because}) => {
			// Of the whole world any address that is nobody's own will do.
			const inBlock = addressNumber(cidr === '0.0.0.0/0' ? '203.0.113.7' : (cidr.split('/')[0] ?? ''));
			const other: PodSide = {...stranger, addresses: inBlock === undefined ? [] : [inBlock]};
			return ports.map(port => ({ok: lets('egress', other, asDeclared(port, workload)), what: because}));
		}),
		...(speaksOf(policy, 'Egress')
			? (['UDP', 'TCP'] as const).map(protocol => ({
					ok: lets('egress', nameServer, {name: '', number: 53, protocol}),
					what: `DNS over ${protocol}`,
				}))
			: []),
	];
	const opened = flows.filter(({from}) => from.kind === 'cluster' || from.kind === 'anywhere');
	const isOpened = (port: DeclaredPort) =>
		opened.some(({ports}) => ports.some(each => (each.port === port.number || each.port === port.name) && each.protocol === port.protocol));
	const closed = [...declaredPorts(podSpecOf(workload)), ...odd].filter(port => !isOpened({...port, protocol: port.protocol ?? 'TCP'}));
	const refusing = speaksOf(policy, 'Ingress')
		? closed.map(port => ({ok: !lets('ingress', stranger, port), what: `a stranger at port ${port.number}`}))
		: odd.map(port => ({ok: !lets('egress', stranger, port), what: `a stranger at port ${port.number}`}));
	const name = refText(refOf(policy));
	return {
		passed: passing.filter(({ok}) => ok).length,
		refused: refusing.filter(({ok}) => ok).length,
		wrong: [
			...passing.filter(({ok}) => !ok).map(({what}) => `${name} would refuse what has to pass: ${what}`),
			...refusing.filter(({ok}) => !ok).map(({what}) => `${name} would let through: ${what}`),
		],
	};
}
