import {existsSync} from 'node:fs';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {post} from '../servers/questions.ts';
import {request} from '../servers/request.ts';
import type {ControlPlane} from './control-plane.ts';
import {programsIn} from './programs-in.ts';
import {startControlPlane} from './start.ts';

let planes: readonly ControlPlane[];
beforeAll(async () => {
	planes = await Promise.all([startControlPlane(), startControlPlane(), startControlPlane()]);
});
afterAll(() => Promise.all(planes.map(plane => plane.stop())));

const ask = ({url, ca, tokens}: ControlPlane, path: string) => request({url, ca, token: tokens.admin}, {path});
const namespaces = async (plane: ControlPlane) => {
	const {items}: {items: readonly {metadata: {name: string}}[]} = JSON.parse((await ask(plane, '/api/v1/namespaces')).text);
	return items.map(({metadata}) => metadata.name).filter(name => name.startsWith('only-'));
};

test('what one control plane is given, the others do not have', async () => {
	for (const [index, {url, ca, tokens}] of planes.entries()) {
		const namespace = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: `only-${index}`}};
		await request({url, ca, token: tokens.admin}, post('/api/v1/namespaces', namespace));
	}
	expect(await Promise.all(planes.map(namespaces))).toEqual([['only-0'], ['only-1'], ['only-2']]);
});

test('a token of one control plane is worth nothing at another', async () => {
	const [first, second] = planes;
	expect(await request({url: first?.url ?? '', ca: first?.ca, token: second?.tokens.admin}, {path: '/api/v1/pods'})).toMatchObject({
		status: 401,
	});
});

test('stopping one leaves the others as they are', async () => {
	const [first, ...others] = planes;
	await first?.stop();
	expect(programsIn(first?.folder ?? '')).toEqual([]);
	expect(existsSync(first?.folder ?? '')).toBe(false);
	for (const other of others) expect(await ask(other, '/readyz')).toMatchObject({status: 200, text: 'ok'});
});
