import type {KubeObject} from '../../core/kube/kube-object.ts';
import {digest} from '../life/kubelet/identifiers.ts';
import {fresh} from '../life/kubelet/pod-record.ts';
import {podStatus} from '../life/kubelet/pod-status.ts';
import {controllerReference} from '../life/owners.ts';
import type {Pod} from '../life/pod-shapes.ts';
import {safeHash, suffixes} from '../life/seeded-random.ts';
import type {Machine} from '../machine.ts';
import {foundation} from './foundation.ts';
import {node} from './nodes.ts';
import {namespace} from './objects.ts';
import {days, type Scenario} from './scenario.ts';
import {appLabels, deployment, template, type Workload} from './workloads.ts';

const size = {nodes: 100, namespaces: 20, workloads: 25, replicas: 10};
const teams = ['billing', 'search', 'media', 'identity', 'ledger', 'fleet', 'mail', 'maps', 'orders', 'profile'];

type Plant = (object: KubeObject) => KubeObject;
type Stage = {readonly machine: Machine; readonly plant: Plant; readonly time: string; placed: number};

/** Five thousand pods that all run; written as they are, since living through it would take minutes. */
export const large: Scenario = {
	history: [{agoMs: days(2), objects: []}],
	stage(machine, plant) {
		const nodes = Array.from({length: size.nodes}, (_, index) => index + 1).map(number =>
			node({name: nodeName(number), number, cpu: '32', memory: '128Gi', at: '2025-06-01T08:00:00Z'}),
		);
		for (const object of foundation(nodes)) {
			const made = machine.create(object, 'kubectl');
			if (object.status !== undefined) machine.update({...made, status: object.status}, 'kubelet', 'status');
		}
		const stage: Stage = {machine, plant, time: `${new Date(machine.clock.now()).toISOString().slice(0, 19)}Z`, placed: 0};
		for (let space = 0; space < size.namespaces; space++) fillNamespace(stage, space);
	},
};

const nodeName = (number: number) => `node-${String(number).padStart(3, '0')}`;

function fillNamespace(stage: Stage, space: number) {
	const team = teams[space % teams.length] ?? 'team';
	const name = space < teams.length ? team : `${team}-staging`;
	stage.machine.create(namespace(name, {team}), 'kubectl');
	for (let number = 1; number <= size.workloads; number++) {
		const image = `registry.example/${team}/service:${1 + (number % 4)}.${number % 10}.0`;
		plantWorkload(stage, {
			namespace: name,
			name: `${team}-${number}`,
			image,
			replicas: size.replicas,
			port: 8080,
			cpu: '250m/1',
			memory: '256Mi/512Mi',
		});
	}
}

/** A deployment, its replica set and its pods. The server sees the first of each pod; the others are its likes. */
function plantWorkload(stage: Stage, workload: Workload) {
	const {machine, time} = stage;
	const replicas = workload.replicas ?? 1;
	const hash = safeHash(`${workload.namespace}/${workload.name}`);
	const labels = {...appLabels(workload), 'pod-template-hash': hash};
	const counts = {replicas, readyReplicas: replicas, availableReplicas: replicas, terminatingReplicas: 0, observedGeneration: 1};
	const made = deployment(workload);
	const owner = machine.create({...made, metadata: {...made.metadata, annotations: {'deployment.kubernetes.io/revision': '1'}}}, 'kubectl');
	const conditions = [
		['Available', 'MinimumReplicasAvailable', 'Deployment has minimum availability.'],
		['Progressing', 'NewReplicaSetAvailable', `ReplicaSet "${workload.name}-${hash}" has successfully progressed.`],
	].map(([type, reason, message]) => ({type, status: 'True', reason, message, lastUpdateTime: time, lastTransitionTime: time}));
	stage.plant({...owner, status: {...counts, updatedReplicas: replicas, conditions}});
	const set = machine.create(replicaSet(workload, owner, hash, labels), 'kube-controller-manager');
	stage.plant({...set, status: {...counts, fullyLabeledReplicas: replicas}});
	const suffix = suffixes(workload.namespace);
	const names = Array.from({length: replicas}, () => `${set.metadata.name}-${suffix(`${workload.name}-`)}`);
	const [first = '', ...others] = names;
	const pod = podOf(workload, set, labels, first);
	// What the server stores as a pod has the shape of one.
	const model = machine.create(
		{...pod, spec: {...template(workload).spec, nodeName: nodeName(1 + (stage.placed % size.nodes))}},
		'kube-controller-manager',
	) as Pod;
	plantPod(stage, model);
	for (const name of others) {
		const {resourceVersion: _, ...metadata} = model.metadata;
		const uid = digest(`${workload.namespace}/${name}`).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');
		plantPod(stage, {...model, metadata: {...metadata, name, uid}});
	}
}

function replicaSet(workload: Workload, owner: KubeObject, hash: string, labels: {readonly [key: string]: string}): KubeObject {
	const replicas = workload.replicas ?? 1;
	const {spec} = owner;
	const inner = typeof spec === 'object' && spec !== null && 'template' in spec ? spec.template : template(workload);
	return {
		apiVersion: 'apps/v1',
		kind: 'ReplicaSet',
		metadata: {
			name: `${workload.name}-${hash}`,
			namespace: workload.namespace,
			labels,
			annotations: {
				'deployment.kubernetes.io/revision': '1',
				'deployment.kubernetes.io/desired-replicas': String(replicas),
				'deployment.kubernetes.io/max-replicas': String(Math.ceil(replicas * 1.25)),
			},
			ownerReferences: [controllerReference(owner)],
		},
		spec: {
			replicas,
			selector: {matchLabels: {app: workload.name, 'pod-template-hash': hash}},
			template: {...Object(inner), metadata: {labels}},
		},
	};
}

const podOf = (workload: Workload, owner: KubeObject, labels: {readonly [key: string]: string}, name: string): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {
		name,
		generateName: `${owner.metadata.name}-`,
		namespace: workload.namespace,
		labels,
		ownerReferences: [controllerReference(owner)],
	},
});

/** Puts a pod on the next node, running and ready. */
function plantPod(stage: Stage, pod: Pod) {
	const number = stage.placed++;
	const startedMs = stage.machine.clock.now();
	const placed: Pod = {...pod, spec: {...pod.spec, nodeName: nodeName(1 + (number % size.nodes))}};
	const main = pod.spec.containers.map(({name}) => ({
		...fresh(name),
		stage: {kind: 'running', startedMs, ready: true, probedMs: startedMs} as const,
	}));
	const record = {startedMs, ip: `10.128.${Math.floor(number / 250)}.${1 + (number % 250)}`, init: [], main};
	stage.plant({...placed, status: podStatus(placed, record, stage.machine.get('Node', undefined, placed.spec.nodeName ?? ''), startedMs)});
}
