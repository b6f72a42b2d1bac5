import type {Journal, SealedValues} from '../journal.ts';
import {isJsonObject, type Json} from '../json.ts';
import {type KubeObject, type Ref, refKey, refOf} from '../kube/kube-object.ts';
import type {Draft, Write} from '../plan.ts';
import {mapStrings} from './map-strings.ts';
import {createRedactor} from './redact.ts';
import {anyPlaceholder} from './seal.ts';
import {payloadOf} from './seal-places.ts';

type Confining = Pick<Draft, 'steps' | 'confined'>;

/** Whether values of an object are to stay in the cluster. */
export function isConfined({confined}: Pick<Draft, 'confined'>, ref: Ref): boolean {
	return confined?.refs.some(each => refKey(each) === refKey(ref)) === true;
}

/** The placeholders of a write, in their order. */
function placeholdersOf(write: Write): readonly string[] {
	const found: string[] = [];
	mapStrings(payloadOf(write), text => {
		found.push(...(text.match(anyPlaceholder) ?? []));
		return text;
	});
	return found;
}

/** The values of a plan that may be stored, encrypted: all but those of confined objects. */
export function storableValues(plan: Confining, sealed: SealedValues): SealedValues {
	const confined = confinedPlaceholders(plan);
	return Object.fromEntries(Object.entries(sealed).filter(([placeholder]) => !confined.has(placeholder)));
}

const confinedPlaceholders = (plan: Confining): ReadonlySet<string> =>
	new Set(
		plan.steps
			.flatMap(({writes}) => writes)
			.filter(({ref}) => isConfined(plan, ref))
			.flatMap(placeholdersOf),
	);

/** Whether a value of a write is not at hand. */
export const lacksValue = (write: Write, sealed: SealedValues): boolean =>
	placeholdersOf(write).some(placeholder => !Object.hasOwn(sealed, placeholder));

const isObject = (image: Json | undefined): image is KubeObject => isJsonObject(image) && isJsonObject(image.metadata);

/** The journal of a run, which gets the images of confined objects without their values: who they are, and at which version. */
export function confinedJournal(journal: Journal, plan: Confining, sealed: SealedValues): Journal {
	if (plan.confined === undefined) return journal;
	const redactor = createRedactor();
	for (const placeholder of confinedPlaceholders(plan)) redactor.learn(sealed[placeholder] ?? '');
	const hidden = <Image extends Json | undefined>(image: Image): Image =>
		isObject(image) && isConfined(plan, refOf(image)) ? redactor.json(image) : image;
	return {
		...journal,
		intend: (id, effect) => journal.intend(id, {...effect, before: hidden(effect.before)}),
		complete: (id, index, result) =>
			journal.complete(id, index, {...result, ...(result.after === undefined ? {} : {after: hidden(result.after)})}),
	};
}
