import {listAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {oncePerObject} from '../../../../core/once-per-object.ts';
import type {Action} from '../../../access/access-rule.ts';
import type {Holder} from '../../../access/grants.ts';
import type {Survey} from '../../survey.ts';

/** Somebody who was refused, in the server's own words. */
export type ToldDenial = {
	readonly holder: Holder;
	readonly action: Action;
	readonly namespace: string | undefined;
	readonly source: KubeObject;
};

const words =
	/(?:\w[\w.]* "(?<name>[^"]+)" is forbidden: )?[Uu]ser "system:serviceaccount:(?<space>[^":]+):(?<account>[^"]+)" cannot (?<verb>\w+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<where>[^"]+)")?/g;

function denialsIn(text: string, source: KubeObject): readonly ToldDenial[] {
	return [...text.matchAll(words)].flatMap(({groups}) => {
		const {name, space, account, verb, resource, group, where} = groups ?? {};
		if (space === undefined || account === undefined || verb === undefined || resource === undefined || group === undefined) return [];
		return [
			{
				holder: {kind: 'ServiceAccount' as const, namespace: space, name: account},
				action: {verb, resource, group, ...(name === undefined ? {} : {name})},
				namespace: where,
				source,
			},
		];
	});
}

/** What a pod or a resource of somebody else's says of itself. */
const saidBy = (object: KubeObject): readonly string[] => [
	textAt(object, 'message') ?? '',
	...listAt(object, 'status', 'conditions').map(each => textAt(each, 'message') ?? ''),
	...[...listAt(object, 'status', 'containerStatuses'), ...listAt(object, 'status', 'initContainerStatuses')].flatMap(each =>
		['state', 'lastState'].flatMap(state => textAt(each, state, 'terminated', 'message') ?? []),
	),
];

const denialsOf = oncePerObject((object: KubeObject): readonly ToldDenial[] =>
	saidBy(object).flatMap(text => (text.includes('cannot') ? denialsIn(text, object) : [])),
);

/** Every denial that events, pods and workloads quote. Whether it still holds is for the rights of today to say. */
export const toldDenials = (survey: Survey): readonly ToldDenial[] =>
	['Event', 'Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job'].flatMap(kind => survey.all(kind).flatMap(denialsOf));
