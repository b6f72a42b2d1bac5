import type {Json, JsonObject} from '../../core/json.ts';
import {listAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import type {PodSecurityLevel} from './standard.ts';

const withoutFalse = (context: JsonObject): JsonObject => {
	const {runAsNonRoot, ...rest} = context;
	return runAsNonRoot === false ? rest : context;
};

const profile = (context: JsonObject): JsonObject =>
	textAt(context, 'seccompProfile', 'type') === 'Localhost' ? {} : {seccompProfile: {type: 'RuntimeDefault'}};

function container(each: Json): JsonObject {
	const context = withoutFalse(objectAt(each, 'securityContext'));
	const capabilities = objectAt(context, 'capabilities');
	const added = listAt(capabilities, 'add').filter(one => one === 'NET_BIND_SERVICE');
	const {add: _, ...kept} = capabilities;
	const own = context.seccompProfile === undefined ? {} : profile(context);
	return {
		...objectAt(each),
		securityContext: {
			...context,
			...own,
			allowPrivilegeEscalation: false,
			capabilities: {...kept, drop: ['ALL'], ...(added.length === 0 ? {} : {add: added})},
		},
	};
}

/**
 * A pod spec with what the restricted level wants said: rights that programs seldom miss are given up. What a program may really need, such as a path of the
 * node or its network, stays as it is; the level baseline asks for nothing but that.
 */
export function hardened(level: PodSecurityLevel, podSpec: Json): JsonObject {
	const spec = objectAt(podSpec);
	if (level !== 'restricted') return spec;
	const context = withoutFalse(objectAt(spec, 'securityContext'));
	const lists = ['initContainers', 'containers'].filter(list => spec[list] !== undefined);
	return {
		...spec,
		securityContext: {...context, runAsNonRoot: true, ...profile(context)},
		...Object.fromEntries(lists.map(list => [list, listAt(spec, list).map(container)])),
	};
}
