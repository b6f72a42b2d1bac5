import {expect, test} from 'vitest';
import {at} from '../../cluster/compare/row.ts';
import type {Chapter} from '../room.ts';

const definition = {
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: 'lamps.contract.example'},
	spec: {
		group: 'contract.example',
		scope: 'Namespaced',
		names: {plural: 'lamps', singular: 'lamp', kind: 'Lamp', listKind: 'LampList'},
		versions: [{name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: {type: 'object'}}}],
	},
};

/** What a server no longer knows. These cases take the past from everybody, and so run one after the other. */
export const past: Chapter = open => {
	test('a watch from a forgotten version is told to list anew', async () => {
		const {ask, eventually, watch, forget, namespace} = await open();
		// A server keeps what it saw of a kind since it first looked; of a new kind that is nothing old.
		await ask({method: 'POST', path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', body: definition});
		const lamps = `/apis/contract.example/v1/namespaces/${namespace}/lamps`;
		await eventually({path: lamps}, ({status}) => status === 200);
		await forget();
		const {status, next} = await watch(`${lamps}?watch=true&resourceVersion=1`);
		expect(status).toBe(200);
		const event = await next();
		expect(event).toMatchObject({type: 'ERROR', object: {kind: 'Status', reason: 'Expired', code: 410}});
		expect(at(event.object, 'message')).toMatch(/^too old resource version: 1 \(\d+\)$/);
	});
};
