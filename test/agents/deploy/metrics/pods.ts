import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';

export const pod = (name: string, spec: KubeObject['spec'] = {}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace: 'shop'},
	...{spec},
});

/** Both versions by the names of their pods. */
export const arms = (canary: readonly string[], stable: readonly string[]) => ({
	canary: {workload: 'web-canary', pods: canary.map(name => pod(name)), service: 'web-canary'},
	stable: {workload: 'web', pods: stable.map(name => pod(name)), service: 'web'},
});
