/**
 * Versions of Kubernetes' own API groups that are gone, and the release that took them away. Where only some kinds of a version went, they
 * are named.
 * @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
const removals: readonly {readonly version: string; readonly kinds?: readonly string[]; readonly minor: number; readonly use: string}[] = [
	{version: 'extensions/v1beta1', kinds: ['Ingress'], minor: 22, use: 'networking.k8s.io/v1'},
	{version: 'extensions/v1beta1', minor: 16, use: 'apps/v1, networking.k8s.io/v1'},
	{version: 'apps/v1beta1', minor: 16, use: 'apps/v1'},
	{version: 'apps/v1beta2', minor: 16, use: 'apps/v1'},
	{version: 'networking.k8s.io/v1beta1', kinds: ['Ingress', 'IngressClass'], minor: 22, use: 'networking.k8s.io/v1'},
	{version: 'rbac.authorization.k8s.io/v1beta1', minor: 22, use: 'rbac.authorization.k8s.io/v1'},
	{version: 'apiextensions.k8s.io/v1beta1', minor: 22, use: 'apiextensions.k8s.io/v1'},
	{
		version: 'admissionregistration.k8s.io/v1beta1',
		kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
		minor: 22,
		use: 'admissionregistration.k8s.io/v1',
	},
	{version: 'coordination.k8s.io/v1beta1', kinds: ['Lease'], minor: 22, use: 'coordination.k8s.io/v1'},
	{version: 'scheduling.k8s.io/v1beta1', minor: 22, use: 'scheduling.k8s.io/v1'},
	{
		version: 'storage.k8s.io/v1beta1',
		kinds: ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
		minor: 22,
		use: 'storage.k8s.io/v1',
	},
	{version: 'storage.k8s.io/v1beta1', kinds: ['CSIStorageCapacity'], minor: 27, use: 'storage.k8s.io/v1'},
	{version: 'batch/v1beta1', minor: 25, use: 'batch/v1'},
	{version: 'policy/v1beta1', minor: 25, use: 'policy/v1'},
	{version: 'discovery.k8s.io/v1beta1', minor: 25, use: 'discovery.k8s.io/v1'},
	{version: 'events.k8s.io/v1beta1', minor: 25, use: 'events.k8s.io/v1'},
	{version: 'node.k8s.io/v1beta1', minor: 25, use: 'node.k8s.io/v1'},
	{version: 'autoscaling/v2beta1', minor: 25, use: 'autoscaling/v2'},
	{version: 'autoscaling/v2beta2', minor: 26, use: 'autoscaling/v2'},
	{version: 'flowcontrol.apiserver.k8s.io/v1beta1', minor: 26, use: 'flowcontrol.apiserver.k8s.io/v1'},
	{version: 'flowcontrol.apiserver.k8s.io/v1beta2', minor: 29, use: 'flowcontrol.apiserver.k8s.io/v1'},
	{version: 'flowcontrol.apiserver.k8s.io/v1beta3', minor: 32, use: 'flowcontrol.apiserver.k8s.io/v1'},
];

/** When a version of a kind went, and what took its place; undefined for one that is served. */
export const removalOf = (apiVersion: string, kind: string) =>
	removals.find(({version, kinds}) => version === apiVersion && (kinds === undefined || kinds.includes(kind)));

/** One API that somebody asked for since the API server started, by its own count. */
export type AskedApi = {readonly resource: string; readonly removedIn: string | undefined};

const counter = /^apiserver_requested_deprecated_apis\{([^}]*)\}\s+([\d.e+]+)/;

/** What the API server counts of deprecated APIs in its metrics (Prometheus text). Empty where it counted none. */
export function askedApis(metrics: string): readonly AskedApi[] {
	return metrics.split('\n').flatMap(line => {
		const match = counter.exec(line);
		if (match === null || Number(match[2]) === 0) return [];
		const label = (name: string) => new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(match[1] ?? '')?.[1] ?? '';
		const [group, version, resource, removed] = ['group', 'version', 'resource', 'removed_release'].map(label);
		return [{resource: `${group === '' ? '' : `${group}/`}${version} ${resource}`, removedIn: removed === '' ? undefined : removed}];
	});
}
