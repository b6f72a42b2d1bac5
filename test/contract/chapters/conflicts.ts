import {expect, test} from 'vitest';
import {at} from '../../cluster/compare/row.ts';
import type {Chapter, Reply} from '../room.ts';

const configMap = (name: string, data: object, metadata: object = {}) => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name, ...metadata},
	data,
});
const versionOf = ({body}: Reply) => String(at(body, 'metadata', 'resourceVersion'));

/** Two people write the same object. */
export const conflicts: Chapter = open => {
	test('a second object of the same name is refused', async () => {
		const {ask, path} = await open();
		await ask({method: 'POST', path: path('configmaps'), body: configMap('one', {})});
		expect(await ask({method: 'POST', path: path('configmaps'), body: configMap('one', {})})).toMatchObject({
			status: 409,
			body: {
				kind: 'Status',
				reason: 'AlreadyExists',
				message: 'configmaps "one" already exists',
				details: {name: 'one', kind: 'configmaps'},
			},
		});
	});

	test('an update of a version that is no longer the last is refused, and changes nothing', async () => {
		const {ask, path} = await open();
		const first = await ask({method: 'POST', path: path('configmaps'), body: configMap('one', {color: 'blue'})});
		const write = (color: string) =>
			ask({method: 'PUT', path: path('configmaps', 'one'), body: configMap('one', {color}, {resourceVersion: versionOf(first)})});
		expect(await write('red')).toMatchObject({status: 200, body: {data: {color: 'red'}}});
		expect(await write('green')).toMatchObject({
			status: 409,
			body: {
				reason: 'Conflict',
				message:
					'Operation cannot be fulfilled on configmaps "one": the object has been modified; please apply your changes to the latest version and try again',
			},
		});
		expect(await ask({path: path('configmaps', 'one')})).toMatchObject({body: {data: {color: 'red'}}});
	});
};
