import {withCondition} from '../conditions.ts';
import {type Controller, itself, type Tools} from '../controller.ts';
import type {Condition} from '../pod-shapes.ts';
import {putStatus} from '../put-status.ts';

/** Kinds whose objects may hold a namespace, with the names that the message has for them. */
const holders: Readonly<Record<string, string>> = {
	ConfigMap: 'configmaps.',
	Secret: 'secrets.',
	Service: 'services.',
	ServiceAccount: 'serviceaccounts.',
	Pod: 'pods.',
	PersistentVolumeClaim: 'persistentvolumeclaims.',
	Deployment: 'deployments.apps',
	ReplicaSet: 'replicasets.apps',
	StatefulSet: 'statefulsets.apps',
	DaemonSet: 'daemonsets.apps',
	Job: 'jobs.batch',
	Ingress: 'ingresses.networking.k8s.io',
};

/** Says in a terminating namespace's conditions what still holds it. */
export function namespaceConditions({machine, clock}: Tools): Controller {
	const home: Controller['concerns'][string] = ({object}) => {
		const namespace = machine.get('Namespace', undefined, object.metadata.namespace ?? '');
		return namespace?.metadata.deletionTimestamp === undefined ? [] : [{namespace: undefined, name: namespace.metadata.name}];
	};
	return {
		name: 'namespace-controller',
		concerns: {...Object.fromEntries(Object.keys(holders).map(kind => [kind, home])), Namespace: itself},
		sync({name}) {
			const namespace = machine.get('Namespace', undefined, name);
			if (namespace?.metadata.deletionTimestamp === undefined) return undefined;
			const before = (Object(namespace.status) as {readonly conditions?: readonly Condition[]}).conditions;
			const conditions = holding(machine, name).reduce<readonly Condition[]>(
				(list, condition) => withCondition(list, condition, clock.now()),
				before ?? [],
			);
			putStatus(machine, namespace, {phase: 'Terminating', conditions});
			return undefined;
		},
	};
}

function holding(machine: Tools['machine'], name: string): readonly Condition[] {
	const resources: string[] = [];
	const finalizers = new Map<string, number>();
	for (const [kind, resource] of Object.entries(holders)) {
		const objects = machine.list(kind, name);
		if (objects.length > 0) resources.push(`${resource} has ${objects.length} resource instances`);
		for (const one of objects.flatMap(({metadata}) => metadata.finalizers ?? [])) finalizers.set(one, (finalizers.get(one) ?? 0) + 1);
	}
	const held = [...finalizers].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`);
	const ok = (type: string, reason: string, message: string): Condition => ({type, status: 'False', reason, message});
	return [
		ok('NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'),
		ok('NamespaceDeletionGroupVersionParsingFailure', 'ParsedGroupVersions', 'All legacy kube types successfully parsed'),
		ok('NamespaceDeletionContentFailure', 'ContentDeleted', 'All content successfully deleted, may be waiting on finalization'),
		resources.length === 0
			? ok('NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed')
			: {
					type: 'NamespaceContentRemaining',
					status: 'True',
					reason: 'SomeResourcesRemain',
					message: `Some resources are remaining: ${resources.join(', ')}`,
				},
		held.length === 0
			? ok('NamespaceFinalizersRemaining', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished')
			: {
					type: 'NamespaceFinalizersRemaining',
					status: 'True',
					reason: 'SomeFinalizersRemain',
					message: `Some content in the namespace has finalizers remaining: ${held.join(', ')}`,
				},
	];
}
