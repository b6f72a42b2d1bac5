import type {Json, JsonObject} from '../../core/json.ts';
import {listAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import {usualCapabilities} from './baseline-checks.ts';
import {mayAdd} from './restricted-checks.ts';
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
	const own = context.seccompProfile === undefined ? {} : profile(context);
	return {
		...objectAt(each),
		securityContext: {
			...context,
			...own,
			allowPrivilegeEscalation: false,
			capabilities: {...capabilities, drop: ['ALL']},
		},
	};
}

/**
 * A pod spec with what the restricted level wants said: rights that nobody asked for are given up. What was written because a program may need it, such as root,
 * a capability or a path of the node, stays as it is; the level baseline asks for nothing but that.
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

/** Without what was asked for and the level refuses: root, capabilities, the run of the node. */
function humbled(level: PodSecurityLevel, each: Json): JsonObject {
	const {privileged: _, ...context} = withoutRoot(level, objectAt(each, 'securityContext'));
	const {add: __, ...capabilities} = objectAt(context, 'capabilities');
	const kept = listAt(context, 'capabilities', 'add').filter(one => (level === 'restricted' ? mayAdd : usualCapabilities).has(String(one)));
	const without = {...capabilities, ...(kept.length === 0 ? {} : {add: kept})};
	return {...objectAt(each), securityContext: context.capabilities === undefined ? context : {...context, capabilities: without}};
}

function withoutRoot(level: PodSecurityLevel, context: JsonObject): JsonObject {
	const {runAsUser, ...rest} = context;
	return level === 'restricted' && runAsUser === 0 ? rest : context;
}

/** A hardened pod spec without the rights that it asks for beyond the level. Whether the program does without them nobody can tell but who wrote it. */
export function humble(level: PodSecurityLevel, podSpec: Json): JsonObject {
	const spec = objectAt(podSpec);
	const lists = ['initContainers', 'containers'].filter(list => spec[list] !== undefined);
	return hardened(level, {
		...spec,
		...(spec.securityContext === undefined ? {} : {securityContext: withoutRoot(level, objectAt(spec, 'securityContext'))}),
		...Object.fromEntries(lists.map(list => [list, listAt(spec, list).map(each => humbled(level, each))])),
	});
}
