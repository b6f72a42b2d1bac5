import type {KubeObject} from '../../core/kube/kube-object.ts';

/** Longer than new pods take to be scraped first, with the rollout that made them. */
export const latelyMs = 600_000;

/** Series of a selector that have had a sample in the last minutes, those of pods that are gone too. */
export const seenLately = (selector: string) => `last_over_time(${selector}[${latelyMs / 1000}s])`;

/**
 * Letters of generated names and of hashes of pod templates.
 * @see https://github.com/kubernetes/apimachinery/blob/v0.36.0/pkg/util/rand/rand.go
 */
const letter = '[bcdfghjklmnpqrstvwxz2456789]';
const hash = `${letter}{1,10}`;
const suffix = `${letter}{5}`;

/** Longer beginnings are cut, so that a name has at most 63 letters. */
const longestBeginning = 58;

/**
 * Names of a workload's pods, those of now and those before them, as `podPattern` takes names: a part that differs from pod to pod
 * or from template to template is a class of letters. Pods that are not named by chance, as those of a StatefulSet, keep their names.
 * @param pods of now, those on their way out too
 */
export const namesLately = (pods: readonly KubeObject[]): readonly string[] => [...new Set(pods.map(nameLately))];

function nameLately({metadata: {name, generateName, labels}}: KubeObject): string {
	if (typeof generateName !== 'string' || generateName === '') return name;
	const beginning = generateName.slice(0, longestBeginning);
	const ofTemplate = `-${labels?.['pod-template-hash']}-`;
	return beginning.endsWith(ofTemplate) ? `${beginning.slice(0, -ofTemplate.length)}-${hash}-${suffix}` : `${beginning}${suffix}`;
}
