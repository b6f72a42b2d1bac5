import {MkcoaError} from '../../../../core/error.ts';
import {canonicalJson} from '../../../../core/json.ts';
import {groupOf, type Ref, refKey} from '../../../../core/kube/kube-object.ts';
import type {Plan, Write} from '../../../../core/plan.ts';
import {aboutOf} from '../discovery/resource-path.ts';
import type {TypeBook} from '../discovery/type-book.ts';
import {askAccess} from '../read/access.ts';
import {ApiError} from '../transport/api-error.ts';
import {NetworkError} from '../transport/network-error.ts';
import type {Transport} from '../transport/transport.ts';
import {askableWrites} from './askable-writes.ts';
import {notAllowed, type Right} from './not-allowed.ts';

type Asking = {readonly transport: Transport; readonly book: TypeBook; readonly who: string};

/** What of a plan tells which rights it takes. */
type Demanding = Pick<Plan, 'steps' | 'changes' | 'preconditions'>;

/**
 * Asks the server whether this identity may send every write of a plan, and look at what the plan takes for absent: somebody who may not may
 * have made it. Nothing is sent, and a server that does not tell, asked once, lets it pass: it will refuse the write itself.
 * @throws MkcoaError `not-allowed` that names each right that is missing: writes in the order of the changes that people read, then reads
 */
export async function demandRights({transport, book, who}: Asking, plan: Demanding): Promise<void> {
	const absent = new Set(plan.preconditions.filter(({uid}) => uid === null).map(({ref}) => refKey(ref)));
	const isAbsent = ({ref}: Write) => absent.has(refKey(ref));
	const all = plan.steps.flatMap(step => step.writes);
	const writes = askableWrites(all, isAbsent);
	const wanted: readonly Wanted[] = [
		...asShown(plan, [...writes, ...upkeepOf(plan)]).flatMap(write => wantedBy(write, isAbsent(write))),
		...unseenBy(plan, all, writes).map(ref => ({ref, verb: 'get', name: ref.name})),
	];
	const rights = (await Promise.all(wanted.map(each => rightOf(book, each)))).flatMap(right => right ?? []);
	const general = await missing(transport, rights.map(withoutName));
	const named = rights.filter(right => general.some(({question}) => isSame(question, withoutName(right).question)));
	// A role may be given for one object alone.
	const refused = await missing(transport, named);
	if (refused.length > 0) throw notAllowed(who, refused);
}

/** What is kept up while the plan is carried out, as what it takes: pods are freed, mkcoa's own objects patched. */
const upkeepOf = ({steps}: Pick<Plan, 'steps'>): readonly Write[] =>
	steps.flatMap(({upkeep = []}) =>
		upkeep.map((ref): Write => (ref.kind === 'Pod' ? {op: 'delete', ref} : {op: 'patch', ref, type: 'merge', patch: {}})),
	);

/** What the plan takes for absent, but for what cannot be asked for yet. */
function unseenBy({preconditions}: Demanding, all: readonly Write[], askable: readonly Write[]): readonly Ref[] {
	const later = new Set(all.filter(write => !askable.includes(write)).map(({ref}) => refKey(ref)));
	return preconditions.filter(({ref, uid}) => uid === null && !later.has(refKey(ref))).map(({ref}) => ref);
}

/** What a person asked for comes first, and what mkcoa keeps for itself last, as in the plan's differences. */
function asShown({changes}: Demanding, writes: readonly Write[]): readonly Write[] {
	const shown = changes.map(({ref}) => refKey(ref));
	const place = ({ref}: Write) => (shown.includes(refKey(ref)) ? shown.indexOf(refKey(ref)) : shown.length);
	return writes.toSorted((a, b) => place(a) - place(b));
}

/**
 * The verbs that a write needs. An apply that creates needs two. A program in a pod needs `create` as well since Kubernetes 1.35, and
 * `get` alone before: what every version asks for is demanded, the server refuses the rest.
 */
function verbsOf(write: Write, isAbsent: boolean): readonly string[] {
	switch (write.op) {
		case 'apply':
			return isAbsent ? ['patch', 'create'] : ['patch'];
		case 'replace':
			return ['update'];
		case 'exec':
			return ['get'];
		case 'evict':
			return ['create'];
		default:
			return [write.op];
	}
}

const subresourceOf = (write: Write) =>
	write.op === 'patch' ? write.subresource : write.op === 'evict' ? 'eviction' : write.op === 'exec' ? 'exec' : undefined;

/** One verb on one object, or on its kind where there is no name. */
type Wanted = {readonly ref: Ref; readonly verb: string; readonly subresource?: string | undefined; readonly name: string | undefined};

/** The path of a POST holds no name; an apply that creates is judged with its name (createAuthorizerAttributes in apiserver's patch.go). */
const wantedBy = (write: Write, isAbsent: boolean): readonly Wanted[] =>
	verbsOf(write, isAbsent).map(verb => ({
		ref: write.ref,
		verb,
		subresource: subresourceOf(write),
		name: write.op === 'create' ? undefined : write.ref.name,
	}));

/** None for a kind that the plan itself defines: nobody can ask for it yet. */
async function rightOf(book: TypeBook, {ref, verb, subresource, name}: Wanted): Promise<Right | undefined> {
	const type = await book.typeOfRef(ref).catch((error: unknown) => {
		if (error instanceof MkcoaError && error.trouble.code === 'unknown-kind') return undefined;
		throw error;
	});
	if (type === undefined) return undefined;
	const about = {...aboutOf(verb, type, ref.namespace, name), subresource};
	const group = groupOf(type.apiVersion);
	// To the server a namespace is in itself, but while it is made (RequestInfo in apiserver's requestinfo.go).
	const isInItself = group === '' && type.plural === 'namespaces' && verb !== 'create';
	const namespace = isInItself ? ref.name : about.namespace;
	return {question: {verb, group, resource: type.plural, subresource, namespace, name}, about};
}

const withoutName = ({question, about}: Right): Right => ({
	question: {...question, name: undefined},
	about: {...about, name: undefined},
});

const key = (question: Right['question']) => canonicalJson({...question});
const isSame = (one: Right['question'], other: Right['question']) => key(one) === key(other);

async function missing(transport: Transport, rights: readonly Right[]): Promise<readonly Right[]> {
	const distinct = [...new Map(rights.map(right => [key(right.question), right])).values()];
	try {
		const answers = await askAccess(
			transport,
			distinct.map(({question}) => question),
			1,
		);
		return distinct.filter((_, index) => answers[index]?.refused);
	} catch (error) {
		if (error instanceof ApiError || (error instanceof NetworkError && error.passing)) return [];
		throw error;
	}
}
