import type {JsonObject} from '../../../../core/json.ts';
import type {Answers} from './answers.ts';
import {labelsOf} from './pod-template.ts';

const dnsPorts = [
	{port: 53, protocol: 'UDP'},
	{port: 53, protocol: 'TCP'},
];

/** DNS answers from other places in other clusters (a cache on the node, another namespace), so its port is open to all of them. */
const dns: JsonObject = {ports: dnsPorts};

const byName = (name: string) => ({namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': name}}});
const ownNamespace = {podSelector: {}};

/** `10.0.0.0/8:5432` → the block, and its port where it has one. */
function blockOf(text: string): {readonly ipBlock: {readonly cidr: string}; readonly port: number | undefined} {
	const [cidr = '', port] = text.split(':');
	return {ipBlock: {cidr}, port: port === undefined ? undefined : Number(port)};
}

const isBlock = (text: string) => text.includes('/');
const peerOf = (text: string): JsonObject => (isBlock(text) ? {ipBlock: blockOf(text).ipBlock} : byName(text));

function ingress({ports, allowFrom}: Answers): readonly JsonObject[] {
	if (ports.length === 0) return [];
	const from = allowFrom.includes('*') ? {} : {from: [ownNamespace, ...allowFrom.map(peerOf)]};
	return [{...from, ports: ports.map(({number}) => ({port: number, protocol: 'TCP'}))}];
}

function egress({allowTo}: Answers): readonly JsonObject[] {
	// Said openly, because another policy of the namespace may deny all: policies add up.
	if (allowTo.includes('*')) return [{}];
	const withPort = allowTo.filter(text => isBlock(text) && blockOf(text).port !== undefined);
	const others = allowTo.filter(text => !withPort.includes(text));
	return [
		dns,
		{to: [ownNamespace, ...others.map(peerOf)]},
		...withPort.map(text => ({to: [peerOf(text)], ports: [{port: blockOf(text).port, protocol: 'TCP'}]})),
	];
}

/** Who may call the pods, and whom they may call. The kubelet's probes pass every policy. */
export const networkPolicySpec = (answers: Answers): JsonObject => ({
	podSelector: {matchLabels: labelsOf(answers)},
	policyTypes: ['Ingress', 'Egress'],
	ingress: ingress(answers),
	egress: egress(answers),
});
