import {isJsonObject, type Json} from '../../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../core/kube/selector.ts';
import {templateLabels} from '../../detection/routing.ts';
import type {Survey} from '../../detection/survey.ts';
import type {Caller, Flow, FlowPort, OutsideFlow} from './flow.ts';

/** What a text of flows tells, and the lines that tell of nothing which was read. */
export type Observed = {readonly flows: readonly Flow[]; readonly outside: readonly OutsideFlow[]; readonly unknown: readonly string[]};

type End = {readonly workload: KubeObject} | {readonly address: string} | 'world' | 'node' | undefined;

/** `shop/web -> data/db:5432/TCP`; an end may be `world` or an address. */
const plain = /^(?<from>\S+)\s*->\s*(?<to>[^\s:]+):(?<port>\d{1,5})(?:\/(?<protocol>tcp|udp|sctp))?$/i;

const address = /^\d{1,3}(?:\.\d{1,3}){3}$/;

function workloadNamed(survey: Survey, namespace: string, name: string): KubeObject | undefined {
	const tops = survey.workloads(namespace);
	const pod = survey.find('Pod', namespace, name);
	return tops.find(({metadata}) => metadata.name === name) ?? (pod === undefined ? undefined : survey.topOf(pod));
}

function plainEnd(text: string, survey: Survey): End {
	if (text === 'world') return 'world';
	if (address.test(text)) return {address: text};
	const [namespace = '', name = ''] = text.split('/');
	const workload = workloadNamed(survey, namespace, name);
	return workload === undefined ? undefined : {workload};
}

/** `k8s:app=web` of Hubble as labels; those of Cilium itself name a namespace or a reserved end. */
function hubbleEnd(end: Json | undefined, ip: string | undefined, survey: Survey): End {
	const labels = listAt(end, 'labels').map(String);
	const reserved = labels.find(label => label.startsWith('reserved:'));
	if (reserved === 'reserved:host' || reserved === 'reserved:remote-node') return 'node';
	const namespace = textAt(end, 'namespace');
	if (namespace === undefined)
		return ip === undefined || !address.test(ip) ? (reserved === 'reserved:world' ? 'world' : undefined) : {address: ip};
	const own = Object.fromEntries(
		labels
			.filter(label => label.startsWith('k8s:') && !label.startsWith('k8s:io.'))
			.map(label => label.slice(4))
			.map(label => [label.slice(0, label.indexOf('=')), label.slice(label.indexOf('=') + 1)]),
	);
	const named = [textAt(listAt(end, 'workloads')[0], 'name'), textAt(end, 'pod_name')].flatMap(name =>
		name === undefined ? [] : (workloadNamed(survey, namespace, name) ?? []),
	);
	const workload = named[0] ?? survey.workloads(namespace).find(each => fitsMap(templateLabels(each), own));
	return workload === undefined ? undefined : {workload};
}

type Seen = {readonly from: End; readonly to: End; readonly port: FlowPort};

const protocols = {TCP: 'TCP', UDP: 'UDP', SCTP: 'SCTP'} as const;

/** A line of `hubble observe -o json`: requests that went through, and no answers. */
function hubbleSeen(line: string, survey: Survey): Seen | undefined | 'passed over' {
	const parsed: unknown = JSON.parse(line);
	if (!isJsonObject(parsed as Json)) return undefined;
	const told = parsed as Json;
	const flow = objectAt(told, 'flow');
	if (textAt(flow, 'verdict') === 'DROPPED' || valueAt(flow, 'is_reply') === true) return 'passed over';
	const protocol = Object.values(protocols).find(each => valueAt(flow, 'l4', each) !== undefined);
	if (protocol === undefined) return 'passed over';
	const port = numberAt(flow, 'l4', protocol, 'destination_port');
	if (port === undefined) return undefined;
	return {
		from: hubbleEnd(flow.source, textAt(flow, 'IP', 'source'), survey),
		to: hubbleEnd(flow.destination, textAt(flow, 'IP', 'destination'), survey),
		port: {port, protocol},
	};
}

function seenIn(line: string, survey: Survey): Seen | undefined | 'passed over' {
	if (line.startsWith('{')) {
		try {
			return hubbleSeen(line, survey);
		} catch {
			return undefined;
		}
	}
	const {from = '', to = '', port, protocol = 'TCP'} = plain.exec(line)?.groups ?? {};
	if (port === undefined) return undefined;
	const said = protocol.toUpperCase();
	return {
		from: plainEnd(from, survey),
		to: plainEnd(to, survey),
		port: {port: Number(port), protocol: said === 'UDP' || said === 'SCTP' ? said : 'TCP'},
	};
}

const callerOf = (end: Exclude<End, undefined>): Caller =>
	typeof end === 'object' && 'workload' in end ? {kind: 'workload', workload: end.workload} : {kind: 'anywhere'};

/** Reads what a CNI saw: lines of Hubble in JSON, or `NAMESPACE/WORKLOAD -> NAMESPACE/WORKLOAD:PORT/PROTOCOL`. Empty lines and `#` are passed over. */
export function observedFlows(text: string, survey: Survey): Observed {
	const flows: Flow[] = [];
	const outside: OutsideFlow[] = [];
	const unknown: string[] = [];
	for (const line of text.split('\n').map(each => each.trim())) {
		if (line === '' || line.startsWith('#')) continue;
		const seen = seenIn(line, survey);
		if (seen === 'passed over') continue;
		const {from, to} = seen ?? {};
		if (seen === undefined || from === undefined || to === undefined) unknown.push(line);
		else if (typeof to === 'object' && 'workload' in to) {
			// What a node asks its own pods passes every policy: the probes of the kubelet.
			if (from !== 'node') flows.push({from: callerOf(from), to: to.workload, ports: [seen.port], because: 'observed'});
		} else if (typeof from === 'object' && 'workload' in from) {
			const cidr = typeof to === 'object' ? `${to.address}/32` : '0.0.0.0/0';
			outside.push({from: from.workload, cidr, except: [], ports: [seen.port], because: 'observed'});
		}
	}
	return {flows, outside, unknown};
}
