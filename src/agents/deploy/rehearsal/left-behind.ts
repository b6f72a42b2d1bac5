import type {Clock} from '../../../core/clock.ts';
import {isNotAllowed, MkcoaError} from '../../../core/error.ts';
import {groupOf} from '../../../core/kube/kube-object.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Cluster, ResourceType} from '../../../mcp/kubernetes/port.ts';
import {copiedKinds} from './copied-kinds.ts';

/** A rehearsal waits this long for the counts of what it leaves behind. */
const patienceMs = 5000;
const mostNamed = 12;
const longestKind = 60;

/** What a cluster makes by itself or keeps as a record; it would say nothing in a copy. */
const ofTheCluster = new Set([
	'pods',
	'events',
	'events.events.k8s.io',
	'endpoints',
	'endpointslices.discovery.k8s.io',
	'leases.coordination.k8s.io',
	'csistoragecapacities.storage.k8s.io',
]);
const measured = /(^|\.)metrics\.k8s\.io$/;

type Looked = {readonly kind: string; readonly found: number | 'not allowed' | 'no answer'};

/** Names the kinds of a namespace that hold objects and that no copy has: `3 Certificates, 1 Rollout`. One small question for each kind, all at once. */
export async function leftBehind(cluster: Cluster, namespace: string, clock: Clock): Promise<readonly string[]> {
	const types = (await cluster.types()).filter(isLeft);
	const looked = await Promise.all(types.map(type => inTime(lookFor(cluster, namespace, type), kindOf(type), clock)));
	const held = looked.flatMap(({kind, found}) => (typeof found === 'number' && found > 0 ? [count(found, kind)] : []));
	const unread = (why: Looked['found']) => looked.filter(({found}) => found === why).map(({kind}) => kind);
	const told = (why: 'not allowed' | 'no answer', words: string) =>
		unread(why).length === 0 ? [] : [`${someOf(unread(why), mostNamed)}, if there are any: ${words}`];
	return [
		...(held.length === 0 ? [] : [someOf(held, mostNamed)]),
		...told('not allowed', 'reading them is not allowed'),
		...told('no answer', `the server did not tell within ${patienceMs / 1000} s`),
	];
}

const isLeft = (type: ResourceType) => {
	const name = nameOf(type);
	return type.namespaced && type.verbs.includes('list') && !copied.has(name) && !ofTheCluster.has(name) && !measured.test(name);
};

const copied = new Set(copiedKinds);
const kindOf = ({kind}: ResourceType) => plainLine(kind, longestKind);
const nameOf = ({plural, apiVersion}: ResourceType) => (groupOf(apiVersion) === '' ? plural : `${plural}.${groupOf(apiVersion)}`);

async function lookFor(cluster: Cluster, namespace: string, type: ResourceType): Promise<Looked> {
	try {
		const {items, remaining = 0} = await cluster.list({type, namespace, pageSize: 1});
		return {kind: kindOf(type), found: items.length + remaining};
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		const gone = error.trouble.code === 'unknown-kind';
		return {kind: kindOf(type), found: gone ? 0 : isNotAllowed(error) ? 'not allowed' : 'no answer'};
	}
}

const inTime = (asked: Promise<Looked>, kind: string, clock: Clock) =>
	new Promise<Looked>((resolve, reject) => {
		const stop = clock.schedule(patienceMs, () => resolve({kind, found: 'no answer'}));
		asked.then(resolve, reject).finally(stop);
	});
