import {type Answer, type Endpoint, type Question, request} from './request.ts';

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

/** Creates the seeds and waits until pods can be placed: nodes Ready, the default service accounts there. */
export async function seed(admin: Endpoint, signal: AbortSignal) {
	// A conflict means that an earlier request arrived, whose answer did not.
	const isThere = ({status}: Answer) => status === 201 || status === 409;
	for (const {path, body} of seeds) await until(admin, {method: 'POST', path, body}, isThere, signal);
	for (const namespace of ['default', 'shop']) {
		await until(admin, {path: `/api/v1/namespaces/${namespace}/serviceaccounts/default`}, ({status}) => status === 200, signal);
	}
	await until(admin, {path: '/api/v1/nodes'}, allNodesReady, signal);
}

/**
 * Asks again until the answer is right; a refused connection counts as not yet.
 * @throws the signal's reason; when that is a timeout, or after 50 seconds, what was answered last
 */
export async function until(endpoint: Endpoint, question: Question, isRight: (answer: Answer) => boolean, signal: AbortSignal) {
	const limit = AbortSignal.timeout(50_000);
	for (;;) {
		const answer = await request(endpoint, question).catch(error => ({status: 0, headers: {}, text: String(error)}));
		if (isRight(answer)) return answer;
		if (limit.aborted || isTimeout(signal)) {
			throw new Error(`${question.method ?? 'GET'} ${question.path}: ${answer.status} ${answer.text.slice(0, 2000)}`);
		}
		signal.throwIfAborted();
		await new Promise(resolve => setTimeout(resolve, 50));
	}
}

const isTimeout = ({reason}: AbortSignal) => reason instanceof DOMException && reason.name === 'TimeoutError';

type Node = {
	readonly spec: {readonly taints?: readonly unknown[]};
	readonly status: {readonly conditions?: readonly {type: string; status: string}[]};
};

function allNodesReady({status, text}: Answer): boolean {
	if (status !== 200) return false;
	const {items}: {items: readonly Node[]} = JSON.parse(text);
	return items.every(
		({spec, status: {conditions = []}}) =>
			spec.taints === undefined && conditions.some(condition => condition.type === 'Ready' && condition.status === 'True'),
	);
}
