import type {KindRule} from '../kind-rule.ts';

/** Clusters, their nodes, and definitions of kinds. */
export const clusterRules: readonly KindRule[] = [
	{
		kinds: 'addons.cluster.x-k8s.io/ClusterResourceSet',
		says: {Healthy: 'cluster resource set is applied', 'no-status': 'Initializing cluster resource set'},
	},
	{kinds: 'cluster.x-k8s.io/Cluster', says: {Healthy: 'Cluster is running', Progressing: 'Waiting for clusters'}},
	{
		kinds: 'karpenter.sh/NodeClaim',
		// Each condition is one step of a node's life.
		when: [
			['Disrupting=True', 'Suspended', '{Disrupting.message}'],
			['Ready=False', 'Degraded', '{Ready.message}'],
			['Ready=True', 'Healthy', '{Ready.message}'],
			['Initialized=True', 'Progressing', 'Node initialized, waiting for Ready'],
			['Registered=True', 'Progressing', 'Node registered, waiting for initialization'],
			['Launched=True', 'Progressing', 'Node launched, waiting for registration'],
			['', 'Progressing', 'Waiting for NodeClaim to be launched'],
		],
	},
];
