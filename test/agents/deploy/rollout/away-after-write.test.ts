import {expect, test} from 'vitest';
import {deploymentRollback} from '../../../../src/agents/deploy/tools/deployment-rollback.ts';
import {deploymentUpdate} from '../../../../src/agents/deploy/tools/deployment-update.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import {shopRoad} from '../../../support/shop-road.ts';

const {run, ports, effector} = await shopRoad();
const away = new MkcoaError({kind: 'environment', code: 'unreachable', what: 'The cluster cannot be reached'});

/** A server that does the write and is then away for the next two looks at it. */
function awayAfterWrite() {
	let left = 0;
	const get = (ref: Parameters<typeof ports.cluster.get>[0]) => (left-- > 0 ? Promise.reject(away) : ports.cluster.get(ref));
	const send = async (...sent: Parameters<typeof effector.send>) => {
		const answer = await effector.send(...sent);
		left = 2;
		return answer;
	};
	return {ports: {...ports, cluster: {...ports.cluster, get}}, effector: {...effector, send}};
}

test.each([
	['a rolling update', deploymentUpdate, {name: 'checkout', image: 'registry.example/shop/checkout:2.4.0'}],
	['a rollback', deploymentRollback, {name: 'checkout'}],
])('%s outlives a server that goes away right after the write', async (_name, tool, input) => {
	const {outcome} = await run(tool, input, awayAfterWrite());
	expect(outcome).toMatchObject({kind: 'done', output: {name: 'checkout', pods: 3}});
});
