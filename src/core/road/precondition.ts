import {createHash} from 'node:crypto';
import {lastWriters} from '../diff/managed-fields.ts';
import {withoutNoise} from '../diff/noise.ts';
import {canonicalJson, isJsonObject, type Json, type JsonObject, withoutKeys} from '../json.ts';
import {type KubeObject, type Ref, refOf, refText} from '../kube/kube-object.ts';
import type {Plan, Precondition} from '../plan.ts';
import {createRedactor} from '../secrets/redact.ts';

/**
 * What of an object must stay as it was. The number of pods may be left to an autoscaler, which changes it at any moment, and the least number
 * of an autoscaler to the run itself; of mkcoa's own bookkeeping only the identity counts, since other terminals write into it.
 */
export type Watched = 'all' | 'all but replicas' | 'identity';

const butReplicas = 'without replicas';
const identityAlone = 'identity alone';

/**
 * What a person would call the version of an object. The server's resourceVersion moves with every status update, so a busy
 * Deployment would drift while nobody touched it. Hence the generation, which counts changes of the spec, and a digest of the rest.
 * Secrets have no status and no generation: there the resourceVersion is exact, and no digest of a secret value is ever made.
 * The generation counts an autoscaler's changes too: where it owns the replicas, the whole content without them is digested, and
 * secret values in it stand as the mark that people read. A pod is digested in the same way without its node: the scheduler's choice
 * counts as a generation too, and is nobody's change.
 */
function versionOf(object: KubeObject, watched: Watched): string {
	const {resourceVersion = '', generation} = object.metadata;
	if (watched === 'identity') return identityAlone;
	if (object.kind === 'Secret') return `resourceVersion ${resourceVersion}`;
	if (watched === 'all but replicas') return `${butReplicas} content ${shortHash(specWithout(object, 'replicas', 'minReplicas'))}`;
	if (object.kind === 'Pod') return `content ${shortHash(specWithout(object, 'nodeName'))}`;
	const counted = generation === undefined ? '' : `generation ${generation} `;
	return `${counted}content ${shortHash(countedPart(object))}`;
}

const shortHash = (object: Json) => createHash('sha256').update(canonicalJson(object)).digest('hex').slice(0, 16);

/** With a generation the spec is counted already, and env values stay out of the digest. */
function countedPart(object: KubeObject): JsonObject {
	const {spec, ...rest} = withoutNoise(object);
	return object.metadata.generation === undefined ? {...rest, spec} : rest;
}

/** The object as people mean it, without some fields of its spec and without secret values. */
function specWithout(object: KubeObject, ...fields: readonly string[]): JsonObject {
	const {spec, ...rest} = withoutNoise(object);
	return createRedactor().json({...rest, spec: withoutKeys(isJsonObject(spec) ? spec : {}, new Set(fields))});
}

/** The condition that holds now: this object at this version, or nothing under this name. */
export const preconditionOf = (object: KubeObject | undefined, ref: Ref, watched: Watched = 'all'): Precondition =>
	object === undefined
		? {ref, uid: null, version: watched === 'all' ? 'absent' : `absent, then ${watched === 'identity' ? identityAlone : butReplicas}`}
		: {ref: {...refOf(object), apiVersion: ref.apiVersion}, uid: object.metadata.uid ?? '', version: versionOf(object, watched)};

/** What a condition was made to watch, so that the next one of the same object watches the same. */
export function watchedBy(condition: Precondition | undefined): Watched {
	if (condition?.version.endsWith(identityAlone) === true) return 'identity';
	return condition?.version.includes(butReplicas) === true ? 'all but replicas' : 'all';
}

const sentence = (before: Precondition, now: Precondition | undefined) => {
	const name = refText(before.ref);
	if (now === undefined) return `${name} is no longer part of the plan`;
	if (before.uid === null) return `${name} was created by somebody else`;
	if (now.uid === null) return `${name} was deleted`;
	if (before.uid !== now.uid) return `${name} was deleted and made again`;
	const generation = (version: string) => /^generation (\d+)/.exec(version)?.[1];
	const [from, to] = [generation(before.version), generation(now.version)];
	return from !== undefined && from !== to ? `${name} moved from generation ${from} to ${to}` : `${name} was changed`;
};

const key = ({ref}: Precondition) => canonicalJson({...ref});

/** One sentence for each thing that moved between two plans made from the same input; never empty for plans that differ. */
export function movedBetween(old: Plan, fresh: Plan): readonly string[] {
	const now = new Map(fresh.preconditions.map(condition => [key(condition), condition]));
	const known = new Set(old.preconditions.map(key));
	const moved = old.preconditions
		.filter(condition => {
			const other = now.get(key(condition));
			return other === undefined || other.uid !== condition.uid || other.version !== condition.version;
		})
		.map(condition => sentence(condition, now.get(key(condition))));
	const joined = fresh.preconditions
		.filter(condition => !known.has(key(condition)))
		.map(({ref}) => `${refText(ref)} became part of the plan`);
	if (moved.length + joined.length > 0) return [...moved, ...joined];
	if (canonicalJson({...old.target}) !== canonicalJson({...fresh.target})) return ['The target is another one now'];
	const told = saidBy(fresh).filter(([what]) => !saidBy(old).some(([other]) => other === what));
	const gone = saidBy(old).filter(([what]) => !saidBy(fresh).some(([other]) => other === what));
	const differing = [...told.map(([, text]) => `New in the plan: ${text}`), ...gone.map(([, text]) => `No longer in the plan: ${text}`)];
	return differing.length === 0 ? ['What follows from the change is different now'] : differing;
}

/** What a plan says beside the objects that it saw: what each sentence is, by which two plans are compared, and its words. */
const saidBy = ({consequences, steps, changes, verify}: Plan): readonly (readonly [string, string])[] => [
	// By kind: the numbers in the words move by the second.
	...consequences.map(({id, severity, ref, text}) => [canonicalJson({id, severity, ref}), text] as const),
	...steps.map(({title, ...step}) => [canonicalJson({title, ...step}), title] as const),
	...changes.map(change => [canonicalJson({...change}), `${change.operation} ${refText(change.ref)}`] as const),
	...verify.map(text => [text, text] as const),
];

/**
 * Whether the live object is the one that the condition speaks of, as a sentence when it is not.
 * @param watched `identity`: at whatever version
 */
export function brokenBy(condition: Precondition, live: KubeObject | undefined, watched = watchedBy(condition)): string | undefined {
	const now = preconditionOf(live, condition.ref, watched);
	if (now.uid === condition.uid && (watched === 'identity' || now.version === condition.version)) return undefined;
	const writers = live === undefined || condition.uid !== now.uid ? [] : lastWriters(live);
	return `${sentence(condition, now)}${writers.length === 0 ? '' : `; ${writers.join(' or ')} wrote it last`}`;
}
