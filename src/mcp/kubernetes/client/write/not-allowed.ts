import {MkcoaError} from '../../../../core/error.ts';
import type {AccessQuestion} from '../../port.ts';
import {type About, aboutText, resourceText} from '../transport/call.ts';

/** One right, as the server is asked for it and as people read it. */
export type Right = {readonly question: AccessQuestion; readonly about: About};

/**
 * The refusal that names every right that is missing: those to the first kind one by one, those to each other kind together.
 * @param refused at least one, the gravest first
 */
export function notAllowed(who: string, refused: readonly Right[]): MkcoaError {
	const [first = [], ...others] = groupedBy(refused, ({about}) => `${resourceText(about)} ${about.namespace ?? ''}`);
	const rights = [...first.map(({about}) => aboutText(about)), ...others.map(togetherText)];
	const roles = groupedBy(refused, ({about}) => resourceText(about)).map(
		([right, ...more]) => `${verbsIn([right, ...more]).join('/')} on ${resourceText(right.about)}`,
	);
	const namespace = refused.find(({about}) => about.namespace !== undefined)?.about.namespace;
	return new MkcoaError({
		kind: 'auth',
		code: 'not-allowed',
		what: `${who} may not ${rights.join(', nor ')}`,
		why: 'the cluster grants no such right, so nobody was asked and nothing was changed',
		next: `Ask for a role that allows ${roles.join(', ')}; what you may do shows mkcoa k8s permissions${namespace === undefined ? '' : ` -n ${namespace}`}`,
	});
}

type Group = readonly [Right, ...(readonly Right[])];

/** In the order in which the first of each group comes. */
function groupedBy(rights: readonly Right[], word: (right: Right) => string): readonly Group[] {
	const groups = new Map<string, Group>();
	for (const right of rights) {
		const group = groups.get(word(right));
		groups.set(word(right), group === undefined ? [right] : [...group, right]);
	}
	return [...groups.values()];
}

/** As a role lists them. */
const verbOrder = ['create', 'get', 'patch', 'update', 'delete'];

const verbsIn = (rights: Group) =>
	[...new Set(rights.map(({about}) => about.verb))].toSorted((a, b) => verbOrder.indexOf(a) - verbOrder.indexOf(b));

/** `create, patch or delete configmaps in namespace shop`; with a name where all are of one object. */
function togetherText(rights: Group): string {
	const [{about}, ...others] = rights;
	const isOne = others.every(other => other.about.name === about.name);
	const verbs = verbsIn(rights);
	const last = verbs.at(-1) ?? '';
	const verb = verbs.length === 1 ? last : `${verbs.slice(0, -1).join(', ')} or ${last}`;
	return aboutText({...about, verb, name: isOne ? about.name : undefined});
}
