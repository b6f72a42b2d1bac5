import {expect, test} from 'vitest';
import type {Write} from '../../../../../src/core/plan.ts';
import {LostAnswerError} from '../../../../../src/core/tool.ts';
import {clientOf, withDiscovery} from '../../../../support/client-world.ts';
import {refuse, type Script, scriptedServer} from '../../../../support/scripted-server.ts';

const ref = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings'};
const live = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'settings', namespace: 'shop', uid: 'u', resourceVersion: '7'}};
const patch: Write = {op: 'patch', ref, type: 'merge', patch: {data: {a: '1'}}};

async function thrown(script: Script) {
	const server = await scriptedServer(withDiscovery(script));
	const {effector} = await clientOf(server.url);
	const error = await effector.send(patch, live, new AbortController().signal).catch((cause: unknown) => cause);
	return {isDoubtful: error instanceof LostAnswerError, sent: server.seen.filter(({method}) => method === 'PATCH').length};
}

test.each<[string, Script]>([
	['a connection that broke', (_seen, response) => response.destroy()],
	[
		'an answer that was cut',
		(_seen, response) => {
			response.writeHead(200, {'content-length': '100'});
			response.write('{');
			response.destroy();
		},
	],
	['an answer that is no JSON', (_seen, response) => response.end('<html>')],
	['500', (_seen, response) => refuse(response, 500, 'InternalError')],
	['504', (_seen, response) => refuse(response, 504, 'Timeout')],
])('%s says nothing of whether the write was done, and it is not sent again', async (_name, script) => {
	expect(await thrown(script)).toEqual({isDoubtful: true, sent: 1});
});

test.each([400, 403, 404, 409, 413, 422])('%d means that nothing was written', async status => {
	expect(await thrown((_seen, response) => refuse(response, status, 'No'))).toMatchObject({isDoubtful: false});
});
