const object = (apiVersion: string, kind: string, name: string, rest: object = {}, namespace?: string) => ({
	apiVersion,
	kind,
	metadata: {name, ...(namespace === undefined ? {} : {namespace})},
	...rest,
});
const rbac = 'rbac.authorization.k8s.io';
const grant = (role: string, group: string) => ({
	roleRef: {apiGroup: rbac, kind: 'ClusterRole', name: role},
	subjects: [{apiGroup: rbac, kind: 'Group', name: group}],
});

/** What every control plane starts with: the namespace shop, rights for its people, three nodes. */
export const seeds: readonly {readonly path: string; readonly body: object}[] = [
	{path: '/api/v1/namespaces', body: object('v1', 'Namespace', 'shop')},
	{path: `/apis/${rbac}/v1/clusterrolebindings`, body: object(`${rbac}/v1`, 'ClusterRoleBinding', 'readers', grant('view', 'readers'))},
	{
		path: `/apis/${rbac}/v1/namespaces/shop/rolebindings`,
		body: object(`${rbac}/v1`, 'RoleBinding', 'shop-developers', grant('edit', 'shop-developers'), 'shop'),
	},
	...['a', 'b', 'c'].map(zone => ({
		path: '/api/v1/nodes',
		body: {
			apiVersion: 'v1',
			kind: 'Node',
			metadata: {
				name: `node-${zone}`,
				annotations: {'kwok.x-k8s.io/node': 'fake', 'metrics.k8s.io/resource-metrics-path': `/nodes/node-${zone}/metrics/resource`},
				labels: {
					'kubernetes.io/hostname': `node-${zone}`,
					'kubernetes.io/os': 'linux',
					'kubernetes.io/arch': 'amd64',
					'topology.kubernetes.io/region': 'test',
					'topology.kubernetes.io/zone': `test-${zone}`,
				},
			},
		},
	})),
];
