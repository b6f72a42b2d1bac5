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

/** Pods that came so many minutes before a moment, of revisions by name. */
export const bornBefore = (momentMs: number, born: {readonly [name: string]: {readonly minutes: number; readonly revision?: string}}) =>
	Object.entries(born).map(([name, {minutes, revision}]): KubeObject => {
		const labels = revision === undefined ? {} : {'controller-revision-hash': revision};
		const creationTimestamp = new Date(momentMs - minutes * 60_000).toISOString();
		return {apiVersion: 'v1', kind: 'Pod', metadata: {name, namespace: 'shop', creationTimestamp, labels}};
	});
