import type {Runbook} from './runbook.ts';

export const freeNode: Runbook = {
	name: 'free-node',
	title: 'Free a node for maintenance',
	description: 'Empties a node so that users notice nothing, and gives it back',
	when: 'where a node is repaired, updated or taken away',
	steps: [
		{
			do: 'Look at the node with `resource_describe`, and at its pods with `resource_list` of kind pods in all namespaces and the field selector `spec.nodeName`.',
			more: 'Pods of DaemonSets and static pods stay; pods that nothing makes again are gone when they are evicted.',
		},
		{
			do: 'Check that the others have room with `resource_usage` of nodes, and that disruption budgets allow an eviction: `resource_list` of kind poddisruptionbudgets.',
			more: 'A budget with 0 allowed disruptions blocks a drain until its workload is healthy or has one replica more.',
		},
		{
			do: 'Close it with `node_cordon`, so that nothing new arrives while you look.',
		},
		{
			do: 'Empty it with `node_drain`. Its plan names each pod and what goes with it.',
			more: '`deleteEmptyDirData` gives up what pods keep in an emptyDir, and `includeUnmanaged` pods that nothing makes again: only where the person said so for these very pods. One pod alone goes with `pod_evict`.',
		},
		{
			do: 'Check that what moved serves again with `deployment_status` of its workloads, and say that the node is free.',
		},
		{
			do: 'After the maintenance open it with `node_cordon` and `uncordon`, and check that it is Ready and takes pods.',
		},
	],
	look: [
		'Pods with local storage: claims that are bound to this node cannot follow.',
		'Workloads with one replica: they are away while their pod moves. Ask whether to scale them up first with `workload_scale`.',
		'Whether several nodes of one zone are closed at the same time: `resource_list` of kind nodes.',
		'Pending pods after the drain: what does not fit elsewhere was not freed but stopped.',
	],
	stop: [
		'A budget refuses an eviction again and again: it protects somebody. Ask its owner; never delete the budget.',
		'Pods that were moved stay pending: open the node again before going on.',
		'The node is a control plane node, or the only one with its hardware or zone.',
	],
	back: [
		'`node_cordon` with `uncordon` opens it again at any time. Pods that moved stay where they are.',
		'`undo` of the drain opens it, too; what was in an emptyDir and pods that nothing makes again do not come back.',
	],
};
