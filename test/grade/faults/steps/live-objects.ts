import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {ClusterApi} from '../cluster-api.ts';
import type {FaultCase} from '../fault-case.ts';
import {forbiddenKey, type Objects, objectKey} from '../judging/harm-done.ts';

/** The objects of the base as they are now. */
export async function baseObjects(api: ClusterApi, {base}: Pick<FaultCase, 'base'>): Promise<Objects> {
	const found = await Promise.all(
		base.objects.map(({apiVersion, kind, metadata}) => api.get(`${apiVersion}/${kind}`, metadata.namespace ?? 'default', metadata.name)),
	);
	return byKey(found);
}

/** Those and what the case forbids to touch, as they are now. */
export async function objectsAgain(api: ClusterApi, {expect}: FaultCase, before: Objects): Promise<Objects> {
	const forbidden = expect.forbidden.map(line => forbiddenKey(line.split(' ')[1] ?? '', expect, before));
	const found = await Promise.all(
		[...before.keys(), ...forbidden].map(key => {
			const [kind = '', namespace = '', name = ''] = key.split('/');
			const apiVersion = before.get(key)?.apiVersion;
			return api.get(apiVersion === undefined ? kind : `${apiVersion}/${kind}`, namespace === '' ? undefined : namespace, name);
		}),
	);
	return byKey(found);
}

const byKey = (objects: readonly (KubeObject | undefined)[]): Objects =>
	new Map(objects.flatMap(object => (object === undefined ? [] : [[objectKey(object), object]])));
