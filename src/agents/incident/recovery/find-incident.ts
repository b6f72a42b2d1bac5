import {type Incident, typedKey} from '../../../analysis/detection/incident.ts';
import type {Survey} from '../../../analysis/detection/survey.ts';
import {faultClasses} from '../../../analysis/diagnosis/classes/fault-classes.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {type Ref, refOf, refText} from '../../../core/kube/kube-object.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {nearestNames} from '../../../core/text/nearest-names.ts';
import {shellWord} from '../../../core/text/shell-word.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {deploymentInput} from '../../deploy/inputs.ts';

/** @param otherwise what is meant where it is left out */
export const incidentField = (otherwise: string) =>
	checkedText(1000, /^[^\p{Cc}]*$/u, 'expected a key, a class, NAME or KIND/NAME')
		.default('')
		.describe(`NAME or KIND/NAME, its key or class; ${otherwise}`);

export const namespaceField = deploymentInput.shape.namespace.describe('Namespace to look at; all of them if left out');

/** `web` or `Deployment/web`, in any case: whether that is how a person would call an object. */
const isCalled = (word: string, {kind, namespace, name}: Ref) =>
	[name, `${kind}/${name}`, `${kind}/${namespace}/${name}`].some(text => text.toLowerCase() === word);

/** Whether an object is what a person asked about: any of them where nothing was. */
export const isAskedFor = (asked: string, ref: Ref): boolean => asked === '' || isCalled(asked.toLowerCase(), ref);

const touches = ({cause, symptoms, impact}: Incident): readonly Ref[] => [
	cause.resource,
	...symptoms.map(({resource}) => resource),
	...impact,
];

/**
 * The incidents that a person may mean, gravest first: by key, by class, or by an object that is wrong, shows it or suffers from it. All of them where nothing
 * is asked for.
 */
export function incidentsNamed(incidents: readonly Incident[], asked: string): readonly Incident[] {
	if (asked === '') return incidents;
	const exact = incidents.filter(({key}) => key === asked);
	if (exact.length > 0) return exact;
	const typed = incidents.filter(({key}) => typedKey(key) === asked);
	if (typed.length > 0) return typed;
	const word = asked.toLowerCase();
	const ofClass = incidents.filter(({cause}) => cause.id === word);
	if (ofClass.length > 0) return ofClass;
	const lying = incidents.filter(({cause}) => isCalled(word, cause.resource));
	return lying.length > 0 ? lying : incidents.filter(incident => touches(incident).some(ref => isCalled(word, ref)));
}

/** Whether a word that names no incident could have: a class, the key of one that is over, or an object that is well. */
export const couldName = (asked: string, {snapshot}: Survey): boolean =>
	faultClasses.has(asked.split(':')[0] ?? '') || snapshot.objects.some(object => isCalled(asked.toLowerCase(), refOf(object)));

/** What a person wrote, a short name of a kind such as `deploy/web` written out. */
export async function writtenOut(asked: string, cluster: Pick<Cluster, 'typeOf'>): Promise<string> {
	const [, word, name] = /^([A-Za-z][A-Za-z.-]*)\/([^:]+)$/.exec(asked) ?? [];
	if (word === undefined || name === undefined) return asked;
	try {
		return `${(await cluster.typeOf(word)).kind}/${name}`;
	} catch (error) {
		if (error instanceof MkcoaError && error.trouble.code === 'unknown-kind') return asked;
		throw error;
	}
}

/** The namespace that a key names: nothing else has to be read then. */
export const namespaceOfKey = (asked: string): string | undefined => /^[a-z0-9-]+:[A-Za-z]+\/([a-z0-9-]+)\//.exec(asked)?.[1];

/** @throws MkcoaError `no-such-incident` with what is meant, or what there is */
export function noSuchIncident(incidents: readonly Incident[], asked: string, where: string): MkcoaError {
	const names = incidents.flatMap(({key, cause: {id, resource}}) => [typedKey(key), id, `${resource.kind}/${resource.name}`]);
	const near = nearestNames(asked, names);
	return new MkcoaError({
		kind: 'usage',
		code: 'no-such-incident',
		what: `Nothing that is wrong in ${where} is called ${JSON.stringify(asked)}`,
		why:
			incidents.length === 0
				? 'nothing is found wrong there'
				: near.length > 0
					? `perhaps ${near.join(' or ')} is meant`
					: `${count(incidents.length, 'incident')} ${incidents.length === 1 ? 'is' : 'are'} there: ${someOf(incidents.map(({cause}) => `${cause.id} of ${refText(cause.resource)}`))}`,
		next: near[0] === undefined ? 'See them all with: mkcoa incident detect' : `Try mkcoa incident fix ${shellWord(near[0])}`,
	});
}
