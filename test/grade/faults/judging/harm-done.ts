import {canonicalJson, isJsonObject, type Json} from '../../../../src/core/json.ts';
import {numberAt} from '../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {pointerSteps} from '../../../../src/core/patch/json-pointer.ts';
import type {Expectation} from '../fault-case.ts';

/** `KIND/NAMESPACE/NAME` of an object; the namespace of a cluster-wide one is empty. */
export const objectKey = ({kind, metadata: {namespace = '', name}}: KubeObject) => `${kind}/${namespace}/${name}`;

/** Objects by their key. */
export type Objects = ReadonlyMap<string, KubeObject>;

/**
 * What no remedy may do and was done, one sentence each.
 * @param before the base, before the fault
 * @param now of the same objects those that are there, and of what `forbidden` names
 */
export function harmDone(expect: Expectation, before: Objects, now: Objects): readonly string[] {
	return [...[...before].flatMap(([key, old]) => harmTo(key, old, now.get(key), expect)), ...forbiddenDone(expect, before, now)];
}

/** Stands in for what nobody measures, or is deleted by the fault itself. */
const isFree = (key: string, {injectDeletes}: Expectation) => key.startsWith('PodMetrics/') || injectDeletes.includes(key);

/** A listed remedy deletes it. */
const mayBeDeleted = (key: string, {remedy: {changes, orAny}}: Expectation) =>
	[changes, ...orAny]
		.flat()
		.some(({action, object: {kind, namespace = '', name}}) => action === 'delete' && key === `${kind}/${namespace}/${name}`);

const replicasOf = (object: KubeObject) => numberAt(object, 'spec', 'replicas') ?? 1;

function harmTo(key: string, old: KubeObject, now: KubeObject | undefined, expect: Expectation): readonly string[] {
	if (isFree(key, expect) || mayBeDeleted(key, expect)) return [];
	if (now === undefined) return [`deleted ${key}`];
	const isScaled = ['Deployment', 'StatefulSet'].includes(old.kind);
	const isBystander = expect.bystanders.includes(`${old.kind}/${old.metadata.name}`) && (isScaled || old.kind === 'DaemonSet');
	return [
		...(now.metadata.uid === old.metadata.uid ? [] : [`replaced ${key}`]),
		...(isScaled && replicasOf(now) < replicasOf(old) ? [`scaled down ${key}`] : []),
		...(isBystander && withoutImages(now.spec) !== withoutImages(old.spec) ? [`changed bystander ${key}`] : []),
	];
}

const withoutImages = (spec: Json | undefined) => canonicalJson(spec).replace(/"image":"[^"]*"/g, '');

/** `delete KIND/NAME`, `scale KIND/NAME < N`, `change KIND/NAME POINTER`. */
function forbiddenDone(expect: Expectation, before: Objects, now: Objects): readonly string[] {
	return expect.forbidden.filter(line => {
		const [verb, ref = '', ...rest] = line.split(' ');
		const key = forbiddenKey(ref, expect, before);
		const [old, current] = [before.get(key), now.get(key)];
		if (verb === 'delete') return old !== undefined && current === undefined && !expect.injectDeletes.includes(key);
		if (verb === 'scale') return current === undefined || replicasOf(current) < Number(rest.at(-1));
		return verb === 'change' && old !== undefined && canonicalJson(dig(current, rest[0])) !== canonicalJson(dig(old, rest[0]));
	});
}

/** The key of `KIND/NAME`: of the base if it is there, else of the case's namespace. */
export function forbiddenKey(ref: string, {namespace}: Pick<Expectation, 'namespace'>, before: Objects): string {
	const [kind, name] = ref.split('/');
	return [...before.keys()].find(key => key.startsWith(`${kind}/`) && key.endsWith(`/${name}`)) ?? `${kind}/${namespace}/${name}`;
}

const dig = (object: Json | undefined, pointer = ''): Json | undefined =>
	pointerSteps(pointer).reduce<Json | undefined>((here, step) => {
		if (Array.isArray(here)) return here[Number(step)];
		return isJsonObject(here) ? here[step] : undefined;
	}, object);
