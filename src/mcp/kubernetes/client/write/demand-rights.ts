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
import type {Transport} from '../transport/transport.ts';

/** One right, as the server is asked for it and as people read it. */
type Right = {readonly question: AccessQuestion; readonly about: About};

type Asking = {readonly transport: Transport; readonly book: TypeBook; readonly who: string};

/**
 * Asks the server whether this identity may send every write of a plan. Nothing is sent, and a server that does not tell lets it pass: it will
 * refuse the write itself.
 * @throws MkcoaError `not-allowed` that names each right that is missing
 */
export async function demandRights({transport, book, who}: Asking, plan: Pick<Plan, 'steps' | 'preconditions'>): Promise<void> {
	const absent = new Set(plan.preconditions.filter(({uid}) => uid === null).map(({ref}) => refKey(ref)));
	const writes = plan.steps.flatMap(step => step.writes);
	const rights = (await Promise.all(writes.map(write => rightsFor(book, write, absent.has(refKey(write.ref)))))).flat();
	const general = await missing(transport, rights.map(withoutName));
	const named = rights.filter(right => general.some(({question}) => isSame(question, withoutName(right).question)));
	// A role may be given for one object alone.
	const refused = await missing(transport, named);
	if (refused.length > 0) throw notAllowed(who, refused);
}

/** The verbs that a write needs. An apply that creates needs two rights, and so does a program in a pod (since Kubernetes 1.35). */
function verbsOf(write: Write, isAbsent: boolean): readonly string[] {
	switch (write.op) {
		case 'apply':
			return isAbsent ? ['patch', 'create'] : ['patch'];
		case 'replace':
			return ['update'];
		case 'exec':
			return ['get', 'create'];
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
		// The server does not know the name of what is yet to be made.
		const name = verb === 'create' && subresource === undefined ? undefined : write.ref.name;
		const about = {...aboutOf(verb, type, write.ref.namespace, name), subresource};
		const question = {verb, group: groupOf(type.apiVersion), resource: type.plural, subresource, namespace: about.namespace, name};
		return {question, about};
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
		);
		return distinct.filter((_, index) => answers[index]?.allowed === false);
	} catch (error) {
		if (error instanceof ApiError && (error.refusal.status === 403 || error.refusal.status === 404)) return [];
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
