import {createHash} from 'node:crypto';
import {canonicalJson} from './json.ts';
import {type KubeObject, type Ref, refOf, refText} from './kube-object.ts';
import {withoutNoise} from './noise.ts';
import type {Plan, Precondition} from './plan.ts';

/**
 * What a person would call the version of an object. The server's resourceVersion moves with every status update, so a busy
 * Deployment would drift while nobody touched it. Hence the generation, which counts changes of the spec, and a digest of the rest.
 * Secrets have no status and no generation: there the resourceVersion is exact, and no digest of a secret value is ever made.
 */
export function versionOf(object: KubeObject): string {
	const {resourceVersion = '', generation} = object.metadata;
	if (object.kind === 'Secret') return `resourceVersion ${resourceVersion}`;
	const counted = generation === undefined ? '' : `generation ${generation} `;
	return `${counted}content ${createHash('sha256')
		.update(canonicalJson(countedPart(object)))
		.digest('hex')
		.slice(0, 16)}`;
}

/** With a generation the spec is counted already, and env values stay out of the digest. */
function countedPart(object: KubeObject): KubeObject {
	const {spec, ...rest} = withoutNoise(object);
	return (object.metadata.generation === undefined ? {...rest, spec} : rest) as KubeObject;
}

/** The condition that holds now: this object at this version, or nothing under this name. */
export const preconditionOf = (object: KubeObject | undefined, ref: Ref): Precondition =>
	object === undefined
		? {ref, uid: null, version: 'absent'}
		: {ref: {...refOf(object), apiVersion: ref.apiVersion}, uid: object.metadata.uid ?? '', version: versionOf(object)};

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
	return [
		canonicalJson({...old.target}) === canonicalJson({...fresh.target})
			? 'What follows from the change is different now'
			: 'The target is another one now',
	];
}

/** Whether the live object is the one that the condition speaks of, as a sentence when it is not. */
export function brokenBy(condition: Precondition, live: KubeObject | undefined): string | undefined {
	const now = preconditionOf(live, condition.ref);
	return now.uid === condition.uid && now.version === condition.version ? undefined : sentence(condition, now);
}
