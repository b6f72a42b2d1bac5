import type {JsonObject} from '../../core/json.ts';
import {objectAt, textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {hardened} from '../pod-security/hardened.ts';
import {minorOf} from '../pod-security/namespace-policy.ts';
import {type PodSecurityLevel, podSecurityLevels, podViolations} from '../pod-security/standard.ts';
import {examplePod, type Proof} from './proof.ts';
import {pod} from './rules/example-pods.ts';

const prefix = 'pod-security.kubernetes.io/';

/** The strictest level that all which runs in a namespace meets, and what keeps it from the next one. */
export type NamespaceLevel = {
	readonly namespace: string;
	readonly level: PodSecurityLevel;
	/** What the namespace enforces already, where it says so. */
	readonly enforced: PodSecurityLevel | undefined;
	/** The next level: those who break it are told. */
	readonly told: PodSecurityLevel;
	/** Who breaks the next level, and how; none where there is no stricter one. */
	readonly breaking: readonly {readonly object: KubeObject; readonly how: readonly string[]}[];
	readonly manifest: KubeObject;
};

const strictness = (level: PodSecurityLevel) => podSecurityLevels.indexOf(level);

const levelNamed = (text: string | undefined) => podSecurityLevels.find(level => level === text);

/** The stricter one of two. */
const stricter = (one: PodSecurityLevel, other: PodSecurityLevel | undefined) =>
	other !== undefined && strictness(other) > strictness(one) ? other : one;

/**
 * Labels for Pod Security admission: what a namespace meets is enforced, the next level is told. What it enforces already is never loosened.
 * @param version of the standards, such as `v1.36`: what a later one adds refuses nobody before somebody wants it to
 */
export function namespaceLevel(namespace: KubeObject, running: readonly KubeObject[], version: string): NamespaceLevel {
	const minor = minorOf(version);
	const met = (level: PodSecurityLevel) => running.every(object => podViolations(level, object, minor).length === 0);
	const level = met('restricted') ? 'restricted' : met('baseline') ? 'baseline' : 'privileged';
	const enforced = levelNamed(textAt(namespace, 'metadata', 'labels', `${prefix}enforce`));
	const enforce = stricter(level, enforced);
	const told = podSecurityLevels[Math.min(strictness(enforce) + 1, podSecurityLevels.length - 1)] ?? 'restricted';
	const labels: JsonObject = Object.fromEntries(
		(
			[
				['enforce', enforce],
				['warn', told],
				['audit', told],
			] as const
		).flatMap(([mode, value]) => [
			[`${prefix}${mode}`, value],
			[`${prefix}${mode}-version`, version],
		]),
	);
	return {
		namespace: namespace.metadata.name,
		level: enforce,
		enforced,
		told,
		breaking: running.flatMap(object => {
			const how = podViolations(told, object, minor).map(({reason, detail}) => `${reason}: ${detail}`);
			return how.length === 0 ? [] : [{object, how}];
		}),
		manifest: {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace.metadata.name, labels}} as unknown as KubeObject,
	};
}

/** Pods that a level lets in, and pods that it refuses. */
const examples = {
	pass: [examplePod(pod())],
	fail: {
		privileged: [],
		baseline: [examplePod(pod({hostNetwork: true})), examplePod(pod({volumes: [{name: 'node', hostPath: {path: '/'}}]}))],
		restricted: [examplePod(pod({securityContext: {}})), examplePod(pod({hostPID: true}))],
	},
} as const;

/** Tries a level by its examples: the level privileged refuses nobody, and has none. */
export function proveLevel(level: PodSecurityLevel): Proof {
	const passing = examples.pass.filter(each => podViolations(level, each).length === 0);
	const refused = examples.fail[level].filter(each => podViolations(level, each).length > 0);
	const isRight = passing.length === examples.pass.length && refused.length === examples.fail[level].length;
	return {passed: passing.length, refused: refused.length, wrong: isRight ? [] : [`the examples of the level ${level} do not come out`]};
}

/** What a workload may give up by itself, as a manifest of these fields alone, and what keeps it from the level restricted all the same. */
export type Hardening = {
	readonly object: KubeObject;
	readonly manifest: KubeObject | undefined;
	readonly left: readonly string[];
	readonly cured: number;
};

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Of containers the name and the security context, where that becomes another. */
function contexts(list: string, before: JsonObject, after: JsonObject): JsonObject {
	const [old, fresh] = [before[list], after[list]].map(each => (Array.isArray(each) ? each.map(one => objectAt(one)) : []));
	const changed = (fresh ?? []).flatMap((each, index) =>
		same(each.securityContext, old?.[index]?.securityContext) ? [] : [{name: each.name ?? '', securityContext: each.securityContext ?? {}}],
	);
	return changed.length === 0 ? {} : {[list]: changed};
}

const nested = (path: readonly string[], value: JsonObject): JsonObject =>
	path.toReversed().reduce<JsonObject>((inner, step) => ({[step]: inner}), value);

/** @param path where the workload keeps its pod template */
export function hardening(object: KubeObject, path: readonly string[]): Hardening {
	const before = objectAt(object, ...path, 'spec');
	const after = hardened('restricted', before);
	const fields: JsonObject = {
		...(same(before.securityContext, after.securityContext) ? {} : {securityContext: after.securityContext ?? {}}),
		...contexts('initContainers', before, after),
		...contexts('containers', before, after),
	};
	const then = podViolations('restricted', examplePod({spec: after}));
	const {apiVersion, kind, metadata} = object;
	return {
		object,
		manifest:
			Object.keys(fields).length === 0
				? undefined
				: ({
						apiVersion,
						kind,
						metadata: {name: metadata.name, ...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace})},
						...nested([...path, 'spec'], fields),
					} as unknown as KubeObject),
		left: then.map(({reason}) => reason),
		cured: podViolations('restricted', examplePod({spec: before})).length - then.length,
	};
}
