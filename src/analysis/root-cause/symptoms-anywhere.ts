import {refText} from '../../core/kube/kube-object.ts';
import {type Incident, typedKey} from '../detection/incident.ts';
import {faultClassOf} from '../diagnosis/classes/fault-classes.ts';
import type {Suspect} from './suspect.ts';

const weights = {critical: 0.6, high: 0.5, medium: 0.3, low: 0.1} as const;

/** Stems of the words of a symptom or of an alert's name: `KubePodCrashLooping` → `pod`, `crash`, `loopi`. */
const stems = (text: string): ReadonlySet<string> =>
	new Set(
		text
			.replaceAll(/([a-z])([A-Z])/g, '$1 $2')
			.toLowerCase()
			.split(/[^a-z0-9]+/)
			.filter(word => word.length > 2 && word !== 'kube')
			.map(word => word.slice(0, 5)),
	);

/** Where a symptom names nothing that is there, everything that was found wrong may be why: what shares its words comes first. */
export function symptomsAnywhere(
	words: readonly string[],
	incidents: readonly Incident[],
	namespace: string | undefined,
): readonly Suspect[] {
	const asked = stems(words.join(' '));
	return incidents
		.filter(({cause: {resource}}) => namespace === undefined || resource.namespace === undefined || resource.namespace === namespace)
		.map((incident): Suspect => {
			const {cause, severity, key} = incident;
			const own = stems(`${cause.id} ${faultClassOf(cause.id).title} ${cause.cause.en} ${cause.resource.kind}`);
			const shared = [...asked].filter(word => own.has(word)).length;
			return {
				kind: 'fault',
				resource: cause.resource,
				text: cause.cause.en,
				weight: Math.min(0.95, weights[severity] + 0.15 * shared),
				for: cause.evidence,
				against: [{source: 'the symptom', detail: `it does not name ${refText(cause.resource)}`}],
				refutedBy: `the symptom stays once it is mended (mkcoa incident fix ${typedKey(key)})`,
				incident,
			};
		})
		.toSorted((a, b) => b.weight - a.weight);
}
