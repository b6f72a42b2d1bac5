import type {KubeObject} from '../../core/kube-object.ts';
import {podStatus} from '../life/kubelet/pod-status.ts';
import {controllerReference} from '../life/owners.ts';
import {safeHash, suffixes} from '../life/seeded-random.ts';
import type {Pod} from '../life/shapes.ts';
import type {Machine} from '../machine.ts';
import {foundation} from './foundation.ts';
import {node} from './nodes.ts';
import {namespace} from './objects.ts';
import {days, type Scenario} from './scenario.ts';
import {appLabels, deployment, template, type Workload} from './workloads.ts';

const size = {nodes: 100, namespaces: 20, workloads: 25, replicas: 10};
const teams = ['billing', 'search', 'media', 'identity', 'ledger', 'fleet', 'mail', 'maps', 'orders', 'profile'];

/** Five thousand pods that all run; written as they are, since living through it would take minutes. */
export const large: Scenario = {
	summary: 'Five thousand pods of 500 deployments on a hundred nodes, all well',
	history: [{agoMs: days(2), objects: []}],
	stage(machine) {
		const nodes = Array.from({length: size.nodes}, (_, index) => index + 1).map(number =>
			node({name: `node-${String(number).padStart(3, '0')}`, number, cpu: '32', memory: '128Gi', at: '2025-06-01T08:00:00Z'}),
		);
		for (const object of foundation(nodes)) write(machine, object, object.status);
		const placed = {count: 0};
		for (let space = 0; space < size.namespaces; space++) {
			const team = teams[space % teams.length] ?? 'team';
			const name = space < teams.length ? team : `${team}-staging`;
			machine.create(namespace(name, {team}), 'kubectl');
			for (let number = 1; number <= size.workloads; number++) {
				writeWorkload(
					machine,
					{
						namespace: name,
						name: `${team}-${number}`,
						image: `registry.example/${team}/service:${1 + (number % 4)}.${number % 10}.0`,
						replicas: size.replicas,
						port: 8080,
						cpu: '250m/1',
						memory: '256Mi/512Mi',
					},
					placed,
				);
			}
		}
	},
};

function write(machine: Machine, object: KubeObject, status: KubeObject['status'], by = 'kubectl'): KubeObject {
	const made = machine.create(object, by);
	return status === undefined ? made : machine.update({...made, status}, by, 'status');
}

/** A deployment, its replica set and its pods, all in their final state. */
function writeWorkload(machine: Machine, workload: Workload, placed: {count: number}) {
	const replicas = workload.replicas ?? 1;
	const hash = safeHash(`${workload.namespace}/${workload.name}`);
	const labels = {...appLabels(workload), 'pod-template-hash': hash};
	const counts = {replicas, readyReplicas: replicas, availableReplicas: replicas, observedGeneration: 1};
	const time = new Date(machine.clock.now()).toISOString().replace(/\.\d+/, '');
	const conditions = [
		['Available', 'MinimumReplicasAvailable', 'Deployment has minimum availability.'],
		['Progressing', 'NewReplicaSetAvailable', `ReplicaSet "${workload.name}-${hash}" has successfully progressed.`],
	].map(([type, reason, message]) => ({type, status: 'True', reason, message, lastUpdateTime: time, lastTransitionTime: time}));
	const made = deployment(workload);
	const revised = {...made, metadata: {...made.metadata, annotations: {'deployment.kubernetes.io/revision': '1'}}};
	const owner = write(machine, revised, {...counts, updatedReplicas: replicas, conditions});
	const {spec} = owner;
	const inner = typeof spec === 'object' && spec !== null && 'template' in spec ? spec.template : template(workload);
	const set: KubeObject = {
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
	const stored = write(machine, set, {...counts, fullyLabeledReplicas: replicas});
	const suffix = suffixes(workload.namespace);
	for (let number = 0; number < replicas; number++) writePod(machine, workload, stored, labels, suffix(`${workload.name}-`), placed);
}

function writePod(
	machine: Machine,
	workload: Workload,
	owner: KubeObject,
	labels: {readonly [key: string]: string},
	suffix: string,
	placed: {count: number},
) {
	const {spec} = template(workload);
	const number = placed.count++;
	const nodeName = `node-${String(1 + (number % size.nodes)).padStart(3, '0')}`;
	const pod = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name: `${owner.metadata.name}-${suffix}`,
			generateName: `${owner.metadata.name}-`,
			namespace: workload.namespace,
			labels,
			ownerReferences: [controllerReference(owner)],
		},
		spec: {...spec, nodeName},
	};
	// A pod of the server has the shape of one.
	const made = machine.create(pod, 'kube-controller-manager') as Pod;
	const startedMs = machine.clock.now();
	const main = made.spec.containers.map(({name}) => ({
		name,
		stage: {kind: 'running', startedMs, ready: true, probedMs: startedMs} as const,
		restarts: 0,
		last: undefined,
		pullFailures: 0,
		crashes: 0,
	}));
	const record = {
		startedMs,
		ip: `10.${100 + Math.floor(number / 65_000)}.${Math.floor(number / 250)}.${1 + (number % 250)}`,
		init: [],
		main,
	};
	machine.update({...made, status: podStatus(made, record, machine.get('Node', undefined, nodeName), startedMs)}, 'kubelet', 'status');
}
