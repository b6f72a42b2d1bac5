import {allChecks} from '../../../src/analysis/checks/all-checks.ts';
import type {Settings} from '../../../src/analysis/checks/check.ts';
import {runChecks} from '../../../src/analysis/checks/run-checks.ts';
import {worldOf} from '../../../src/analysis/checks/world.ts';
import {type KubeObject, refText} from '../../../src/core/kube/kube-object.ts';

/** What one check says of a small cluster, one line for each fault: `Pod shop/web spec.hostNetwork`, fields of others behind their object. */
export function faultsOf(id: string, objects: readonly KubeObject[], settings?: Settings): readonly string[] {
	const check = allChecks.find(each => each.id === id);
	if (check === undefined) throw new Error(`there is no check ${id}`);
	return runChecks([check], worldOf(objects), {unread: new Map(), ...(settings === undefined ? {} : {settings: {[id]: settings}})}).flatMap(
		verdict => {
			if (verdict.status !== 'fail') return [];
			return verdict.faults.map(({paths, related = []}) =>
				[refText(verdict.resource), ...paths, ...related.flatMap(each => each.paths.map(path => `${each.resource.kind}:${path}`))].join(
					' ',
				),
			);
		},
	);
}

/** An object of a kind: `apps/v1 Deployment shop/web`, `v1 Node node-1`. */
export function object(
	text: string,
	fields: {readonly [key: string]: unknown} = {},
	metadata: {readonly [key: string]: unknown} = {},
): KubeObject {
	const [apiVersion = '', kind = '', path = ''] = text.split(' ');
	const [name = '', namespace] = path.split('/').reverse();
	return {apiVersion, kind, metadata: {name, ...(namespace === undefined ? {} : {namespace}), ...metadata}, ...fields} as KubeObject;
}

/** A pod with one container. */
export const pod = (path: string, container: {readonly [key: string]: unknown} = {}, labels: {readonly [key: string]: string} = {}) =>
	object(`v1 Pod ${path}`, {spec: {containers: [{name: 'main', image: 'shop/web:1.0.0', ...container}]}}, {labels});
