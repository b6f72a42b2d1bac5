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

type Seed = {readonly path: string; readonly body: object};

/** A node that KWOK keeps. Without a zone it has none of the labels of a cloud; its size is that of `stages/node-ready.yaml` where it brings none. */
export const seedNode = (name: string, {zone, size}: {readonly zone?: string; readonly size?: object} = {}) => ({
	apiVersion: 'v1',
	kind: 'Node',
	metadata: {
		name,
		annotations: {'kwok.x-k8s.io/node': 'fake', 'metrics.k8s.io/resource-metrics-path': `/nodes/${name}/metrics/resource`},
		labels: {
			'kubernetes.io/hostname': name,
			'kubernetes.io/os': 'linux',
			'kubernetes.io/arch': 'amd64',
			...(zone === undefined ? {} : {'topology.kubernetes.io/region': 'test', 'topology.kubernetes.io/zone': zone}),
		},
	},
	...(size === undefined ? {} : {status: {capacity: size, allocatable: size}}),
});

/** A node in each of three zones. */
export const threeNodes: readonly object[] = ['a', 'b', 'c'].map(zone => seedNode(`node-${zone}`, {zone: `test-${zone}`}));

/** What every control plane starts with: the namespace shop, rights for its people, nodes. */
export const seedsWith = (nodes: readonly object[]): readonly Seed[] => [
	{path: '/api/v1/namespaces', body: object('v1', 'Namespace', 'shop')},
	{path: `/apis/${rbac}/v1/clusterrolebindings`, body: object(`${rbac}/v1`, 'ClusterRoleBinding', 'readers', grant('view', 'readers'))},
	{
		path: `/apis/${rbac}/v1/namespaces/shop/rolebindings`,
		body: object(`${rbac}/v1`, 'RoleBinding', 'shop-developers', grant('edit', 'shop-developers'), 'shop'),
	},
	...nodes.map(body => ({path: '/api/v1/nodes', body})),
];
