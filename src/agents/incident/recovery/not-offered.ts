import type {Family} from '../../../analysis/diagnosis/classes/fault-class.ts';

/** A way that would make the symptom go away, and why nobody is offered it. */
export type NotOffered = {readonly what: string; readonly why: string};

const emptied: NotOffered = {what: 'Delete the workload, or scale it to zero', why: 'the symptom would go, and the application with it'};

/** What people are tempted to do about faults of a family. */
const tempting: {readonly [family in Family]?: readonly NotOffered[]} = {
	pod: [emptied],
	config: [emptied, {what: 'Make the reference optional', why: 'the program would start without what it needs'}],
	rollout: [emptied],
	scheduling: [{what: 'Delete pods of others to make room', why: 'it only moves the trouble to them'}],
	admission: [
		{
			what: 'Lower the Pod Security level, or take the webhook or policy away',
			why: 'it would loosen what protects the cluster from every other workload too',
		},
	],
	rbac: [{what: 'Bind cluster-admin, or allow every verb', why: 'it would give rights beyond the ordinary'}],
	network: [{what: 'Delete the NetworkPolicy', why: 'everything else that it holds back could pass'}],
	storage: [{what: 'Delete a claim that is bound', why: 'its data would go with its volume'}],
	disruption: [{what: 'Delete the PodDisruptionBudget', why: 'nothing would hold back evictions any more'}],
	lifecycle: [{what: 'Take the finalizer away', why: 'what it waits for would be left behind, in the cluster or outside of it'}],
	node: [{what: 'Delete the node, or force its pods away', why: 'they may still run there, and write to the same volumes'}],
	tls: [{what: 'Switch the check of the certificate off', why: 'nobody could tell any more who answers'}],
	batch: [{what: 'Delete the Job', why: 'what its pods tell of the failure would be gone'}],
};

export const notOffered = (family: Family): readonly NotOffered[] => tempting[family] ?? [];

/** Who can do something where there is no remedy to plan. */
const able: {readonly [family in Family]: string} = {
	service: 'whoever owns the Service and the workload behind it',
	ingress: 'whoever owns the route and its Services',
	tls: 'whoever issues the certificate',
	config: 'whoever owns the workload and its settings',
	pod: 'whoever writes the program or builds its image',
	dns: 'whoever runs the DNS of the cluster',
	storage: 'whoever runs the storage of the cluster',
	scheduling: 'whoever runs the nodes, or owns what the workload asks for',
	admission: 'whoever keeps the quotas and policies of the namespace',
	autoscaling: 'whoever owns the workload and its autoscaler',
	disruption: 'whoever owns the workload and its budget',
	rollout: 'whoever owns the workload',
	rbac: 'whoever may give rights in this cluster',
	network: 'whoever keeps the network policies',
	batch: 'whoever owns the job',
	lifecycle: 'whoever runs the controller that it waits for',
	node: 'whoever runs the machines',
	'control-plane': 'whoever runs the control plane',
};

export const whoCan = (family: Family): string => able[family];
