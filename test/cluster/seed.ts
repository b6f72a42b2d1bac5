import type {Answer, Endpoint} from '../servers/request.ts';
import {seedsWith} from '../servers/seeds.ts';
import {until} from '../servers/until.ts';

/** Creates the seeds and waits until pods can be placed: nodes Ready, the default service accounts there. */
export async function seed(admin: Endpoint, nodes: readonly object[], signal: AbortSignal) {
	// A conflict means that an earlier request arrived, whose answer did not.
	const isThere = ({status}: Answer) => status === 201 || status === 409;
	for (const {path, body} of seedsWith(nodes)) await until(admin, {method: 'POST', path, body}, isThere, {signal});
	for (const namespace of ['default', 'shop']) {
		await until(admin, {path: `/api/v1/namespaces/${namespace}/serviceaccounts/default`}, ({status}) => status === 200, {signal});
	}
	await until(admin, {path: '/api/v1/nodes'}, allNodesReady, {signal});
}

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
