import type {Json} from '../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {expressionText} from '../../../core/kube/selector.ts';
import type {Column} from './column.ts';
import {ageColumn, labelsText, nameColumn, none, textColumn} from './common-columns.ts';

const list = (items: readonly (Json | undefined)[], fallback = none) => (items.length === 0 ? fallback : items.join(','));

function servicePort(port: Json): string {
	const node = valueAt(port, 'nodePort');
	const number = String(valueAt(port, 'port'));
	return `${number}${node === undefined ? '' : `:${String(node)}`}/${textAt(port, 'protocol') ?? 'TCP'}`;
}

function externalAddress(service: KubeObject): string {
	const own = listAt(service, 'spec', 'externalIPs');
	const balancer = listAt(service, 'status', 'loadBalancer', 'ingress').map(
		ingress => textAt(ingress, 'ip') ?? textAt(ingress, 'hostname'),
	);
	switch (textAt(service, 'spec', 'type')) {
		case 'ExternalName':
			return textAt(service, 'spec', 'externalName') ?? none;
		case 'LoadBalancer':
			return list([...balancer, ...own], '<pending>');
		default:
			return list(own);
	}
}

/** At most three, then how many more. */
const few = (items: readonly string[]) =>
	items.length === 0 ? '<unset>' : items.length <= 3 ? items.join(',') : `${items.slice(0, 3).join(',')} + ${items.length - 3} more...`;

function endpoints(object: KubeObject): string {
	const found = listAt(object, 'subsets').flatMap(subset =>
		listAt(subset, 'addresses').flatMap(address => {
			const ports = listAt(subset, 'ports').map(port => valueAt(port, 'port'));
			const ip = textAt(address, 'ip') ?? '';
			return ports.length === 0 ? [ip] : ports.map(port => `${ip}:${String(port)}`);
		}),
	);
	if (found.length === 0) return none;
	return found.length <= 3 ? found.join(',') : `${found.slice(0, 3).join(',')} + ${found.length - 3} more...`;
}

function podSelector(policy: KubeObject): string {
	const selector = objectAt(policy, 'spec', 'podSelector');
	const labels = Object.entries(objectAt(selector, 'matchLabels')).map(([key, value]) => `${key}=${String(value)}`);
	return list([...labels, ...listAt(selector, 'matchExpressions').map(expressionText)].sort());
}

function ingressPorts(ingress: KubeObject): string {
	return listAt(ingress, 'spec', 'tls').length > 0 ? '80, 443' : '80';
}

/** Columns of services, endpoints, ingresses and policies. */
export const networkColumns: {readonly [kind: string]: readonly Column[]} = {
	Service: [
		nameColumn,
		textColumn('Type', ['spec', 'type']),
		textColumn('Cluster-IP', ['spec', 'clusterIP']),
		{name: 'External-IP', cell: externalAddress},
		{name: 'Port(s)', cell: object => list(listAt(object, 'spec', 'ports').map(servicePort))},
		ageColumn,
		{name: 'Selector', wide: true, cell: object => labelsText(objectAt(object, 'spec', 'selector'))},
	],
	Endpoints: [nameColumn, {name: 'Endpoints', cell: endpoints}, ageColumn],
	EndpointSlice: [
		nameColumn,
		textColumn('AddressType', ['addressType']),
		{name: 'Ports', cell: object => few(listAt(object, 'ports').map(port => String(valueAt(port, 'port') ?? '*')))},
		{
			name: 'Endpoints',
			cell: object => few(listAt(object, 'endpoints').flatMap(endpoint => listAt(endpoint, 'addresses').map(String))),
		},
		ageColumn,
	],
	Ingress: [
		nameColumn,
		textColumn('Class', ['spec', 'ingressClassName']),
		{
			name: 'Hosts',
			cell: object =>
				list(
					listAt(object, 'spec', 'rules').map(rule => textAt(rule, 'host') || '*'),
					'*',
				),
		},
		{
			name: 'Address',
			cell: object =>
				list(
					listAt(object, 'status', 'loadBalancer', 'ingress').map(at => textAt(at, 'ip') ?? textAt(at, 'hostname')),
					'',
				),
		},
		{name: 'Ports', cell: ingressPorts},
		ageColumn,
	],
	IngressClass: [
		nameColumn,
		textColumn('Controller', ['spec', 'controller']),
		{
			name: 'Parameters',
			cell: object => {
				const kind = textAt(object, 'spec', 'parameters', 'kind');
				const group = textAt(object, 'spec', 'parameters', 'apiGroup');
				return kind === undefined
					? none
					: `${kind}${group === undefined ? '' : `.${group}`}/${textAt(object, 'spec', 'parameters', 'name')}`;
			},
		},
		ageColumn,
	],
	NetworkPolicy: [nameColumn, {name: 'Pod-Selector', cell: podSelector}, ageColumn],
};
