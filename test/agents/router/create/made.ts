import {createObjects} from '../../../../src/agents/router/create/create-objects.ts';
import {route} from '../../../../src/agents/router/route/route.ts';
import type {Understanding} from '../../../../src/agents/router/understanding.ts';
import {readManifests} from '../../../../src/mcp/kubernetes/plan/read-manifests.ts';
import {bakery} from './bakery.ts';

export async function understood(request: string): Promise<readonly Understanding[]> {
	return route(request, bakery, {guards: [], intents: [createObjects], nowMs: 0});
}

/** The objects of the applies that were understood. */
export const manifestsOf = (all: readonly Understanding[]) =>
	all
		.flatMap(one => (one.kind === 'calls' ? one.calls : []))
		.flatMap(({input}) => (typeof input.manifest === 'string' ? readManifests(input.manifest).map(({object}) => object) : []));

/** The objects of the applies that a request comes to. */
export const made = async (request: string) => manifestsOf(await understood(request));
