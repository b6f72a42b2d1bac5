import {sleep} from '../../../../core/clock.ts';
import {type KubeObject, type Ref, refText} from '../../../../core/kube/kube-object.ts';
import {type Context, StoppedError} from '../../../../core/tool.ts';
import {objectsAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {DeployPorts} from '../../ports.ts';
import {isRefused, routeStatus} from '../../traffic/routes/route-status.ts';

const pollMs = 500;
/** A controller answers within a second or two; without an answer nothing is wrong yet. */
const patienceMs = 15_000;

/** Whether somebody serves a Gateway, so that an answer about its routes will come. */
export const isServed = (gateway: KubeObject) => objectsAt(gateway, 'status', 'conditions').some(({status}) => status === 'True');

/**
 * Waits for what the Gateway says of a route.
 * @returns whether it takes the route; undefined where it says nothing in time
 * @throws StoppedError `route-not-accepted` with the Gateway's reason
 */
export async function waitForAcceptance(ref: Ref, {ports: {cluster}, clock, signal}: Context<DeployPorts>): Promise<true | undefined> {
	const deadlineMs = clock.now() + patienceMs;
	for (;;) {
		const route = await cluster.get(ref);
		const status = route === undefined ? undefined : routeStatus(route);
		if (status !== undefined && isRefused(status))
			throw new StoppedError({
				trouble: {
					kind: 'environment',
					code: 'route-not-accepted',
					what: `${refText(ref)} was written, and its Gateway does not take it`,
					why: status.refused.join('; '),
				},
				wayOn: journal => `Take it back with: mkcoa undo ${journal}`,
				undone: [],
				left: [`${refText(ref)} stays as it was written`],
			});
		if (status !== undefined && status.parents > 0 && !status.isBehind) return true;
		if (clock.now() + pollMs > deadlineMs) return undefined;
		await sleep(clock, pollMs, signal);
	}
}
