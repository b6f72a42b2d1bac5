import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {setTimeout as wait} from 'node:timers/promises';
import {isJsonObject} from '../../../../src/core/json.ts';
import {numberAt} from '../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {auditedRequests, writes} from '../../../cluster/audit.ts';
import {binaryPath} from '../../../cluster/binaries.ts';
import {kubectlEnvironment} from '../../../cluster/kubectl.ts';
import {reportedByTest} from '../../../cluster/kubelet/reported-by-test.ts';
import {startControlPlane} from '../../../cluster/start.ts';
import type {RequestSet, SickWorkload} from '../request.ts';
import {eventOf, isStill, podsOf, statusOf} from './sickness.ts';
import type {World} from './world.ts';

/** Rollouts on fake nodes are over in seconds; what has not come to rest by then never will. */
const restMs = 60_000;
const quietMs = 6000;
const pollMs = 500;

/** The world of a set on a real control plane with fake nodes. Logs are left out: nobody serves them there. */
export async function realWorld(set: RequestSet): Promise<World> {
	const plane = await startControlPlane({images: 'all run'});
	const kubectl = kubectlAt(plane.kubeconfig);
	try {
		const apply = (objects: readonly KubeObject[]) =>
			kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], JSON.stringify({apiVersion: 'v1', kind: 'List', items: objects}));
		// Namespaces first: a list is applied in its order.
		const still = set.world.filter(isStill);
		await apply(still.filter(({kind}) => kind === 'Namespace'));
		await apply(still.filter(({kind}) => kind !== 'Namespace'));
		for (const object of set.history) {
			await apply([object]);
			await settled(kubectl, deployments => deployments.every(isObserved));
		}
		await apply(set.world);
		await settled(kubectl, deployments => deployments.every(deployment => isObserved(deployment) && isAvailable(deployment)));
		for (const sick of set.state) await makeSick(kubectl, sick);
		await settled(kubectl, () => false);
		// What a kubelet had under way when it was told to leave a pod alone may have come last.
		for (const sick of set.state) await reportSick(kubectl, sick);
	} catch (error) {
		await plane.stop();
		throw error;
	}
	let seen = writes(auditedRequests(plane.auditLog)).length;
	return {
		kubeconfig: await readFile(plane.kubeconfig, 'utf8'),
		provides: new Set(['history', 'state', 'inputs']),
		written() {
			const all = writes(auditedRequests(plane.auditLog));
			const news = all.slice(seen).map(({verb, path}) => `${verb} ${path}`);
			seen = all.length;
			return news;
		},
		lacks: [],
		stop: plane.stop,
	};
}

type Kubectl = (words: readonly string[], input?: string) => Promise<string>;

/** @throws with what kubectl said when it failed */
const kubectlAt =
	(kubeconfig: string): Kubectl =>
	(words, input = '') =>
		new Promise((resolve, reject) => {
			const options = {timeout: 120_000, env: kubectlEnvironment(kubeconfig), maxBuffer: 64 * 1024 * 1024};
			const child = execFile(binaryPath('kubectl'), [`--kubeconfig=${kubeconfig}`, ...words], options, (error, out, err) => {
				if (error === null) resolve(out);
				else reject(new Error(`kubectl ${words.join(' ')}: ${err.trim()}`));
			});
			child.stdin?.end(input);
		});

async function listed(kubectl: Kubectl, kinds: string): Promise<readonly KubeObject[]> {
	const list: unknown = JSON.parse(await kubectl(['get', kinds, '-A', '-o', 'json']));
	// What the server lists are objects.
	return isJsonObject(list) && Array.isArray(list.items) ? (list.items as readonly KubeObject[]) : [];
}

const isObserved = (object: KubeObject) => numberAt(object, 'status', 'observedGeneration') === numberAt(object, 'metadata', 'generation');
const isAvailable = (object: KubeObject) => {
	const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
	return ['replicas', 'updatedReplicas', 'availableReplicas'].every(field => (numberAt(object, 'status', field) ?? 0) === wanted);
};

/** Waits until the Deployments are right, or until nothing has changed for a while: some never will be. */
async function settled(kubectl: Kubectl, areRight: (deployments: readonly KubeObject[]) => boolean): Promise<void> {
	const until = Date.now() + restMs;
	let last = '';
	let quietSince = Date.now();
	while (Date.now() < until) {
		const deployments = await listed(kubectl, 'deployments');
		if (areRight(deployments)) return;
		const now = JSON.stringify(deployments.map(({status}) => status));
		if (now !== last) quietSince = Date.now();
		last = now;
		if (Date.now() - quietSince > quietMs) return;
		await wait(pollMs);
	}
}

async function makeSick(kubectl: Kubectl, sick: SickWorkload): Promise<void> {
	for (const {metadata} of await sickPods(kubectl, sick))
		await kubectl(['annotate', 'pod', metadata.name, '-n', metadata.namespace ?? '', `${reportedByTest}=yes`]);
	for (const pod of await reportSick(kubectl, sick)) {
		const events = sick.events.map((event, index) => eventOf(pod, event, {index, nowMs: Date.now()}));
		if (events.length > 0) await kubectl(['create', '-f', '-'], JSON.stringify({apiVersion: 'v1', kind: 'List', items: events}));
	}
}

/** Writes what a kubelet would report. */
async function reportSick(kubectl: Kubectl, sick: SickWorkload): Promise<readonly KubeObject[]> {
	const pods = await sickPods(kubectl, sick);
	for (const pod of pods) {
		const {name, namespace = ''} = pod.metadata;
		const patch = JSON.stringify({status: statusOf(pod, sick.status)});
		await kubectl(['patch', 'pod', name, '-n', namespace, '--subresource=status', '--type=merge', '-p', patch]);
	}
	return pods;
}

async function sickPods(kubectl: Kubectl, sick: SickWorkload): Promise<readonly KubeObject[]> {
	const [pods, sets, owners] = await Promise.all([
		listed(kubectl, 'pods'),
		listed(kubectl, 'replicasets'),
		listed(kubectl, sick.workload.kind),
	]);
	const owner = owners.find(({metadata}) => metadata.name === sick.workload.name && metadata.namespace === sick.workload.namespace);
	return podsOf(owner, {sets, pods});
}
