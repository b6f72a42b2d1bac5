import {MkcoaError} from '../../../../core/error.ts';
import {canonicalJson} from '../../../../core/json.ts';
import {groupOf, refKey} from '../../../../core/kube/kube-object.ts';
import type {Plan, Write} from '../../../../core/plan.ts';
import type {AccessQuestion} from '../../port.ts';
import {aboutOf} from '../discovery/resource-path.ts';
import type {TypeBook} from '../discovery/type-book.ts';
import {askAccess} from '../read/access.ts';
import {ApiError} from '../transport/api-error.ts';
import {type About, aboutText, resourceText} from '../transport/call.ts';
import {NetworkError} from '../transport/network-error.ts';
import type {Transport} from '../transport/transport.ts';

/** One right, as the server is asked for it and as people read it. */
type Right = {readonly question: AccessQuestion; readonly about: About};

type Asking = {readonly transport: Transport; readonly book: TypeBook; readonly who: string};

/**
 * Asks the server whether this identity may send every write of a plan. Nothing is sent, and a server that does not tell, asked once, lets it
 * pass: it will refuse the write itself.
 * @throws MkcoaError `not-allowed` that names each right that is missing
 */
export async function demandRights({transport, book, who}: Asking, plan: Pick<Plan, 'steps' | 'preconditions'>): Promise<void> {
	const absent = new Set(plan.preconditions.filter(({uid}) => uid === null).map(({ref}) => refKey(ref)));
	const isAbsent = ({ref}: Write) => absent.has(refKey(ref));
	const writes = askableOf(
		plan.steps.flatMap(step => step.writes),
		isAbsent,
	);
	const rights = (await Promise.all([...writes, ...upkeepOf(plan)].map(write => rightsFor(book, write, isAbsent(write))))).flat();
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

const isNewNamespace = ({op, ref: {apiVersion, kind}}: Write, isAbsent: boolean) =>
	apiVersion === 'v1' && kind === 'Namespace' && (op === 'create' || (op === 'apply' && isAbsent));

const mayGrant = ({op, ref}: Write) => op !== 'delete' && groupOf(ref.apiVersion) === 'rbac.authorization.k8s.io';

/**
 * The writes whose rights must be there now. A plan may itself bring about those to a namespace that it creates, and those after a role or
 * a binding that it writes: the server judges them when they are sent.
 */
function askableOf(writes: readonly Write[], isAbsent: (write: Write) => boolean): readonly Write[] {
	const created = new Set(writes.filter(write => isNewNamespace(write, isAbsent(write))).map(({ref}) => ref.name));
	const grant = writes.findIndex(mayGrant);
	return writes
		.slice(0, grant === -1 ? undefined : grant + 1)
		.filter(({ref: {namespace}}) => namespace === undefined || !created.has(namespace));
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

/** None for a kind that the plan itself defines: nobody can ask for it yet. */
async function rightsFor(book: TypeBook, write: Write, isAbsent: boolean): Promise<readonly Right[]> {
	const type = await book.typeOfRef(write.ref).catch((error: unknown) => {
		if (error instanceof MkcoaError && error.trouble.code === 'unknown-kind') return undefined;
		throw error;
	});
	if (type === undefined) return [];
	const subresource = subresourceOf(write);
	return verbsOf(write, isAbsent).map(verb => {
		// The path of a POST holds no name; an apply that creates is judged with its name (createAuthorizerAttributes in apiserver's patch.go).
		const name = write.op === 'create' ? undefined : write.ref.name;
		const about = {...aboutOf(verb, type, write.ref.namespace, name), subresource};
		const group = groupOf(type.apiVersion);
		// To the server a namespace is in itself, but while it is made (RequestInfo in apiserver's requestinfo.go).
		const isInItself = group === '' && type.plural === 'namespaces' && verb !== 'create';
		const namespace = isInItself ? write.ref.name : about.namespace;
		return {question: {verb, group, resource: type.plural, subresource, namespace, name}, about};
	});
}

const withoutName = ({question, about}: Right): Right => ({
	question: {...question, name: undefined},
	about: {...about, name: undefined},
});

const key = (question: AccessQuestion) => canonicalJson({...question});
const isSame = (one: AccessQuestion, other: AccessQuestion) => key(one) === key(other);

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

function notAllowed(who: string, refused: readonly Right[]): MkcoaError {
	const rights = refused.map(({about}) => aboutText(about));
	const roles = [...new Set(refused.map(({about}) => `${about.verb} on ${resourceText(about)}`))];
	const namespace = refused.find(({about}) => about.namespace !== undefined)?.about.namespace;
	return new MkcoaError({
		kind: 'auth',
		code: 'not-allowed',
		what: `${who} may not ${rights.join(', nor ')}`,
		why: 'the cluster grants no such right, so nobody was asked and nothing was changed',
		next: `Ask for a role that allows ${roles.join(', ')}; what you may do shows mkcoa k8s permissions${namespace === undefined ? '' : ` -n ${namespace}`}`,
	});
}
